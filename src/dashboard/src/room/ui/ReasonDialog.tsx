/** A command that wants nothing but a reason. */
import type { Command } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { reasonCodes } from "./ReasonField";

interface Props<R, I> {
  title: string;
  /** What the button says: a verb. */
  submit: string;
  command: Command<R, I>;
  input: (reason: string) => I;
  onClose: () => void;
  /** Under what the reason is kept until it is sent. */
  draft: string;
  danger?: boolean;
  /** Whether it can be given without one. */
  optional?: boolean;
  label?: string;
}

export function ReasonDialog<R, I>(props: Props<R, I>) {
  const { title, submit, command, input, onClose, draft, danger, optional, label } = props;
  const words = useWords().room;
  const [reason, setReason, discard] = useDraft(draft, "");
  return (
    <Dialog open title={title} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => input(reason.trim())}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={submit}
        danger={danger ?? false}
        fieldOf={reasonCodes}
      >
        <TextInput
          label={label ?? words.reason}
          name="reason"
          value={reason}
          onChange={setReason}
          required={!optional}
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}
