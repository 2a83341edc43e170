/** A note is written into the journal of an incident. */
import type { Marking } from "../api/generated/graphql";
import { useCommand } from "../api/useCommand";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useDraft } from "../ui/draft";
import { Choice, TextInput } from "../ui/Fields";
import { markings } from "../ui/markings";
import { useWords } from "../words";
import { WriteJournalNote } from "./documents";
import { IncidentChoice } from "./IncidentChoice";

export function NoteDialog({
  incident,
  onClose,
}: {
  incident: string | null;
  onClose: () => void;
}) {
  const words = useWords();
  const w = words.act;
  const [draft, setDraft, forget] = useDraft<{ incident: string; text: string; marking: Marking }>(
    // Of its own: the room's form keeps its drafts by the incident, and they hold something else.
    `note-anywhere:${incident ?? ""}`,
    { incident: incident ?? "", text: "", marking: "GREEN" },
  );
  const command = useCommand(WriteJournalNote, () => w.note.written);
  return (
    <Dialog title={w.writeNote} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => draft}
        onDone={() => {
          forget();
          onClose();
        }}
        onCancel={onClose}
        submit={w.note.submit}
      >
        <IncidentChoice
          label={w.note.incident}
          value={draft.incident}
          onChange={(chosen) => {
            setDraft({ ...draft, incident: chosen });
          }}
        />
        <TextInput
          label={w.note.text}
          name="text"
          value={draft.text}
          onChange={(text) => {
            setDraft({ ...draft, text });
          }}
          long
          required
          autoFocus
        />
        <Choice
          label={w.note.marking}
          value={draft.marking}
          onChange={(marking) => {
            setDraft({ ...draft, marking });
          }}
          options={markings.map((id) => ({ id, label: words.names.marking[id] }))}
        />
      </CommandForm>
    </Dialog>
  );
}
