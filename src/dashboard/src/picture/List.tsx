/** The list of the picture. Only the rows in sight exist, so 20,000 are as quick as 20. */
import { useEffect, useMemo, useRef, useSyncExternalStore, type KeyboardEvent } from "react";

import type { Item } from "../api/picture/reduce";
import { useCommands, type CommandEntry } from "../ui/commands";
import { go } from "../ui/route";
import { useWindow } from "../ui/useWindow";
import { useWords } from "../words";
import styles from "./List.module.css";
import { Row } from "./Row";
import { select, useSelected } from "./selection";

/** The height of a row, as in the style sheet. */
const ROW_REM = 3.4;
/** On paper there is no scrolling; more than so many would be no situation report any more. */
const PRINTED_MAX = 500;

export function List({ items }: { items: readonly Item[] }) {
  const words = useWords().picture;
  const frame = useRef<HTMLDivElement>(null);
  const selected = useSelected();
  const printing = useSyncExternalStore(followPrint, () => print.matches);
  const rows = useWindow(frame, items.length, ROW_REM);
  const at = items.findIndex((item) => item.id === selected);
  const from = printing ? 0 : rows.from;
  const to = printing ? PRINTED_MAX : rows.to;

  // Chosen on the map, it is shown in the list, too; but the list does not jump as others change.
  const latest = useRef({ at, reveal: rows.reveal });
  useEffect(() => {
    latest.current = { at, reveal: rows.reveal };
  });
  useEffect(() => {
    const { at, reveal } = latest.current;
    if (at >= 0) reveal(at);
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rows.rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    };
    const current = items[at];
    if (event.key === "Escape") select(null);
    if (event.key === "Enter" && current?.__typename === "Incident") {
      go(`/incident/${current.id}`);
    }
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const item = items[Math.min(Math.max(to, 0), items.length - 1)];
    if (item) select(item.id);
  };

  useStepCommands(items, at);
  return (
    <div
      ref={frame}
      className={styles.frame}
      role="listbox"
      tabIndex={0}
      aria-label={words.list}
      aria-activedescendant={at >= from && at < to ? `row-${selected ?? ""}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div
        className={styles.all}
        style={{ height: items.length * rows.rowHeight }}
        role="presentation"
      >
        <div
          className={styles.rows}
          style={{ transform: `translateY(${from * rows.rowHeight}px)` }}
          role="presentation"
        >
          {items.slice(from, to).map((item, index) => (
            <Row
              key={item.id}
              item={item}
              selected={item.id === selected}
              position={from + index + 1}
              of={items.length}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The next and previous record by key from anywhere on the page. */
function useStepCommands(items: readonly Item[], at: number): void {
  const words = useWords().picture;
  const current = useRef({ items, at });
  useEffect(() => {
    current.current = { items, at };
  });
  const commands = useMemo<CommandEntry[]>(() => {
    const step = (by: number) => () => {
      const { items, at } = current.current;
      const item = items[Math.min(Math.max(at + by, 0), items.length - 1)];
      if (item) select(item.id);
    };
    return [
      { id: "picture.next", words: words.next, group: "view", keys: "j", run: step(1) },
      { id: "picture.previous", words: words.previous, group: "view", keys: "k", run: step(-1) },
    ];
  }, [words]);
  useCommands(commands);
}

const print = matchMedia("print");

function followPrint(listener: () => void): () => void {
  print.addEventListener("change", listener);
  return () => {
    print.removeEventListener("change", listener);
  };
}
