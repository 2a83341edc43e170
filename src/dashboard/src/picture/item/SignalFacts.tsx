import type { SignalItem } from "../../api/picture/reduce";
import { Fact, Facts } from "../../ui/Facts";
import { Place } from "../../ui/Place";
import { When } from "../../ui/Time";
import { useLanguage, useWords } from "../../words";
import { reasonText } from "../../words/hub";
import { ItemOfSignal } from "./documents";
import styles from "./ItemPane.module.css";
import { ToItem } from "./ToItem";
import { useMore } from "./useMore";

export function SignalFacts({ item }: { item: SignalItem }) {
  const all = useWords();
  const words = all.picture;
  const language = useLanguage();
  const data = useMore(ItemOfSignal, item.id);
  const more = data?.signal;
  // Messages often say the same in several languages.
  const info =
    more?.infos.find((one) => one.language.startsWith(language)) ?? more?.infos[0] ?? null;
  const certainty = info?.certainty ?? item.certainty;
  const urgency = info?.urgency ?? item.urgency;
  return (
    <>
      {info?.description && <p className={styles.text}>{info.description}</p>}
      {info?.instruction && (
        <section>
          <h3>{words.instruction}</h3>
          <p className={styles.text}>{info.instruction}</p>
        </section>
      )}
      <Facts>
        <Fact name={words.source}>
          {info?.senderName ?? item.key?.sender ?? all.app.unknown}
          {item.via && ` · ${words.via(item.via)}`}
          {more?.signed && ` · ${words.signed}`}
        </Fact>
        <Fact name={words.confidence}>
          {certainty ? all.names.certainty[certainty] : all.app.withheld}
        </Fact>
        <Fact name={words.aspects.urgency}>
          {urgency ? all.names.urgency[urgency] : all.app.withheld}
        </Fact>
        <Fact name={words.state}>
          {item.state ? all.names.signalState[item.state] : all.app.withheld}
        </Fact>
        <Fact name={words.sent}>
          <When at={item.key?.sent} />
        </Fact>
        {item.expires && (
          <Fact name={words.until}>
            <When at={item.expires} />
          </Fact>
        )}
        <Fact name={words.place}>
          <Place name={info?.areas.map((area) => area.description).join("; ")} point={item.point} />
        </Fact>
        {info?.contact && <Fact name={words.contact}>{info.contact}</Fact>}
        {more && more.attachments.length > 0 && (
          <Fact name={words.attachedTo}>
            <ul className={styles.list}>
              {more.attachments.map(({ incident, reason }) => (
                <li key={incident.id}>
                  <ToItem id={incident.id}>{incident.name}</ToItem>
                  <div className="muted">{reasonText(reason, all.hub)}</div>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {more?.suggestion && (
          <Fact name={words.suggestion}>
            {more.suggestion.incident ? (
              <ToItem id={more.suggestion.incident.id}>{more.suggestion.incident.name}</ToItem>
            ) : (
              words.newIncident
            )}
            <div className="muted">{reasonText(more.suggestion.reason, all.hub)}</div>
          </Fact>
        )}
        {more && more.warnings.length > 0 && (
          <Fact name={words.departures}>
            <ul>
              {more.warnings.map(({ message }) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
    </>
  );
}
