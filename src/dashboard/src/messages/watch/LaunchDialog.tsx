/** Asks once more before people are told. */
import type { LaunchMessageInput, LaunchMessageMutation } from "../../api/generated/graphql";
import type { Command } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useWords } from "../../words";
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { PriorityBadge } from "../MessageRow";

interface Props {
  open: boolean;
  count: number;
  priority: MessageWholeFragment["priority"];
  command: Command<LaunchMessageMutation, Omit<LaunchMessageInput, "idempotencyKey">>;
  input: Omit<LaunchMessageInput, "idempotencyKey">;
  onClose: () => void;
  onDone: () => void;
}

export function LaunchDialog({ open, count, priority, command, input, onClose, onDone }: Props) {
  const words = useWords().messages.preview;
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
        <p>
          <PriorityBadge priority={priority} />
        </p>
        <p className="muted">
          {words.digest} <span className="number">{input.digest.slice(0, 12)}…</span>
        </p>
      </CommandForm>
    </Dialog>
  );
}
