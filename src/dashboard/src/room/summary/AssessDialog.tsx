/** How complex the incident is (Type 5 to 1). */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen } from "../ui/undo";
import { RoomAssess } from "./documents";

const types = ["5", "4", "3", "2", "1"] as const;
type Type = (typeof types)[number];

export function AssessDialog({ onClose }: { onClose: () => void }) {
  const { incident, again } = useRoom();
  const room = useWords().room;
  const present = types.find((one) => one === `${incident.complexity?.type}`) ?? "5";
  const [draft, setDraft, discard] = useDraft<{ type: Type; reason: string }>(
    `complexity:${incident.id}`,
    { type: present, reason: "" },
  );
  const command = andThen(useCommand(RoomAssess), (_, input) => {
    announce(room.summary.assessed(input.complexity.type));
    again();
  });
  return (
    <Dialog open title={room.summary.assess} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          complexity: { type: Number(draft.type), reason: draft.reason.trim() },
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={room.summary.assess}
        fieldOf={{ ...reasonCodes, COMPLEXITY_UNKNOWN: "type" }}
      >
        <Choice
          label={room.summary.complexity}
          name="type"
          value={draft.type}
          onChange={(type) => {
            setDraft({ ...draft, type });
          }}
          options={types.map((one) => ({
            id: one,
            label: room.type(Number(one)),
            hint: room.summary.types[one],
          }))}
        />
        <ReasonField
          value={draft.reason}
          onChange={(reason) => {
            setDraft({ ...draft, reason });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}
