/** Hands the lead of the incident to another organization. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ChooseOrganization } from "../ui/ChooseOrganization";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import { RoomChangeLead } from "./documents";

export function LeadDialog({ onClose }: { onClose: () => void }) {
  const { incident, again } = useRoom();
  const room = useWords().room;
  const former = incident.lead;
  const [draft, setDraft, discard] = useDraft<{ lead: string | null; reason: string }>(
    `lead:${incident.id}`,
    { lead: null, reason: "" },
  );
  const command = andThen(useCommand(RoomChangeLead), () => {
    again();
    if (!former) {
      announce(room.summary.leadChanged);
      return;
    }
    announce(room.summary.leadChanged, {
      undo: () => {
        const back = { incident: incident.id, lead: former.id, reason: room.takenBack };
        void takeBack(RoomChangeLead, back, room.summary.leadChanged).then(again);
      },
    });
  });
  return (
    <Dialog open title={room.summary.changeLead} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          lead: draft.lead ?? "",
          reason: draft.reason.trim(),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={room.summary.changeLead}
        fieldOf={{ ...reasonCodes, ORGANIZATION_UNKNOWN: "lead" }}
      >
        <ChooseOrganization
          label={room.summary.lead}
          name="lead"
          value={draft.lead}
          onChange={(lead) => {
            setDraft({ ...draft, lead });
          }}
          required
          except={former ? [former.id] : []}
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
