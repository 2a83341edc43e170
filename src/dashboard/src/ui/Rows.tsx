/** Rows of a table that is written as a whole, one below the other. */
import { useEffect, useRef, type ReactNode } from "react";

import { useWords } from "../words";
import { Button } from "./Button";
import styles from "./Rows.module.css";

interface Props<T> {
  /** What the rows are, above them. */
  label: string;
  rows: readonly T[];
  onChange: (rows: T[]) => void;
  /** What the button for another one says: a verb. */
  add: string;
  fresh: () => T;
  /** What a row is called, for ears and for its button. */
  nameOf: (row: T, n: number) => string;
  children: (row: T, put: (part: Partial<T>) => void) => ReactNode;
}

export function Rows<T extends object>(props: Props<T>) {
  const { label, rows, onChange, add, fresh, nameOf, children } = props;
  const words = useWords().app;
  const list = useRef<HTMLDivElement>(null);
  const there = useRef(rows.length);
  useEffect(() => {
    // Whoever asked for another row writes into it next.
    if (rows.length > there.current)
      list.current?.lastElementChild?.querySelector("input")?.focus();
    there.current = rows.length;
  }, [rows.length]);
  return (
    <section className={styles.rows} aria-label={label}>
      <h3>{label}</h3>
      <div ref={list} className={styles.list}>
        {rows.map((row, n) => (
          <div key={n} className={styles.row} role="group" aria-label={nameOf(row, n)}>
            <div className={styles.fields}>
              {children(row, (part) => {
                onChange(rows.map((one, at) => (at === n ? { ...one, ...part } : one)));
              })}
            </div>
            <Button
              look="quiet"
              aria-label={words.removeRow(nameOf(row, n))}
              onPress={() => {
                onChange(rows.filter((_, at) => at !== n));
              }}
            >
              ✕
            </Button>
          </div>
        ))}
      </div>
      <div>
        <Button
          onPress={() => {
            onChange([...rows, fresh()]);
          }}
        >
          {add}
        </Button>
      </div>
    </section>
  );
}
