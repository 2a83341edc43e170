/** What waits to be handed over, since when, and why. */
import { useState } from "react";

import { graphql } from "../api/generated";
import { useAnswer } from "../api/useAnswer";
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { Link } from "../ui/route";
import { Age } from "../ui/Time";
import { useWords } from "../words";
import styles from "./Messages.module.css";
import { Until } from "./watch/Until";

const OutboxOf = graphql(`
  query OutboxOf($first: Int!) {
    outbox(first: $first) {
      totalCount
      nodes {
        since
        held
        heldUntil
        state
        message {
          id
          subject
        }
        delivery {
          person {
            id
            name
          }
          organization {
            code
          }
          attempts {
            channel
            failure
            provider
          }
        }
      }
    }
  }
`);

const PAGE = 50;
const PAGE_MAX = 200;
const EVERY_MS = 5_000;

export default function OutboxPage() {
  const words = useWords().messages;
  const o = words.outbox;
  const [first, setFirst] = useState(PAGE);
  const { data, problem, again } = useAnswer(OutboxOf, { first }, { everyMs: EVERY_MS });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const { nodes, totalCount } = data.outbox;
  return (
    <div className={styles.page}>
      <h1>{o.title}</h1>
      <p className="muted">
        {o.why} <strong>{o.total(totalCount)}</strong>
      </p>
      {nodes.length === 0 ? (
        <Empty title={o.none} />
      ) : (
        <div className={`${styles.panel} ${styles.scroll}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                {[o.age, o.person, o.reason, words.progress.channel, o.message].map((label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {nodes.map(({ since, held, heldUntil, state, message, delivery }, n) => {
                const last = delivery?.attempts.at(-1);
                return (
                  <tr key={`${message.id} ${delivery?.person?.id ?? n}`}>
                    <th scope="row">
                      <Age at={since} />
                    </th>
                    <td data-label={o.person}>
                      {delivery?.person?.name ?? words.preview.hidden}{" "}
                      <span className="muted">{delivery?.organization?.code}</span>
                    </td>
                    <td data-label={o.reason}>
                      <Badge tone={held ? "warning" : "plain"}>
                        {held ? words.hold[held] : state ? words.attempt[state] : o.turn}
                      </Badge>
                      {heldUntil && (
                        <>
                          {" "}
                          <Until at={heldUntil} />
                        </>
                      )}
                    </td>
                    <td data-label={words.progress.channel}>
                      {last ? words.channel[last.channel] : "—"}{" "}
                      <span className="muted">{last?.provider}</span>
                    </td>
                    <td data-label={o.message}>
                      <Link href={`/messages/${message.id}`}>{message.subject}</Link>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {nodes.length < totalCount && first < PAGE_MAX && (
        <Button
          onPress={() => {
            setFirst(PAGE_MAX);
          }}
        >
          {o.more}
        </Button>
      )}
    </div>
  );
}
