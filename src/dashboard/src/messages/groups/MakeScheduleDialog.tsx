/** A schedule is made, with one rotation or none; an imported calendar fills one without. */
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Check, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { PersonsField } from "../compose/PersonsField";
import { MakeSchedule } from "./documents";

interface Draft {
  name: string;
  timeZone: string;
  rotates: boolean;
  rotation: string;
  members: { id: string; name: string }[];
  firstDay: string;
  handover: string;
  turnDays: string;
}

const initial = (rotation: string): Draft => ({
  name: "",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  rotates: true,
  rotation,
  members: [],
  firstDay: new Date().toISOString().slice(0, 10),
  handover: "08:00",
  turnDays: "7",
});

export function MakeScheduleDialog(props: { onClose: () => void; onDone: () => void }) {
  const { onClose, onDone } = props;
  const words = useWords().messages.onCallPage;
  const [draft, setDraft, forget] = useDraft("schedule", initial(words.rotation));
  const command = useCommand(MakeSchedule, () => words.made);
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  const text = (
    field: "name" | "timeZone" | "rotation" | "firstDay" | "handover",
    label: string,
  ) => (
    <TextInput
      label={label}
      value={draft[field]}
      onChange={(value) => {
        set({ [field]: value });
      }}
      required
    />
  );
  return (
    <Dialog title={words.make} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          plan: {
            name: draft.name,
            timeZone: draft.timeZone,
            rotations: draft.rotates
              ? [
                  {
                    name: draft.rotation,
                    members: draft.members.map(({ id }) => id),
                    firstDay: draft.firstDay,
                    handover: `${draft.handover}:00`.slice(0, 8),
                    turnDays: Number(draft.turnDays),
                  },
                ]
              : [],
          },
        })}
        onDone={() => {
          forget();
          onDone();
        }}
        onCancel={onClose}
        submit={words.make}
      >
        {text("name", words.name)}
        {text("timeZone", words.timeZone)}
        <Check
          value={draft.rotates}
          onChange={(rotates) => {
            set({ rotates });
          }}
        >
          {words.withRotation}
        </Check>
        {draft.rotates && (
          <>
            {text("rotation", words.rotationName)}
            <PersonsField
              label={words.members}
              value={draft.members}
              onChange={(members) => {
                set({ members });
              }}
            />
            {text("firstDay", words.firstDay)}
            {text("handover", words.handover)}
            <TextInput
              label={words.turnDays}
              type="number"
              value={draft.turnDays}
              onChange={(turnDays) => {
                set({ turnDays });
              }}
              required
            />
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}
