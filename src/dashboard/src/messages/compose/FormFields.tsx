/** The form of a message: about what, what it says, whom it tells and how. */
import type { Command, PayloadOf } from "../../api/useCommand";
import { Button } from "../../ui/Button";
import { CommandForm } from "../../ui/CommandForm";
import { Check, Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { Begin } from "../templates/Begin";
import { Keep } from "../templates/Keep";
import styles from "./Compose.module.css";
import { ContentFields } from "./ContentFields";
import type { MessageForm } from "./form";
import { PlanFields } from "./PlanFields";
import { useOptions } from "./useOptions";

interface Props<R, I> {
  title: string;
  form: MessageForm;
  onChange: (form: MessageForm) => void;
  /** Forgets what was written. */
  onForget: () => void;
  command: Command<R, I>;
  input: () => I;
  onDone: (payload: PayloadOf<R>) => void;
  /** What it is about can be chosen only then. */
  isNew?: boolean;
  /** The template or message that it begins with. */
  like?: string | null;
}

const NONE = "-";

export function FormFields<R, I>(props: Props<R, I>) {
  const {
    title,
    form,
    onChange,
    onForget,
    command,
    input,
    onDone,
    isNew = false,
    like = null,
  } = props;
  const words = useWords().messages.compose;
  const options = useOptions();
  return (
    <div className={styles.form}>
      <h1>{title}</h1>
      <p className="muted">{words.kept}</p>
      {isNew && <Begin incident={form.incident} like={like} />}
      <CommandForm
        command={command}
        input={input}
        onDone={onDone}
        submit={words.save}
        fieldOf={{
          NOTHING_SAID: "what",
          LANGUAGE_UNUSABLE: "language",
          LANGUAGE_TWICE: "language",
          DEADLINE_PAST: "until",
        }}
      >
        {isNew && (
          <div className={styles.columns}>
            <Choice
              label={words.incident}
              value={form.incident || NONE}
              onChange={(incident) => {
                onChange({ ...form, incident: incident === NONE ? "" : incident });
              }}
              options={[{ id: NONE, label: words.noIncident }, ...(options?.incidents ?? [])]}
            />
            {form.incident === "" && (
              <Check
                value={form.exercise}
                onChange={(exercise) => {
                  onChange({ ...form, exercise });
                }}
              >
                {words.exercise}
              </Check>
            )}
          </div>
        )}
        <h2>{words.says}</h2>
        <ContentFields
          content={form}
          onChange={(content) => {
            onChange({ ...form, ...content });
          }}
        />
        <h2>{words.audience}</h2>
        <PlanFields form={form} onChange={onChange} options={options} />
      </CommandForm>
      <div className={styles.line}>
        <Keep form={form} like={like} />
        <Button look="quiet" onPress={onForget}>
          {words.discardInput}
        </Button>
      </div>
    </div>
  );
}
