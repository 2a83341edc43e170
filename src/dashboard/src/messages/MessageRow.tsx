/** One message in a list: what it says first, where it stands, and how it goes. */
import type { MessageHeadFragment } from "../api/generated/graphql";
import { Badge, Tag } from "../ui/Badge";
import { Link } from "../ui/route";
import { Age } from "../ui/Time";
import { useWords } from "../words";
import { CountsBar } from "./CountsBar";
import styles from "./MessageRow.module.css";
import { stageTones, standsAt } from "./standing";

export function MessageRow({ message }: { message: MessageHeadFragment }) {
  const words = useWords();
  const w = words.messages;
  const standing = standsAt(message);
  const { organization, incident, author } = message;
  return (
    <li className={styles.row}>
      <div className={styles.first}>
        <Link href={`/messages/${message.id}`} className={styles.subject}>
          {message.subject}
        </Link>
        <Age at={message.launchedAt ?? message.draftedAt} />
      </div>
      <div className={styles.second}>
        <Badge tone={stageTones[standing]}>{w.stage[standing]}</Badge>
        <PriorityBadge priority={message.priority} />
        {message.public === true && <Badge tone="special">{w.list.public}</Badge>}
        {message.exercise && <Badge tone="special">{words.app.exercise}</Badge>}
        {message.follows && (
          <Badge tone="notice">
            {message.follows === "CORRECTION" ? w.list.correction : w.list.closing}
          </Badge>
        )}
        {organization && <Tag>{organization.code}</Tag>}
        {incident && <span className="muted">{incident.number}</span>}
        {author && <span className="muted">{w.list.by(author)}</span>}
        {message.recipientCount !== null && (
          <span className="muted">{w.list.people(message.recipientCount)}</span>
        )}
      </div>
      {message.recipientCount !== null && message.counts.length > 0 && (
        <CountsBar counts={message.counts} of={message.recipientCount} small />
      )}
    </li>
  );
}

export function PriorityBadge({ priority }: { priority: MessageHeadFragment["priority"] }) {
  const words = useWords().messages.priority;
  const tones = { LIFE_SAFETY: "alarm", URGENT: "warning", ROUTINE: "plain" } as const;
  return (
    <Badge tone={tones[priority]} strong={priority === "LIFE_SAFETY"}>
      {words[priority]}
    </Badge>
  );
}
