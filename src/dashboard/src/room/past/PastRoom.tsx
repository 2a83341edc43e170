/**
 * The room while the past, or what another sees, is shown: only what is known of that, so that
 * nobody takes what is for what was.
 */
import { tellsLead } from "../../api/picture/lead";
import type { IncidentItem } from "../../api/picture/reduce";
import { useItem } from "../../api/picture/shown";
import { useStore } from "../../api/store";
import { lensStore } from "../../time/lens";
import { Badge, Tag } from "../../ui/Badge";
import { Empty } from "../../ui/Empty";
import { AtMoment, momentStore } from "../../ui/now";
import { Place } from "../../ui/Place";
import { scrolledByKeys } from "../../ui/scrolled";
import { useCalled, useWords } from "../../words";
import { statusTones } from "../names";
import { Fact, Facts, Panel } from "../ui/Panel";
import { Moment, ZoneOf } from "../ui/zone";
import styles from "./PastRoom.module.css";
import { PastRecord } from "./PastRecord";

export default function PastRoom({ id }: { id: string }) {
  const words = useWords();
  const item = useItem(id);
  const moment = useStore(momentStore);
  const { shown } = useStore(lensStore);
  const incident = item?.__typename === "Incident" ? item : null;
  return (
    <AtMoment value={true}>
      <ZoneOf point={incident?.location?.point ?? null}>
        <div className={styles.room} {...scrolledByKeys(incident?.name ?? words.app.incident)}>
          <h1 className="unseen">{incident?.name ?? words.app.incident}</h1>
          <p className={styles.notice}>◷ {words.room.past.only}</p>
          {incident ? <AsItWas incident={incident} /> : <Empty title={words.room.past.notThere} />}
          {/* The record is read through one's own eyes alone. */}
          {incident && moment !== null && !shown?.eyes && <PastRecord id={id} until={moment} />}
        </div>
      </ZoneOf>
    </AtMoment>
  );
}

function AsItWas({ incident }: { incident: IncidentItem }) {
  const called = useCalled();
  const words = useWords();
  const { summary } = words.room;
  const told = tellsLead(incident);
  return (
    <Panel
      title={
        <>
          <Badge tone={incident.status ? statusTones[incident.status] : "plain"} strong>
            {incident.status ? words.names.incidentStatus[incident.status] : words.app.withheld}
          </Badge>{" "}
          {incident.name} {incident.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
        </>
      }
      aside={<Tag>{incident.number}</Tag>}
    >
      {incident.withheld.length > 0 && (
        <p className="muted">
          {words.app.withheldFields(
            incident.withheld.map((group) => words.names.fieldGroup[group]).join(", "),
          )}
        </p>
      )}
      <Facts>
        <Fact name={summary.kind}>{called(incident.kind.name)}</Fact>
        <Fact name={summary.place}>
          <Place name={incident.location?.name} point={incident.location?.point} />
        </Fact>
        <Fact name={summary.lead}>
          {incident.lead?.code ?? (told ? summary.noLead : words.app.withheld)}
        </Fact>
        <Fact name={summary.owner}>
          {incident.owner?.code ?? (told ? summary.everybody : words.app.withheld)}
        </Fact>
        <Fact name={summary.complexity}>
          {incident.complexity ? words.room.type(incident.complexity.type) : summary.notAssessed}
        </Fact>
        <Fact name={summary.changedAt}>
          <Moment at={incident.changedAt} />
        </Fact>
      </Facts>
    </Panel>
  );
}
