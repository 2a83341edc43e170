/** Whose map the operator added, and whether it comes. */
import { useLanguage } from "../../words";
import { tiles as en } from "../../words/en/tiles";
import { tiles as es } from "../../words/es/tiles";
import type { TilesState } from "./tiles/tiles";

/** Loaded with the map, and not before the list is on the screen as all other words. */
const words = { en, es };

export function TilesNote({ attribution, standing }: TilesState) {
  const said = words[useLanguage()];
  return (
    <>
      {standing !== "coming" && <strong role="status">{said[standing]} </strong>}
      {attribution !== null && `${said.map}: ${attribution}. `}
    </>
  );
}
