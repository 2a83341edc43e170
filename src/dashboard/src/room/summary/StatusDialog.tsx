/** Moves the incident along its life cycle. */
import { useState } from "react";

import type { IncidentStatus } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import { RoomChangeStatus } from "./documents";
import { needsReason, stepsFrom } from "./status";

export function StatusDialog({ onClose }: { onClose: () => void }) {
  const { incident, again } = useRoom();
  const words = useWords();
  const from = incident.status ?? "ACTIVE";
  const steps = stepsFrom(from);
  const [to, setTo] = useState<IncidentStatus | null>(steps[0] ?? null);
  const [reason, setReason, discard] = useDraft(`status:${incident.id}`, "");
  const names = words.names.incidentStatus;
  const command = andThen(useCommand(RoomChangeStatus), (_, input) => {
    again();
    const sentence = words.room.summary.statusIs(names[input.to]);
    // Nothing becomes “reported” again, and what is closed is taken up again with a reason.
    if (from === "REPORTED" || input.to === "CLOSED") {
      announce(sentence);
      return;
    }
    announce(sentence, {
      undo: () => {
        const back = { incident: incident.id, to: from, reason: words.room.takenBack };
        void takeBack(RoomChangeStatus, back, words.room.summary.statusIs(names[from])).then(again);
      },
    });
  });
  const required = to !== null && needsReason(from, to);
  return (
    <Dialog open title={words.room.changeStatus} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          to: to ?? from,
          reason: reason.trim() || null,
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={to ? words.room.summary.setStatus(names[to]) : words.room.changeStatus}
        danger={to === "CLOSED"}
        fieldOf={{ ...reasonCodes, STATUS_STEP_MISSING: "to" }}
      >
        <p>
          {words.room.summary.now}: <strong>{names[from]}</strong>
        </p>
        <Choice
          label={words.room.summary.newStatus}
          name="to"
          value={to}
          onChange={setTo}
          options={steps.map((step) => ({ id: step, label: names[step] }))}
        />
        <ReasonField value={reason} onChange={setReason} optional={!required} />
      </CommandForm>
    </Dialog>
  );
}
