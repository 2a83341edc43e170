/** A message is stopped, or a draft or template thrown away. */
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { DiscardMessage, StopMessage } from "../orders";

interface Props {
  id: string;
  onClose: () => void;
  onDone: () => void;
}

export function StopDialog({ id, onClose, onDone }: Props) {
  const words = useWords().messages.view;
  const [reason, setReason, forget] = useDraft(`stop:${id}`, "");
  const command = useCommand(StopMessage, () => words.stopped);
  return (
    <Dialog title={words.stopTitle} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ message: id, reason })}
        onDone={() => {
          forget();
          onDone();
        }}
        onCancel={onClose}
        submit={words.stop}
        danger
      >
        <p>{words.stopWhy}</p>
        <TextInput
          label={words.reason}
          name="reason"
          value={reason}
          onChange={setReason}
          required
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}

interface DiscardProps extends Props {
  /** What is said of a draft, or of a template. */
  words: { discardSure: string; discard: string; discarded: string };
}

export function DiscardDialog({ id, words, onClose, onDone }: DiscardProps) {
  const command = useCommand(DiscardMessage, () => words.discarded);
  return (
    <Dialog title={words.discardSure} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ message: id })}
        onDone={onDone}
        onCancel={onClose}
        submit={words.discard}
        danger
      >
        {null}
      </CommandForm>
    </Dialog>
  );
}
