/** The situation in five seconds: what, where, who, how much, what is due and what is wrong. */
import { tellsLead } from "../../api/picture/lead";
import { Badge, Tag } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { useNow } from "../../ui/now";
import { Place } from "../../ui/Place";
import { Link } from "../../ui/route";
import { Age } from "../../ui/Time";
import { useCalled, useLanguage, useWords } from "../../words";
import { ageText } from "../../words/format";
import { statusTones } from "../names";
import { openRoomDialog, useRoom } from "../room";
import { useZone } from "../ui/zone";
import { Concerns } from "./Concerns";
import styles from "./SituationHeader.module.css";
import { dueOf, isOpen, strengthOf } from "./situation";

export function SituationHeader() {
  const { incident } = useRoom();
  const words = useWords();
  const room = words.room;
  const called = useCalled();
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <Badge tone={incident.status ? statusTones[incident.status] : "plain"} strong>
          {incident.status ? words.names.incidentStatus[incident.status] : words.app.withheld}
        </Badge>
        <h1 className={styles.name}>{incident.name}</h1>
        {incident.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
        <span className={styles.more}>
          <span className="number">{incident.number}</span>
          <Tag>{called(incident.kind.name)}</Tag>
          {incident.complexity && <Tag>{room.type(incident.complexity.type)}</Tag>}
          {incident.marking && <Tag>{words.names.marking[incident.marking]}</Tag>}
          <span className={styles.place}>
            <Place name={incident.location?.name} />
          </span>
        </span>
        <span className={styles.change} data-no-print>
          <span className={styles.status}>
            {incident.status === "CLOSED" ? (
              <Button keys="S" onPress={openRoomDialog("reopen")}>
                {room.summary.reopen}
              </Button>
            ) : (
              <Button keys="S" onPress={openRoomDialog("status")}>
                {room.changeStatus}
              </Button>
            )}
          </span>
          <Button keys="N" onPress={openRoomDialog("note")}>
            {room.writeNote}
          </Button>
        </span>
      </div>
      {incident.mergedInto && (
        <p className={styles.merged}>
          ◆ {room.isDuplicateOf}{" "}
          <Link href={`/incident/${incident.mergedInto.id}`}>
            {incident.mergedInto.number} {incident.mergedInto.name}
          </Link>
        </p>
      )}
      {incident.withheld.length > 0 && (
        <p className="muted">
          {words.app.withheldFields(
            incident.withheld.map((group) => words.names.fieldGroup[group]).join(", "),
          )}
        </p>
      )}
      <Tiles />
      <Concerns />
    </header>
  );
}

function Tiles() {
  const { incident } = useRoom();
  const words = useWords();
  const room = words.room.header;
  const strength = strengthOf(incident.resources.nodes, incident.id);
  const open = incident.requests.nodes.filter(isOpen);
  const urgent = open.filter((one) => one.priority === "URGENT").length;
  const par = incident.pars.at(-1);
  const missing = par?.lines.filter((line) => line.missing).length ?? 0;
  const base = `/incident/${incident.id}`;
  return (
    <ul className={styles.tiles}>
      <li className={styles.wide}>
        <Link href={`${base}/command`}>
          <b>{room.command}</b>
          <span>
            <Commanders />
          </span>
        </Link>
      </li>
      <li>
        <Link href={`${base}/resources`}>
          <b>{room.resources}</b>
          <span>{room.strength(strength.here, strength.people)}</span>
          <small>
            {strength.waiting > 0 && <Badge tone="warning">{room.waiting(strength.waiting)}</Badge>}{" "}
            {room.coming(strength.coming, strength.leaving)}
            {strength.beyond > 0 && room.beyond(strength.beyond)}
          </small>
        </Link>
      </li>
      <li>
        <Link href={`${base}/requests`}>
          <b>{room.requests}</b>
          <span>{room.open(open.length)}</span>
          <small>{urgent > 0 && <Badge tone="alarm">{room.urgent(urgent)}</Badge>}</small>
        </Link>
      </li>
      <li>
        <Link href={`${base}/resources`}>
          <b>{room.par}</b>
          {par ? (
            <span>
              {par.complete ? (
                <Badge tone="ok">{room.parComplete}</Badge>
              ) : (
                <Badge tone="alarm">{room.parMissing(missing)}</Badge>
              )}
            </span>
          ) : (
            <span>{room.parNone}</span>
          )}
          {par && (
            <small className={styles.beside}>
              <Age at={par.calledAt} />
            </small>
          )}
        </Link>
      </li>
      <NextDue />
      <LocalTime />
    </ul>
  );
}

function Commanders() {
  const { incident } = useRoom();
  const words = useWords();
  const structure = incident.structure;
  if (!structure) {
    if (!tellsLead(incident)) return <>{words.app.withheld}</>;
    return <Badge tone="warning">{words.room.header.nobodyCommands}</Badge>;
  }
  if (structure.commanders.length === 0) return <>{words.app.withheld}</>;
  return (
    <>
      {structure.commanders.length > 1 && `${words.room.header.unified}: `}
      {structure.commanders
        .map((one) => `${one.name ?? words.app.withheld} (${one.organization?.code ?? "?"})`)
        .join(", ")}
    </>
  );
}

/** From so little time left on, it is shown as pressing. */
const SOON_MS = 60 * 60_000;

function NextDue() {
  const { incident } = useRoom();
  const room = useWords().room.header;
  const now = useNow();
  const [due] = dueOf(incident);
  if (!due) {
    return (
      <li>
        <span className={styles.tile}>
          <b>{room.due}</b>
          <span>{room.nothingDue}</span>
        </span>
      </li>
    );
  }
  const left = new Date(due.at).getTime() - now;
  const tone = left < 0 ? "alarm" : left < SOON_MS ? "warning" : "plain";
  const text = left < 0 ? room.overdue(ageText(-left)) : room.dueIn(ageText(left));
  return (
    <li>
      <Link href={`/incident/${incident.id}/${due.tab}`}>
        <b>{room.due}</b>
        <span>
          <Badge tone={tone}>{text}</Badge>
        </span>
        <small className={styles.due}>{room.dueWhat[due.what](due.name)}</small>
      </Link>
    </li>
  );
}

function LocalTime() {
  const { incident } = useRoom();
  const words = useWords();
  const language = useLanguage();
  const zone = useZone();
  const now = new Date(useNow());
  const time = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat(language, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(now);
  return (
    <li className={styles.pair}>
      <span className={styles.tile}>
        <b>{zone === undefined ? words.room.header.deviceTime : words.room.header.localTime}</b>
        <span className="number">{[...new Set([time(zone), time("UTC")])].join(" · ")}</span>
        <small className={styles.beside}>
          {words.room.header.changed} <Age at={incident.changedAt} />
        </small>
      </span>
    </li>
  );
}
