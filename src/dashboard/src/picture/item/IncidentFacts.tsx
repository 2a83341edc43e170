import { tellsLead } from "../../api/picture/lead";
import type { IncidentItem } from "../../api/picture/reduce";
import { Badge } from "../../ui/Badge";
import { Fact, Facts } from "../../ui/Facts";
import { Place } from "../../ui/Place";
import { Link } from "../../ui/route";
import { readable } from "../../ui/sentence";
import { Age, When } from "../../ui/Time";
import { useCalled, useLanguage, useWords } from "../../words";
import { watchText } from "../../words/hub";
import { pointOf } from "../facts";
import { ItemOfIncident } from "./documents";
import styles from "./ItemPane.module.css";
import { Reports } from "./Reports";
import { ToItem } from "./ToItem";
import { useMore } from "./useMore";

const levelTones = { ALARM: "alarm", WARNING: "warning", NOTICE: "notice" } as const;

export function IncidentFacts({ item }: { item: IncidentItem }) {
  const all = useWords();
  const called = useCalled();
  const language = useLanguage();
  const words = all.picture;
  const data = useMore(ItemOfIncident, item.id);
  const more = data?.incident;
  const told = tellsLead(item);
  const commanders = more?.structure?.commanders
    .map(({ name, organization }) => [name, organization?.code].filter(Boolean).join(", "))
    .join("; ");
  return (
    <>
      <p className={styles.actions}>
        <Link className={styles.room} href={`/incident/${item.id}`}>
          {words.openRoom}
        </Link>
      </p>
      {more && more.attention.length > 0 && (
        <section>
          <h3>{all.attention.title}</h3>
          <ul className={styles.list}>
            {more.attention.map((concern, index) => (
              <li key={index}>
                <Badge tone={levelTones[concern.level]}>
                  {all.names.attentionLevel[concern.level]}
                </Badge>{" "}
                {readable(watchText(concern, all.hub), new Date(), language)}{" "}
                {concern.since && <Age at={concern.since} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Facts>
        <Fact name={words.kind}>{called(item.kind.name)}</Fact>
        <Fact name={words.place}>
          <Place name={item.location?.name} point={pointOf(item)} />
        </Fact>
        <Fact name={words.lead}>{item.lead?.code ?? (told ? words.nobody : all.app.withheld)}</Fact>
        {more && (
          <Fact name={words.commanders}>
            {commanders ? commanders : told ? words.nobody : all.app.withheld}
          </Fact>
        )}
        <Fact name={words.owner}>
          {item.owner?.code ?? (told ? words.everybody : all.app.withheld)}
        </Fact>
        {item.complexity && <Fact name={words.complexity}>{item.complexity.type}</Fact>}
        {more?.currentPeriod && (
          <Fact name={words.period}>
            {more.currentPeriod.number}, {words.until} <When at={more.currentPeriod.end} />
          </Fact>
        )}
        {more && (
          <Fact name={words.resources}>
            {more.resources.totalCount}, {words.requests}: {more.requests.totalCount}
          </Fact>
        )}
        <Fact name={words.source}>
          {item.openedByRule ? words.byRule(item.openedByRule) : words.byPerson}
        </Fact>
        <Fact name={words.confidence}>
          {item.status === "REPORTED" ? words.unconfirmed : words.confirmed}
        </Fact>
        {more?.parent && (
          <Fact name={words.partOf}>
            <ToItem id={more.parent.id}>{more.parent.name}</ToItem>
          </Fact>
        )}
        {more && more.parts.length > 0 && (
          <Fact name={words.parts}>
            <ul>
              {more.parts.map((part) => (
                <li key={part.id}>
                  <ToItem id={part.id}>{part.name}</ToItem>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      {more && <Reports signals={more.signals} />}
    </>
  );
}
