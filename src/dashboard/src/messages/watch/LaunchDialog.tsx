/** Asks once more before people are told, and says what: one may have come here from a list. */
import type {
  LaunchMessageInput,
  LaunchMessageMutation,
  MessageWholeFragment,
} from "../../api/generated/graphql";
import type { Command } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../words";
import { PriorityBadge } from "../MessageRow";
import styles from "../Messages.module.css";

interface Props {
  open: boolean;
  count: number;
  message: Pick<MessageWholeFragment, "subject" | "priority" | "public" | "exercise">;
  command: Command<LaunchMessageMutation, Omit<LaunchMessageInput, "idempotencyKey">>;
  input: Omit<LaunchMessageInput, "idempotencyKey">;
  onClose: () => void;
  onDone: () => void;
}

export function LaunchDialog({ open, count, message, command, input, onClose, onDone }: Props) {
  const { app, messages } = useWords();
  const words = messages.preview;
  return (
    <Dialog title={words.launchSure(count)} open={open} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => input}
        onDone={onDone}
        onCancel={onClose}
        submit={words.launchNow}
        danger
      >
        <div className={styles.told}>
          <blockquote>{message.subject}</blockquote>
        </div>
        <div className={styles.row}>
          <PriorityBadge priority={message.priority} />
          {message.public === true && <Badge tone="special">{messages.list.public}</Badge>}
          {message.exercise && <Badge tone="special">{app.exercise}</Badge>}
        </div>
        <p className="muted">
          {words.digest} <span className="number">{input.digest.slice(0, 12)}…</span>
        </p>
      </CommandForm>
    </Dialog>
  );
}
