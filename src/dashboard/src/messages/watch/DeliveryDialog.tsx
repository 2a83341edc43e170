/** What was tried for one person, and an answer that they gave by voice or radio. */
import { useState } from "react";

import type { AnswerMeaning, MessageWholeFragment } from "../../api/generated/graphql";
import { useMay } from "../../api/session";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice, TextInput } from "../../ui/Fields";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { meanings } from "../compose/meanings";
import styles from "../Messages.module.css";
import { RecordAnswer } from "../orders";
import { standingTones } from "../standing";
import type { Delivery } from "./Deliveries";

interface Props {
  delivery: Delivery;
  message: MessageWholeFragment;
  onClose: () => void;
  again: () => void;
}

export function DeliveryDialog({ delivery, message, onClose, again }: Props) {
  const words = useWords().messages;
  const may = useMay("write");
  const { person, attempts, standing } = delivery;
  const name = person?.name ?? words.preview.hidden;
  return (
    <Dialog title={name} open onClose={onClose} wide>
      <div className={styles.lists}>
        <div>
          <Badge tone={standingTones[standing]}>{words.standing[standing]}</Badge>
        </div>
        <h3>{words.progress.attempts}</h3>
        {attempts.length === 0 ? (
          <p className="muted">{words.standing.WAITING}</p>
        ) : (
          <ol className={styles.answers}>
            {attempts.map((attempt, n) => (
              <li key={n}>
                <Age at={attempt.at} /> · {words.channel[attempt.channel]} ·{" "}
                {words.attempt[attempt.state]}
              </li>
            ))}
          </ol>
        )}
        {person && may && (
          <AnswerForm message={message} person={person.id} onDone={onClose} again={again} />
        )}
      </div>
    </Dialog>
  );
}

interface FormProps {
  message: MessageWholeFragment;
  person: string;
  onDone: () => void;
  again: () => void;
}

function AnswerForm({ message, person, onDone, again }: FormProps) {
  const words = useWords().messages;
  const p = words.progress;
  const [chosen, choose] = useState<string | null>(null);
  const [arrival, setArrival] = useState("");
  const command = useCommand(RecordAnswer, () => p.recordedDone);
  // The answers of the message by their number, and the usual ones beside them.
  const offered = message.responses.map(({ meaning, labels }, n) => ({
    id: `${n + 1}`,
    label: `${n + 1} · ${labels[0] ?? words.meaning[meaning]}`,
  }));
  const usual = meanings
    .filter((meaning) => !message.responses.some((one) => one.meaning === meaning))
    .map((meaning) => ({ id: meaning, label: words.meaning[meaning] }));
  const number = Number(chosen);
  const meaning =
    (Number.isNaN(number) ? (chosen as AnswerMeaning | null) : null) ??
    message.responses[number - 1]?.meaning ??
    "ACKNOWLEDGE";
  return (
    <CommandForm
      command={command}
      input={() => ({
        message: message.id,
        person,
        meaning,
        response: Number.isNaN(number) || chosen === null ? null : number,
        arrival: arrival === "" ? null : new Date(arrival).toISOString(),
      })}
      onDone={() => {
        again();
        onDone();
      }}
      submit={p.record}
    >
      <h3>{p.record}</h3>
      <p className="muted">{p.recordWhy}</p>
      <Choice
        label={p.answer}
        value={chosen}
        onChange={choose}
        options={[...offered, ...usual]}
        required
      />
      <TextInput label={p.arrival} type="datetime-local" value={arrival} onChange={setArrival} />
    </CommandForm>
  );
}
