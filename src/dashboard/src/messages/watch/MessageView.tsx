/** One message: what it says, to whom, and what came of it or would. */
import { Loading, NoAnswer, Empty } from "../../ui/Empty";
import { Link } from "../../ui/route";
import { Badge, Tag } from "../../ui/Badge";
import { When } from "../../ui/Time";
import { useWords } from "../../words";
import { PriorityBadge } from "../MessageRow";
import styles from "../Messages.module.css";
import { stageTones, standsAt } from "../standing";
import { useMessage } from "../useMessage";
import { Actions } from "./Actions";
import { PlanFacts } from "./PlanFacts";
import { Preview } from "./Preview";
import { Progress } from "./Progress";
import { Wordings } from "./Wordings";

export function MessageView({ id }: { id: string }) {
  const words = useWords();
  const w = words.messages;
  const followed = useMessage(id);
  const { message, known, problem, again } = followed;
  if (!message) {
    if (known) return <Empty title={w.view.unknown} />;
    return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  }
  const standing = standsAt(message);
  const { incident, about, over } = message;
  return (
    <article className={styles.lists}>
      <div className={styles.panel}>
        <header>
          <h1>{message.subject}</h1>
          <Actions message={message} again={again} />
        </header>
        <div className={styles.body}>
          <div className={styles.row}>
            <Badge tone={stageTones[standing]}>{w.stage[standing]}</Badge>
            <PriorityBadge priority={message.priority} />
            {message.public === true && <Badge tone="special">{w.list.public}</Badge>}
            {message.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
            {message.organization && <Tag>{message.organization.code}</Tag>}
            {incident && (
              <Link href={`/incident/${incident.id}/messages`}>
                {incident.number} {incident.name}
              </Link>
            )}
          </div>
          <dl className={styles.facts}>
            <dt>{w.view.author}</dt>
            <dd>
              {message.author ?? words.app.withheld} · <When at={message.draftedAt} />
            </dd>
            {message.release && (
              <>
                <dt>{w.view.releasedBy}</dt>
                <dd>
                  {message.release.by} · <When at={message.release.at} />
                </dd>
              </>
            )}
            {message.launchedAt && (
              <>
                <dt>{w.view.launchedBy}</dt>
                <dd>
                  {message.launchedBy} · <When at={message.launchedAt} />
                </dd>
              </>
            )}
            {over && (
              <>
                <dt>{w.view.over}</dt>
                <dd>
                  {over.why ? w.end[over.why] : w.view.overBy(over.by ?? "", over.reason ?? "")} ·{" "}
                  <When at={over.at} />
                </dd>
              </>
            )}
            {about && (
              <>
                <dt>{w.view.about}</dt>
                <dd>
                  <Link href={`/messages/${about.id}`}>{about.subject}</Link>
                </dd>
              </>
            )}
          </dl>
        </div>
      </div>
      {message.stage === "DRAFT" ? (
        <Preview message={message} again={again} />
      ) : (
        message.launchedAt && <Progress followed={followed} message={message} />
      )}
      <Wordings message={message} />
      <PlanFacts message={message} />
    </article>
  );
}
