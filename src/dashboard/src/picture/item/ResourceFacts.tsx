import type { ResourceItem } from "../../api/picture/reduce";
import { Fact, Facts } from "../../ui/Facts";
import { Place } from "../../ui/Place";
import { Age, When } from "../../ui/Time";
import { useCalled, useWords } from "../../words";
import { ItemOfResource } from "./documents";
import styles from "./ItemPane.module.css";
import { ToItem } from "./ToItem";
import { useMore } from "./useMore";

export function ResourceFacts({ item }: { item: ResourceItem }) {
  const all = useWords();
  const called = useCalled();
  const words = all.picture;
  const data = useMore(ItemOfResource, item.id);
  const more = data?.resource;
  const commitments = more?.commitments.filter(({ ended }) => ended === null) ?? [];
  return (
    <Facts>
      <Fact name={words.kind}>
        {item.resourceKind ? called(item.resourceKind.name) : all.app.withheld}
        {item.type !== null && `, ${words.type(item.type)}`}
      </Fact>
      <Fact name={words.owner}>{item.owner?.code ?? all.app.withheld}</Fact>
      <Fact name={words.lastPosition}>
        <Place name={item.statusPlace} point={item.position} />
        {item.position && (
          <div>
            <Age at={item.positionAt} fades /> · {item.positionSource ?? all.app.unknown}
          </div>
        )}
      </Fact>
      <Fact name={words.statusSince}>
        <When at={item.statusSince} />
        {more?.statusReason && <div>{more.statusReason}</div>}
      </Fact>
      {more?.people != null && <Fact name={words.people}>{more.people}</Fact>}
      {more?.crewLeader && <Fact name={words.crewLeader}>{more.crewLeader}</Fact>}
      {more?.supply && (
        <Fact name={words.supply}>
          {words.supplyText(more.supply.free, more.supply.held, more.supply.unit)}
        </Fact>
      )}
      {more?.home && (
        <Fact name={words.home}>
          <Place name={more.home.name} point={more.home.point} />
        </Fact>
      )}
      {more?.expectedReturn && (
        <Fact name={words.expectedReturn}>
          <When at={more.expectedReturn} />
        </Fact>
      )}
      {commitments.length > 0 && (
        <Fact name={words.committedTo}>
          <ul className={styles.list}>
            {commitments.map(({ incident, stage, since, assignedTo }) => (
              <li key={incident?.id ?? since}>
                {incident ? (
                  <ToItem id={incident.id}>{incident.name}</ToItem>
                ) : (
                  words.incidentNotShown
                )}
                <div className="muted">
                  {stage ? all.names.commitmentStage[stage] : all.app.withheld}
                  {assignedTo && ` · ${called(assignedTo.name)}`} · <Age at={since} />
                </div>
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </Facts>
  );
}
