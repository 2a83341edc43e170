/** Something else is said to those whom a message reached: a correction, or that it is over. */
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import { ContentFields } from "../compose/ContentFields";
import { contentInput, contentOf, emptyWording, type Content } from "../compose/form";
import { CloseMessage, CorrectMessage } from "../orders";

interface Props {
  message: MessageWholeFragment;
  how: "correct" | "close";
  onClose: () => void;
  onDone: () => void;
}

export function FollowUpDialog({ message, how, onClose, onDone }: Props) {
  const words = useWords().messages.view;
  const [content, setContent, forget] = useDraft<Content>(`${how}:${message.id}`, {
    ...contentOf(message),
    // A closing is new text; a correction begins with what was wrong.
    ...(how === "close" ? { wordings: blank(message), responses: [], public: false } : {}),
  });
  const told = (to: { message: { id: string } | null }) =>
    to.message?.id === message.id
      ? words.stoppedOnly
      : words[how === "close" ? "closed" : "corrected"];
  const correct = useCommand(CorrectMessage, told);
  const close = useCommand(CloseMessage, told);
  const input = () => ({ message: message.id, content: contentInput(content) });
  const shared = {
    onDone: () => {
      forget();
      onDone();
      go(`/messages/${message.id}`);
    },
    onCancel: onClose,
    submit: words[how],
    danger: true,
  };
  const fields = (
    <>
      <p>{how === "close" ? words.closeWhy : words.correctWhy}</p>
      <ContentFields content={content} onChange={setContent} follows={how} />
    </>
  );
  return (
    <Dialog
      title={how === "close" ? words.closeTitle : words.correctTitle}
      open
      onClose={onClose}
      wide
    >
      {how === "close" ? (
        <CommandForm command={close} input={input} {...shared}>
          {fields}
        </CommandForm>
      ) : (
        <CommandForm
          command={correct}
          input={() => ({ ...input(), expects: message.plan?.expects ?? "ACKNOWLEDGEMENT" })}
          {...shared}
        >
          {fields}
        </CommandForm>
      )}
    </Dialog>
  );
}

const blank = (message: MessageWholeFragment): Content["wordings"] =>
  message.wordings.map(({ language }) => emptyWording(language));
