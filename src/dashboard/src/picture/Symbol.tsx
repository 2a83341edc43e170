/** The symbol of a record, as on the map. */
import type { Item } from "../api/picture/reduce";
import styles from "./Symbol.module.css";

const letters: Record<Item["__typename"], string> = {
  Incident: "I",
  Signal: "S",
  Resource: "R",
  ResourceRequest: "?",
};

export function Symbol({ item }: { item: Item }) {
  return (
    <span className={styles.symbol} aria-hidden>
      {letters[item.__typename]}
    </span>
  );
}
