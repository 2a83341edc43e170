/** What is wrong on the incident, the most pressing first; it goes away by being put right. */
import { useState } from "react";

import type { Entry } from "../../attention/entry";
import { useEntries } from "../../attention/useEntries";
import { Badge, type Tone } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/route";
import { Age } from "../../ui/Time";
import { useNarrow } from "../../ui/narrow";
import { useNow } from "../../ui/now";
import { useLanguage, useWords } from "../../words";
import { watchText } from "../../words/hub";
import { useRoom, type Concern } from "../room";
import { readable } from "../../ui/sentence";
import { useZone } from "../ui/zone";
import styles from "./SituationHeader.module.css";
import { dueOf, tabOfConcern } from "./situation";

/** How many stand there before somebody asks for all: wide, and in the hand. */
const FIRST = 3;
const FIRST_NARROW = 1;

export const levelTones: Record<Concern["level"], Tone> = {
  ALARM: "alarm",
  WARNING: "warning",
  NOTICE: "notice",
};

export function Concerns() {
  const { concerns, incident } = useRoom();
  const words = useWords();
  const [all, setAll] = useState(false);
  const first = useNarrow() ? FIRST_NARROW : FIRST;
  const now = useNow(60_000);
  const owed = (useEntries() ?? []).filter(
    (entry) => entry.owed && entry.incident?.id === incident.id,
  );
  const lines = [
    ...owed.map((entry) => <OwedLine key={entry.id} entry={entry} />),
    ...concerns.map((concern, n) => (
      <ConcernLine key={`${concern.code}-${n}`} concern={concern} incident={incident.id} />
    )),
  ];
  if (lines.length === 0) {
    // Beside something that is overdue, or where nobody commands, nobody is told that all is well.
    const [due] = dueOf(incident);
    if (due && new Date(due.at).getTime() < now) return null;
    if (incident.live && !incident.structure) return null;
    return (
      <p>
        <Badge tone="ok">{words.room.header.nothingWrong}</Badge>
      </p>
    );
  }
  return (
    <ul
      className={`${styles.concerns} ${all ? styles.all : ""}`}
      aria-label={words.room.header.concerns}
    >
      {all ? lines : lines.slice(0, first)}
      {lines.length > first && (
        <li>
          <Button
            look="quiet"
            aria-expanded={all}
            onPress={() => {
              setAll(!all);
            }}
          >
            {all ? words.room.header.fewer : words.room.header.more(lines.length - first)}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** A word or a signature of one's own that the others on the incident wait for. */
function OwedLine({ entry: { level, sentence, href, since } }: { entry: Entry }) {
  const words = useWords();
  return (
    <li className={styles.concern}>
      <Badge tone={levelTones[level]}>{words.names.attentionLevel[level]}</Badge>
      <span>
        {href ? <Link href={href}>{sentence}</Link> : sentence}{" "}
        <span className="muted">
          <strong>{words.room.requests.you}</strong>{" "}
          {since && (
            <>
              · <Age at={since} />
            </>
          )}
        </span>
      </span>
    </li>
  );
}

function ConcernLine({ concern, incident }: { concern: Concern; incident: string }) {
  const { own } = useRoom();
  const words = useWords();
  const language = useLanguage();
  const zone = useZone();
  const now = new Date(useNow(60_000));
  return (
    <li className={styles.concern}>
      <Badge tone={levelTones[concern.level]}>{words.names.attentionLevel[concern.level]}</Badge>
      <span>
        <Link href={`/incident/${incident}/${tabOfConcern(concern)}`}>
          {readable(watchText(concern, words.hub), now, language, zone)}
        </Link>{" "}
        <span className="muted">
          {concern.owner &&
            (concern.owner.id === own?.id ? (
              <strong>{words.room.requests.you} · </strong>
            ) : (
              `${concern.owner.code} · `
            ))}
          {concern.since && <Age at={concern.since} />}
        </span>
      </span>
    </li>
  );
}
