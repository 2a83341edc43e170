/** One thing that needs somebody: what, since when, whose, and what puts it right. */
import { answerRequest, goOnWithRequest, openIncident } from "../act/actStore";
import { useMay } from "../api/session";
import { Badge, Tag } from "../ui/Badge";
import { Button } from "../ui/Button";
import { useNow } from "../ui/now";
import { go, Link } from "../ui/route";
import { readable } from "../ui/sentence";
import { Age } from "../ui/Time";
import { useLanguage, useWords } from "../words";
import { ageText } from "../words/format";
import styles from "./Attention.module.css";
import type { Entry } from "./entry";
import { tones } from "./levels";

export function EntryRow({ entry }: { entry: Entry }) {
  const words = useWords();
  const w = words.attention;
  const { level, sentence, owner, since, due, href, incident } = entry;
  const told = readable(sentence, new Date(), useLanguage());
  return (
    <li className={`${styles.entry} ${styles[tones[level]]}`}>
      <div className={styles.first}>
        <Badge tone={tones[level]} strong={level === "ALARM"}>
          {words.names.attentionLevel[level]}
        </Badge>
        {due ? <Due at={due} /> : <Age at={since} />}
      </div>
      <p>{href ? <Link href={href}>{told}</Link> : told}</p>
      <div className={styles.last}>
        {owner ? <Tag title={w.owner(owner)}>{owner}</Tag> : <Tag>{w.everybody}</Tag>}
        {incident && (
          <Link href={`/incident/${incident.id}`} className={styles.number}>
            {incident.called ?? incident.number}
          </Link>
        )}
        <Doing entry={entry} />
      </div>
    </li>
  );
}

function Due({ at }: { at: string }) {
  const words = useWords();
  const left = new Date(at).getTime() - useNow();
  return (
    <time dateTime={at} className="number">
      {left > 0
        ? `${words.attention.due} ${words.messages.progress.in(ageText(left))}`
        : `${words.attention.overdue} ${ageText(-left)}`}
    </time>
  );
}

/** The command that puts it right, where there is one for it. */
function Doing({ entry: { act, href } }: { entry: Entry }) {
  const words = useWords().attention;
  const may = useMay("write");
  if (!act || !may) return null;
  switch (act.what) {
    case "answer":
      return (
        <Button
          onPress={() => {
            answerRequest(act.id);
          }}
        >
          {words.answer}
        </Button>
      );
    case "own":
      return (
        <Button
          onPress={() => {
            goOnWithRequest(act.id);
          }}
        >
          {words.goOn}
        </Button>
      );
    case "incident":
      return (
        <Button
          onPress={() => {
            openIncident(act.id);
          }}
        >
          {words.openIncident}
        </Button>
      );
    case "release":
    case "launch":
      return (
        <Button
          onPress={() => {
            if (href) go(href);
          }}
        >
          {words[act.what]}
        </Button>
      );
  }
}
