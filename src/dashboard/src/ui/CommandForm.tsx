/** A form that gives one command, and shows where the person looks why it was not carried out. */
import { useEffect, useMemo, useRef, type ReactNode } from "react";
import { Form } from "react-aria-components";

import type { Command, Obstacle, PayloadOf, Trouble } from "../api/useCommand";
import { useLanguage, useWords } from "../words";
import { refusalText } from "../words/hub";
import { Button } from "./Button";
import styles from "./CommandForm.module.css";
import { readable } from "./sentence";

interface Props<R, I> {
  command: Command<R, I>;
  /** The input as it stands. */
  input: () => I;
  /** After it was carried out, with what the hub told of it. */
  onDone: (payload: PayloadOf<R>) => void;
  onCancel?: () => void;
  /** What the button says: a verb. */
  submit: string;
  danger?: boolean;
  /** Why it cannot be given yet, beside what keeps every command; such as that something is missing. */
  obstacle?: string | null;
  /** Codes of refusals that belong to a field, with the name of the field. */
  fieldOf?: Record<string, string>;
  children: ReactNode;
}

export function CommandForm<R, I>(props: Props<R, I>) {
  const { command, input, onDone, onCancel, submit, danger, fieldOf, children } = props;
  const { app: words, hub } = useWords();
  const language = useLanguage();
  const hindered = useObstacleWords(command.obstacle);
  const obstacle = hindered ?? props.obstacle ?? null;
  const refusal = command.trouble?.kind === "refused" ? command.trouble.refusal : null;
  const field = refusal ? fieldOf?.[refusal.code] : undefined;
  // The same object as long as it is the same refusal: a field that was changed since is not held
  // to it any more.
  const errors = useMemo(
    () =>
      refusal && field
        ? { [field]: readable(refusalText(refusal, hub), new Date(), language) }
        : {},
    [refusal, field, hub, language],
  );
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // In a long form the field may be far above the button that was pressed.
    const [name] = Object.keys(errors);
    if (name === undefined) return;
    const control = form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
    if (control) control.focus();
    else form.current?.querySelector("[data-invalid]")?.scrollIntoView({ block: "nearest" });
  }, [errors]);
  return (
    <Form
      ref={form}
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        if (command.pending || obstacle) return;
        void command.give(input()).then((payload) => {
          if (payload) onDone(payload);
        });
      }}
      validationErrors={errors}
    >
      {children}
      {!field && <TroubleText trouble={command.trouble} />}
      <div className={styles.buttons}>
        {onCancel && <Button onPress={onCancel}>{words.cancel}</Button>}
        <Button
          type="submit"
          look={danger ? "danger" : "main"}
          pending={command.pending}
          obstacle={obstacle}
        >
          {submit}
        </Button>
      </div>
    </Form>
  );
}

/** Why a command came to nothing, in a sentence; nothing when it did not. */
export function TroubleText({ trouble }: { trouble: Trouble | null }) {
  const { app: words, hub } = useWords();
  const language = useLanguage();
  if (!trouble) return null;
  const sentence = {
    refused: () =>
      trouble.kind === "refused"
        ? readable(refusalText(trouble.refusal, hub), new Date(), language)
        : "",
    unreached: () => words.unreached,
    failed: () => (trouble.kind === "failed" ? words.failed(trouble.message) : ""),
  }[trouble.kind]();
  return (
    <p className={styles.trouble} role="alert">
      {sentence}
    </p>
  );
}

/** What keeps a command from being given, in a sentence for a button. */
export function useObstacleWords(obstacle: Obstacle): string | null {
  const words = useWords().app;
  if (obstacle === null) return null;
  return obstacle === "offline" ? words.offline : words.notLive;
}
