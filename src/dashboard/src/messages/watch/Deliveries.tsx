/** The persons whom a message is for: where each stands, by which channel, and what they said. */
import { useEffect, useRef, useState } from "react";

import type {
  DeliveriesOfQuery,
  DeliveryStanding,
  MessageWholeFragment,
} from "../../api/generated/graphql";
import { useAnswer } from "../../api/useAnswer";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Loading, NoAnswer } from "../../ui/Empty";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { DeliveriesOf } from "../documents";
import styles from "../Messages.module.css";
import { standingTones } from "../standing";
import { DeliveryDialog } from "./DeliveryDialog";
import { Until } from "./Until";

export type Delivery = NonNullable<DeliveriesOfQuery["message"]>["deliveries"]["nodes"][number];

interface Props {
  message: MessageWholeFragment;
  standing: DeliveryStanding | null;
  /** Grows with each change of the message. */
  version: number;
}

const PAGE = 50;
const PAGE_MAX = 200;
const SOON_MS = 400;

export function Deliveries({ message, standing, version }: Props) {
  const words = useWords();
  const w = words.messages;
  const p = w.progress;
  const [first, setFirst] = useState(PAGE);
  const [after, setAfter] = useState<string | null>(null);
  const [shown, show] = useState<Delivery | null>(null);
  const { data, problem, again } = useAnswer(DeliveriesOf, {
    id: message.id,
    standings: standing ? [standing] : null,
    first,
    after,
  });
  useSoonAgain(version, again);
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const deliveries = data.message?.deliveries;
  if (!deliveries || deliveries.totalCount === 0) return <p className={styles.why}>{p.nobody}</p>;
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {[p.person, p.standing, p.channel, p.answer, p.eta, p.since, p.next].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deliveries.nodes.map((delivery, n) => (
              <Row
                key={delivery.person?.id ?? n}
                delivery={delivery}
                runs={message.stage === "RUNNING"}
                onShow={() => {
                  show(delivery);
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.body}>
        <div className={styles.row}>
          <span className="muted">{p.of(deliveries.nodes.length, deliveries.totalCount)}</span>
          {deliveries.pageInfo.hasNextPage && (
            <Button
              look="quiet"
              onPress={() => {
                if (first < PAGE_MAX) setFirst(PAGE_MAX);
                else setAfter(deliveries.pageInfo.endCursor);
              }}
            >
              {w.list.more}
            </Button>
          )}
        </div>
      </div>
      {shown && (
        <DeliveryDialog
          delivery={shown}
          message={message}
          onClose={() => {
            show(null);
          }}
          again={again}
        />
      )}
    </>
  );
}

interface RowProps {
  delivery: Delivery;
  /** Whether the message is still being told, so that something comes next. */
  runs: boolean;
  onShow: () => void;
}

function Row({ delivery, runs, onShow }: RowProps) {
  const words = useWords();
  const w = words.messages;
  const p = w.progress;
  const { answer, person, organization } = delivery;
  const last = delivery.attempts.at(-1);
  const channel = answer?.channel ?? delivery.reachedBy ?? last?.channel ?? null;
  const since = answer?.at ?? delivery.acknowledgedAt ?? delivery.reachedAt ?? last?.at ?? null;
  return (
    <tr>
      <th scope="row">
        <Button look="quiet" onPress={onShow}>
          {person?.name ?? w.preview.hidden}
        </Button>{" "}
        <span className="muted">{organization?.code}</span>
      </th>
      <td data-label={p.standing}>
        <Badge tone={standingTones[delivery.standing]}>{w.standing[delivery.standing]}</Badge>
      </td>
      <td data-label={p.channel}>{channel ? w.channel[channel] : "—"}</td>
      <td data-label={p.answer}>
        {answer ? (
          <span>
            {w.meaning[answer.meaning]}{" "}
            {answer.channel === null && <span className="muted">({p.recorded})</span>}
            {answer.late && <span className="muted"> ({p.late})</span>}
          </span>
        ) : (
          "—"
        )}
      </td>
      <td data-label={p.eta}>{answer?.arrival ? <Until at={answer.arrival} /> : "—"}</td>
      <td data-label={p.since}>{since ? <Age at={since} /> : "—"}</td>
      <td data-label={p.next}>
        {!runs ? (
          "—"
        ) : delivery.held ? (
          <span>
            {p.heldUntil(w.hold[delivery.held])}{" "}
            {delivery.heldUntil && <Until at={delivery.heldUntil} />}
          </span>
        ) : delivery.nextAt ? (
          <Until at={delivery.nextAt} />
        ) : (
          "—"
        )}
      </td>
    </tr>
  );
}

/** Asks again soon after a change that was told; changes that come at once lead to one question. */
function useSoonAgain(version: number, again: () => void): void {
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    const timer = setTimeout(() => {
      seen.current = version;
      again();
    }, SOON_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [version, again]);
}
