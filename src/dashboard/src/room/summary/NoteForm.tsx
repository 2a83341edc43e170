/** A note in the journal of the incident. */
import type { Marking } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { markings } from "../../ui/markings";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { andThen } from "../ui/undo";
import { RoomWriteNote } from "./documents";

interface Props {
  /** The note that this one puts right. */
  corrects?: { id: string; text: string | null };
  onDone?: () => void;
  onCancel?: () => void;
  autoFocus?: boolean;
}

export function NoteForm({ corrects, onDone, onCancel, autoFocus }: Props) {
  const { incident, again } = useRoom();
  const words = useWords();
  const room = words.room.journal;
  const key = corrects ? `correction:${corrects.id}` : `note:${incident.id}`;
  const [draft, setDraft, discard] = useDraft<{ text: string; marking: Marking | "NONE" }>(key, {
    text: corrects?.text ?? "",
    marking: "NONE",
  });
  const command = andThen(useCommand(RoomWriteNote), () => {
    announce(room.written);
    again();
  });
  return (
    <CommandForm
      command={command}
      input={() => ({
        incident: incident.id,
        text: draft.text.trim(),
        marking: draft.marking === "NONE" ? null : draft.marking,
        corrects: corrects?.id ?? null,
      })}
      onDone={() => {
        discard();
        onDone?.();
      }}
      {...(onCancel ? { onCancel } : {})}
      submit={corrects ? room.correct : room.write}
      fieldOf={{ TEXT_EMPTY: "text", TEXT_TOO_LONG: "text", MARKING_NOT_POSSIBLE: "marking" }}
    >
      <TextInput
        label={room.text}
        name="text"
        value={draft.text}
        onChange={(text) => {
          setDraft({ ...draft, text });
        }}
        long
        required
        autoFocus={autoFocus ?? false}
      />
      <Choice
        label={room.marking}
        name="marking"
        value={draft.marking}
        onChange={(marking) => {
          setDraft({ ...draft, marking });
        }}
        options={[
          { id: "NONE" as const, label: room.unmarked },
          ...markings.map((one) => ({ id: one, label: words.names.marking[one] })),
        ]}
      />
    </CommandForm>
  );
}

export function NoteDialog({ corrects, onClose }: Omit<Props, "onDone"> & { onClose: () => void }) {
  const room = useWords().room.journal;
  return (
    <Dialog open title={corrects ? room.correct : room.write} onClose={onClose}>
      <NoteForm {...(corrects ? { corrects } : {})} onDone={onClose} onCancel={onClose} autoFocus />
    </Dialog>
  );
}
