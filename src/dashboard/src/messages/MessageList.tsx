/** Messages of the organization or of one incident, by where they stand. */
import { useState } from "react";

import type { MessageHeadFragment, MessageStage } from "../api/generated/graphql";
import { useAnswer } from "../api/useAnswer";
import { Button } from "../ui/Button";
import { Loading, NoAnswer } from "../ui/Empty";
import { useWords } from "../words";
import { MessagesOf } from "./documents";
import { MessageRow } from "./MessageRow";
import styles from "./Messages.module.css";
import { useDrafts } from "./useDrafts";

interface Props {
  /** Only those about this incident. */
  incident?: string;
}

const PAGE = 50;
const PAGES_MAX = 200;
const open: MessageStage[] = ["DRAFT", "RUNNING"];
const over: MessageStage[] = ["ENDED", "STOPPED", "DISCARDED"];

export function MessageList({ incident }: Props) {
  const words = useWords().messages.list;
  const { data, problem, again } = useAnswer(MessagesOf, {
    incident: incident ?? null,
    stages: open,
    first: PAGES_MAX,
    after: null,
  });
  const approvals = useDrafts(incident).toRelease;
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const newest = [...data.messages.nodes].reverse();
  const mine = new Set(approvals.map(({ id }) => id));
  const drafts = newest.filter(({ stage, id }) => stage === "DRAFT" && !mine.has(id));
  const running = newest.filter(({ stage }) => stage === "RUNNING");
  return (
    <div className={styles.lists}>
      <section className={styles.panel} aria-labelledby="message-approvals">
        <h2 id="message-approvals">{words.approvals}</h2>
        {approvals.length > 0 ? (
          <>
            <p className={styles.why}>{words.approvalsWhy}</p>
            <Rows messages={approvals} />
          </>
        ) : (
          <p className={styles.why}>{words.noApprovals}</p>
        )}
      </section>
      <Group title={words.running} messages={running} />
      <Group title={words.drafts} messages={drafts} />
      <Over incident={incident ?? null} none={newest.length === 0} />
    </div>
  );
}

function Group({ title, messages }: { title: string; messages: readonly MessageHeadFragment[] }) {
  if (messages.length === 0) return null;
  return (
    <section className={styles.panel} aria-label={title}>
      <h2>{title}</h2>
      <Rows messages={messages} />
    </section>
  );
}

export function Rows({ messages }: { messages: readonly MessageHeadFragment[] }) {
  return (
    <ul>
      {messages.map((message) => (
        <MessageRow key={message.id} message={message} />
      ))}
    </ul>
  );
}

/** The hub tells the oldest first, so the newest are shown once all before them are there. */
function Over({ incident, none }: { incident: string | null; none: boolean }) {
  const words = useWords().messages.list;
  const [first, setFirst] = useState(PAGE);
  const { data, problem, again } = useAnswer(MessagesOf, {
    incident,
    stages: over,
    first,
    after: null,
  });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const { nodes, totalCount } = data.messages;
  if (totalCount === 0) return none ? <p className={styles.why}>{words.none}</p> : null;
  return (
    <section className={styles.panel} aria-label={words.over}>
      <h2>
        {words.over} <span className="muted">{words.shown(nodes.length, totalCount)}</span>
      </h2>
      <Rows messages={[...nodes].reverse()} />
      {nodes.length < totalCount && first < PAGES_MAX && (
        <Button
          look="quiet"
          onPress={() => {
            setFirst(PAGES_MAX);
          }}
        >
          {words.more}
        </Button>
      )}
    </section>
  );
}
