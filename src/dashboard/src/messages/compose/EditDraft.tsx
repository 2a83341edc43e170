/** A draft of the hub's is changed. */
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { useDraft } from "../../ui/draft";
import { Loading, NoAnswer } from "../../ui/Empty";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import { AmendMessage, MessageById } from "../documents";
import { contentInput, formOf, planInput } from "./form";
import { FormFields } from "./FormFields";

export function EditDraft({ id }: { id: string }) {
  const { data, problem, again } = useAnswer(MessageById, { id }, { everyMs: null });
  if (!data?.message) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  return <Edit message={data.message} />;
}

function Edit({ message }: { message: MessageWholeFragment }) {
  const words = useWords().messages.compose;
  // The time of the last change is part of the key: what somebody else saved is not overwritten
  // by what was written over an older text.
  const key = `amend:${message.id}:${message.changedAt ?? ""}`;
  const [form, setForm, forget] = useDraft(key, formOf(message));
  const command = useCommand(AmendMessage, () => words.saved);
  const leave = () => {
    forget();
    go(`/messages/${message.id}`);
  };
  return (
    <FormFields
      title={words.edit}
      form={form}
      onChange={setForm}
      onForget={leave}
      command={command}
      input={() => ({ message: message.id, content: contentInput(form), plan: planInput(form) })}
      onDone={leave}
    />
  );
}
