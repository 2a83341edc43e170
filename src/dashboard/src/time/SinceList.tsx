/** What changed, an incident after the other, with links to what it is about. */
import { graphql } from "../api/generated";
import { useAnswer } from "../api/useAnswer";
import { titleOf } from "../picture/facts";
import { Badge, Tag, type Tone } from "../ui/Badge";
import { useLine } from "../room/ui/useLine";
import { Link } from "../ui/route";
import { Age } from "../ui/Time";
import { useWords } from "../words";
import type { Words } from "../words/en";
import type { Entry, FactChange, Group } from "./since";
import type { Happened } from "./happened";
import styles from "./Since.module.css";

/** Lines an incident has at most; the room tells the rest. */
const LINES_MAX = 8;

const tones: Record<Entry["what"], Tone> = { new: "alarm", changed: "notice", gone: "plain" };

interface Props {
  groups: readonly Group[];
  happened: readonly Happened[];
  onLeave: () => void;
}

export function SinceList({ groups, happened, onLeave }: Props) {
  const words = useWords().time.since;
  const of = (id: string | undefined) => happened.find(({ incident }) => incident.id === id);
  return (
    <ul className={styles.groups}>
      {groups.map(({ incident, entries }) => (
        <li key={incident?.id ?? "other"} className={styles.group}>
          <h3>
            {incident ? (
              <Link href={`/incident/${incident.id}`} onClick={onLeave}>
                {incident.number} {incident.name}
              </Link>
            ) : (
              words.other
            )}
          </h3>
          <ul>
            {entries.slice(0, LINES_MAX).map((entry) => (
              <Line key={entry.item.id} entry={entry} onLeave={onLeave} />
            ))}
          </ul>
          {entries.length > LINES_MAX && (
            <p className="muted">{words.more(entries.length - LINES_MAX)}</p>
          )}
          <What happened={of(incident?.id)} onLeave={onLeave} />
        </li>
      ))}
    </ul>
  );
}

/** What happened that the records themselves do not show: command, the plan, the journal. */
function What({ happened, onLeave }: { happened: Happened | undefined; onLeave: () => void }) {
  const { app, time } = useWords();
  const words = time.since;
  const tell = useLine();
  if (!happened) return null;
  const { incident, told, smaller } = happened;
  const more = Math.max(told.length - LINES_MAX, 0) + smaller;
  return (
    <>
      <ul aria-label={words.happened}>
        {told.slice(0, LINES_MAX).map(({ at, line, note }, n) => (
          <li key={told.length - n} className={styles.happened}>
            <Age at={at} />
            {line ? (
              <span>
                {tell(line)} <span className="muted">{line.principal}</span>
              </span>
            ) : (
              <span>
                <Tag>{words.note}</Tag> {note.text ?? app.withheld}{" "}
                <span className="muted">{note.author}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p>
          <Link href={`/incident/${incident.id}/timeline`} onClick={onLeave}>
            {words.smaller(more)}
          </Link>
        </p>
      )}
    </>
  );
}

function Line({ entry: { item, what, changes }, onLeave }: { entry: Entry; onLeave: () => void }) {
  const words = useWords();
  const kinds = {
    Incident: words.picture.incident,
    Signal: words.picture.signal,
    Resource: words.picture.resource,
    ResourceRequest: words.picture.request,
  };
  const href = item.__typename === "Incident" ? `/incident/${item.id}` : `/?item=${item.id}`;
  return (
    <li className={styles.line}>
      {what === "gone" && item.__typename === "Incident" ? (
        <GoneIncident id={item.id} />
      ) : (
        <Badge tone={tones[what]}>{words.time.since[what]}</Badge>
      )}
      <Tag>{kinds[item.__typename]}</Tag>
      <Link href={href} onClick={onLeave}>
        {titleOf(item)}
      </Link>
      {changes.map((change) => (
        <span key={change.fact}>{changeText(change, words)}</span>
      ))}
    </li>
  );
}

const IncidentNow = graphql(`
  query SinceIncident($id: ID!) {
    incident(id: $id) {
      id
      status
    }
  }
`);

/** An incident leaves the picture when it is closed, and when it is shown no more. */
function GoneIncident({ id }: { id: string }) {
  const words = useWords().time.since;
  const { data } = useAnswer(IncidentNow, { id }, { everyMs: null });
  const closed = data?.incident?.status === "CLOSED";
  return <Badge tone={closed ? "ok" : "plain"}>{closed ? words.closed : words.gone}</Badge>;
}

function changeText({ fact, from, to }: FactChange, words: Words): string {
  const { since } = words.time;
  const name = since.facts[fact];
  if (from === null && to === null) return since.changedFact(name);
  const text = (value: string | null) => (value === null ? since.none : named(fact, value, words));
  return since.change(name, text(from), text(to));
}

/** What people call a value of the hub. */
function named(fact: FactChange["fact"], value: string, { names }: Words): string {
  const lists: Partial<Record<FactChange["fact"], Record<string, string>[]>> = {
    status: [names.incidentStatus, names.resourceStatus, names.requestStatus],
    severity: [names.severity],
    state: [names.signalState],
    marking: [names.marking],
  };
  return lists[fact]?.map((list) => list[value]).find((name) => name !== undefined) ?? value;
}
