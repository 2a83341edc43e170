/** The list of the picture. Only the rows in sight exist, so 20,000 are as quick as 20. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent } from "react";

import type { Item } from "../api/picture/reduce";
import { useWords } from "../words";
import styles from "./List.module.css";
import { Row } from "./Row";
import { select, useSelected } from "./selection";

/** What a row is taken to measure before it was measured. */
const ROW_REM = 3.9;

export function List({ items }: { items: readonly Item[] }) {
  const words = useWords().picture;
  const frame = useRef<HTMLDivElement>(null);
  const selected = useSelected();
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize),
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  });
  const at = items.findIndex((item) => item.id === selected);
  // Chosen on the map, it is shown in the list, too; but the list does not jump as others change.
  const latest = useRef(at);
  useEffect(() => {
    latest.current = at;
  });
  useEffect(() => {
    if (latest.current >= 0) rows.scrollToIndex(latest.current);
  }, [selected, rows]);

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / 60));
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    };
    if (event.key === "Escape") select(null);
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const item = items[Math.min(Math.max(to, 0), items.length - 1)];
    if (item) select(item.id);
  };

  return (
    <div
      ref={frame}
      className={styles.frame}
      role="listbox"
      tabIndex={0}
      aria-label={words.list}
      aria-activedescendant={at >= 0 ? `row-${selected}` : undefined}
      onKeyDown={move}
    >
      <div className={styles.all} style={{ height: rows.getTotalSize() }} role="presentation">
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (!item) return null;
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={styles.place}
              style={{ transform: `translateY(${row.start}px)` }}
              role="presentation"
            >
              <Row
                item={item}
                selected={item.id === selected}
                position={row.index + 1}
                of={items.length}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
