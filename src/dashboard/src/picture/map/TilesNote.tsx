/** Whose map the operator added, and whether it comes. */
import { useLanguage } from "../../words";
import { tiles as en } from "../../words/en/tiles";
import { tiles as es } from "../../words/es/tiles";
import styles from "./MapPane.module.css";
import type { TilesState } from "./tiles/tiles";

/** Loaded with the map, and not before the list is on the screen as all other words. */
const words = { en, es };

export function TilesNote({ standing }: TilesState) {
  const said = words[useLanguage()];
  if (standing === "coming") return null;
  return (
    <p className={styles.note} role="status">
      {said[standing]}
    </p>
  );
}

export function TilesSource({ attribution }: TilesState) {
  const said = words[useLanguage()];
  return attribution !== null && `${said.map}: ${attribution}. `;
}
