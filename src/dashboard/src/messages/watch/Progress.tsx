/** How the delivery of a message goes, live: counts, and the persons behind them. */
import { useState } from "react";

import type { DeliveryStanding, MessageWholeFragment } from "../../api/generated/graphql";
import { Badge } from "../../ui/Badge";
import { When } from "../../ui/Time";
import { useWords } from "../../words";
import { CountsBar } from "../CountsBar";
import styles from "../Messages.module.css";
import { countOf } from "../standing";
import type { FollowedMessage } from "../useMessage";
import { Deliveries } from "./Deliveries";

interface Props {
  followed: FollowedMessage;
  message: MessageWholeFragment;
}

export function Progress({ followed, message }: Props) {
  const words = useWords().messages;
  const [chosen, choose] = useState<DeliveryStanding | null>(null);
  const of = message.recipientCount ?? 0;
  const { plan, wavesOpened, counts } = message;
  const accepted = countOf(counts, "ACCEPTED", "DONE");
  const wanted = plan?.enough.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <section className={styles.panel} aria-labelledby="message-progress">
      <header>
        <h2 id="message-progress">{words.progress.title}</h2>
        <div className={styles.row}>
          {wanted > 0 && (
            <Badge tone={accepted >= wanted ? "ok" : "warning"}>
              {words.compose.acceptances} {words.progress.of(accepted, wanted)}
            </Badge>
          )}
          <Badge tone={followed.live ? "ok" : "plain"}>
            {followed.live ? words.progress.live : words.progress.notLive}
          </Badge>
        </div>
      </header>
      <div className={styles.body}>
        <CountsBar counts={counts} of={of} chosen={chosen} onChoose={choose} />
        {(plan?.waves.length ?? 0) > 1 && (
          <p className="muted">
            {words.view.waves}:{" "}
            {wavesOpened.length === 0
              ? words.view.noWaves
              : wavesOpened.map((at, n) => (
                  <span key={at}>
                    {words.compose.wave(n + 1)} <When at={at} />{" "}
                  </span>
                ))}
          </p>
        )}
      </div>
      <Deliveries key={chosen} message={message} standing={chosen} version={followed.version} />
    </section>
  );
}
