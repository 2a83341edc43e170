/** A new message is written; it is a draft of the hub's once it is saved. */
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { useDraft } from "../../ui/draft";
import { Loading } from "../../ui/Empty";
import { go } from "../../ui/route";
import { useLanguage, useWords } from "../../words";
import { DraftMessage, MessageById } from "../documents";
import { emptyForm, contentInput, formOf, planInput, type MessageForm } from "./form";
import { FormFields } from "./FormFields";

interface Props {
  /** The incident that it is about, where that is known. */
  incident: string;
  /** The message that it begins as a copy of. */
  like: string | null;
}

export function Compose({ incident, like }: Props) {
  const language = useLanguage();
  if (like !== null) return <Copy of={like} incident={incident} />;
  const initial = emptyForm(language, incident);
  return <NewMessage draft={`message:${incident}`} initial={initial} like={null} />;
}

function Copy({ of, incident }: { of: string; incident: string }) {
  const { data } = useAnswer(MessageById, { id: of }, { everyMs: null });
  if (!data?.message) return <Loading />;
  const form = formOf(data.message);
  const initial = { ...form, incident: incident || form.incident };
  return <NewMessage draft={`message-like:${of}:${incident}`} initial={initial} like={of} />;
}

interface NewProps {
  draft: string;
  initial: MessageForm;
  /** What it begins with. */
  like: string | null;
}

function NewMessage({ draft, initial, like }: NewProps) {
  const words = useWords().messages.compose;
  const [form, setForm, forget] = useDraft(draft, initial);
  const command = useCommand(DraftMessage, () => words.saved);
  return (
    <FormFields
      title={words.title}
      form={form}
      onChange={setForm}
      onForget={forget}
      command={command}
      input={() => ({
        incident: form.incident || null,
        exercise: form.exercise,
        content: contentInput(form),
        plan: planInput(form),
      })}
      onDone={({ message }) => {
        forget();
        if (message) go(`/messages/${message.id}`);
      }}
      isNew
      like={like}
    />
  );
}
