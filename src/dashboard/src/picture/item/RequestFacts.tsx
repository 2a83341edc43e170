import type { RequestItem } from "../../api/picture/reduce";
import { Fact, Facts } from "../../ui/Facts";
import { Place } from "../../ui/Place";
import { Link } from "../../ui/route";
import { Age, When } from "../../ui/Time";
import { useWords } from "../../words";
import { ItemOfRequest } from "./documents";
import styles from "./ItemPane.module.css";
import { useMore } from "./useMore";

export function RequestFacts({ item }: { item: RequestItem }) {
  const all = useWords();
  const words = all.picture;
  const data = useMore(ItemOfRequest, item.id);
  const more = data?.resourceRequest;
  return (
    <>
      {item.incident && (
        <p className={styles.actions}>
          <Link className={styles.room} href={`/incident/${item.incident.id}/requests`}>
            {words.openRoom}
          </Link>
        </p>
      )}
      <Facts>
        {item.purpose && <Fact name={words.purpose}>{item.purpose}</Fact>}
        <Fact name={words.status}>
          {item.requestStatus ? all.names.requestStatus[item.requestStatus] : all.app.withheld}
        </Fact>
        <Fact name={words.quantity}>
          {words.quantityText(item.quantity, item.filled, item.outstanding)}
        </Fact>
        <Fact name={words.askedBy}>{item.askedBy?.code ?? all.app.withheld}</Fact>
        <Fact name={words.wantedBy}>
          <When at={item.wantedBy} />
        </Fact>
        <Fact name={words.deliverTo}>
          <Place name={item.deliverTo?.name} point={item.deliverTo?.point} />
        </Fact>
        {more?.incidentName && <Fact name={words.incident}>{more.incidentName}</Fact>}
        {more?.contact && <Fact name={words.contact}>{more.contact}</Fact>}
        {more?.specialSupport && <Fact name={words.specialSupport}>{more.specialSupport}</Fact>}
        {more && more.receivers.length > 0 && (
          <Fact name={words.asked}>
            <ul className={styles.list}>
              {more.receivers.map(({ organization, declined, offers, since }) => (
                <li key={organization.code}>
                  <strong>{organization.code}</strong> <Age at={since} />
                  <div className="muted">
                    {declined === null ? words.offers(offers) : words.declined(declined)}
                  </div>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {more?.ending && (
          <Fact name={words.ended}>
            <When at={more.ending.at} /> {more.ending.reason}
          </Fact>
        )}
      </Facts>
    </>
  );
}
