/** One record in the list. */
import { memo } from "react";

import type { Item } from "../api/picture/reduce";
import { Badge } from "../ui/Badge";
import { Age } from "../ui/Time";
import { useWords } from "../words";
import { knownSince, organizationOf, placeNameOf, standingOf, titleOf } from "./facts";
import styles from "./Row.module.css";
import { select } from "./selection";
import { Symbol } from "./Symbol";

interface Props {
  item: Item;
  selected: boolean;
  position: number;
  of: number;
}

export const Row = memo(function Row({ item, selected, position, of }: Props) {
  const words = useWords();
  const standing = standingOf(item, words.names);
  const organization = organizationOf(item);
  const certainty = item.__typename === "Signal" ? item.certainty : null;
  const place = placeNameOf(item);
  return (
    // Keys are handled by the list, which keeps the focus.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`row-${item.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={of}
      className={styles.row}
      onClick={() => {
        select(item.id);
      }}
    >
      <Symbol item={item} />
      <div className={styles.text}>
        <div className={styles.first}>
          <span className={styles.title}>{titleOf(item)}</span>
          <Age at={knownSince(item)} fades={item.__typename === "Resource"} />
        </div>
        <div className={styles.second}>
          {standing ? (
            <Badge tone={standing.tone}>{standing.word}</Badge>
          ) : (
            <Badge tone="plain">{words.app.withheld}</Badge>
          )}
          {item.exercise && (
            <abbr className={styles.exercise} title={words.app.exercise}>
              EX
            </abbr>
          )}
          {item.withheld.length > 0 && (
            <span title={words.app.withheldSome} className={styles.exercise}>
              <span aria-hidden>◇</span>
              <span className="unseen">{words.app.withheldSome}</span>
            </span>
          )}
          {certainty && <span>{words.names.certainty[certainty]}</span>}
          {organization && <span className={styles.organization}>{organization}</span>}
          {place && <span className={styles.place}>{place}</span>}
        </div>
      </div>
    </div>
  );
});
