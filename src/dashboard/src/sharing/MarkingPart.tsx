/** How far a record may go (TLP 2.0), and the command that changes it. */
import { useState } from "react";

import { graphql } from "../api/generated";
import type { Marking, RecordKind } from "../api/generated/graphql";
import { useMay } from "../api/session";
import { useCommand } from "../api/useCommand";
import { Badge, type Tone } from "../ui/Badge";
import { Button } from "../ui/Button";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { Choice, TextInput } from "../ui/Fields";
import { markings } from "../ui/markings";
import { useWords, words as wordsNow } from "../words";
import styles from "./Form.module.css";

const MarkRecord = graphql(`
  mutation MarkRecord($input: MarkRecordInput!) {
    markRecord(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

const tones: Record<Marking, Tone> = {
  CLEAR: "plain",
  GREEN: "ok",
  AMBER: "warning",
  AMBER_STRICT: "warning",
  RED: "alarm",
};

/** A marking as a badge; what is not marked counts as green, and says so. */
export function MarkingBadge({ marking }: { marking: Marking | null }) {
  const { sharing: words, names } = useWords();
  if (marking === null) return <span className="muted">{words.marking.unmarked}</span>;
  return <Badge tone={tones[marking]}>{names.marking[marking]}</Badge>;
}

interface Props {
  /** An incident, a signal or a note. */
  record: { kind: RecordKind; id: string };
  marking: Marking | null;
  /** After it was changed. */
  onDone?: () => void;
}

/** The marking of a record, and a button that changes it for whoever may write. */
export function MarkingPart({ record, marking, onDone }: Props) {
  const words = useWords().sharing.marking;
  const may = useMay("write");
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <div className={styles.row}>
      <strong>{words.title}</strong> <MarkingBadge marking={marking} />
      {may && (
        <Button
          onPress={() => {
            setOpen(true);
          }}
        >
          {words.change}
        </Button>
      )}
      <Dialog title={words.change} open={open} onClose={close}>
        <MarkForm
          record={record}
          marking={marking}
          onDone={() => {
            close();
            onDone?.();
          }}
        />
      </Dialog>
    </div>
  );
}

function MarkForm({ record, marking, onDone }: Props) {
  const { sharing, names } = useWords();
  const words = sharing.marking;
  const [to, setTo] = useState<Marking>(marking ?? "GREEN");
  const [reason, setReason] = useState("");
  const command = useCommand(MarkRecord, () => {
    const now = wordsNow();
    return now.sharing.marking.done(now.names.marking[to]);
  });
  return (
    <CommandForm
      command={command}
      input={() => ({ record, marking: to, reason })}
      onDone={() => onDone?.()}
      submit={words.submit}
      fieldOf={{ REASON_NEEDED: "reason" }}
    >
      <Choice
        label={words.to}
        value={to}
        options={markings.map((id) => ({
          id,
          label: names.marking[id],
          hint: words.hints[id],
        }))}
        onChange={setTo}
      />
      <TextInput
        label={words.reason}
        name="reason"
        value={reason}
        onChange={setReason}
        required
        autoFocus
      />
    </CommandForm>
  );
}
