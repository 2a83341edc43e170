/** Which rows of a long list are in sight. All rows are equally high, so nothing is measured. */
import { useEffect, useState, type RefObject } from "react";

/** Rows that are kept ready above and below those in sight. */
const SPARE = 8;

export interface ListWindow {
  /** The first row that exists, and the first that does not any more. */
  from: number;
  to: number;
  /** In pixels. */
  rowHeight: number;
  /** Scrolls as little as is needed to bring a row into sight. */
  reveal: (index: number) => void;
}

/** `rowRem` is the height of a row by the size of the page's font. */
export function useWindow(
  frame: RefObject<HTMLElement | null>,
  count: number,
  rowRem: number,
): ListWindow {
  const [rowHeight, setRowHeight] = useState(() => rowRem * rem());
  const [sight, setSight] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      setRowHeight(rowRem * rem());
      setSight({ top: element.scrollTop, height: element.clientHeight });
    };
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [frame, rowRem]);

  const reveal = (index: number) => {
    const element = frame.current;
    if (!element) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTo({ top: top + rowHeight - element.clientHeight });
    }
  };

  const from = Math.max(0, Math.floor(sight.top / rowHeight) - SPARE);
  const to = Math.min(count, Math.ceil((sight.top + sight.height) / rowHeight) + SPARE);
  return { from: Math.min(from, to), to, rowHeight, reveal };
}

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
