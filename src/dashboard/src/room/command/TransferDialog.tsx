/** Proposes that somebody takes over command. The briefing is written by the hub from the records. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { go } from "../../ui/route";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonField, WaiverField } from "../ui/ReasonField";
import { andThen } from "../ui/undo";
import { commanderFields, CommanderChoice, isShort } from "./AssumeDialog";
import { RoomPeople } from "./documents";
import { RoomProposeTransfer } from "./orders";
import { organizationOf } from "./tree";

interface Draft {
  to: string | null;
  reason: string;
  remarks: string;
}

export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { incident, own, again } = useRoom();
  const all = useWords().room;
  const words = all.command;
  const { data } = useAnswer(RoomPeople, {}, { everyMs: null });
  const people = data?.persons.nodes ?? [];
  const commanders = incident.structure?.commanders ?? [];
  const agencies = commanders.flatMap(({ name, organization }) =>
    organization ? [{ id: organization.id, label: `${name ?? ""} (${organization.code})` }] : [],
  );
  const mine = agencies.find(({ id }) => id === own?.id) ?? agencies[0];
  const [from, setFrom] = useState(mine?.id ?? null);
  const [draft, setDraft, discard] = useDraft<Draft>(`transfer:${incident.id}`, {
    to: null,
    reason: "",
    remarks: "",
  });
  const [waiver, setWaiver] = useState("");
  const command = andThen(useCommand(RoomProposeTransfer), () => {
    announce(words.proposed);
    again();
    go(`/incident/${incident.id}/command`);
  });
  const structure = incident.structure?.id;
  return (
    <Dialog open title={words.proposeTransfer} onClose={onClose}>
      {structure ? (
        <CommandForm
          command={command}
          input={() => {
            const incoming = people.find(({ id }) => id === draft.to);
            return {
              structure,
              from,
              to: draft.to ?? "",
              organization: incoming ? (organizationOf(incoming, from)?.id ?? null) : null,
              reason: draft.reason.trim(),
              remarks: draft.remarks.trim() || null,
              waiver: waiver.trim() || null,
            };
          }}
          onDone={() => {
            discard();
            onClose();
          }}
          onCancel={onClose}
          submit={words.proposeTransfer}
          fieldOf={commanderFields}
        >
          <p className="muted">{words.transferHow}</p>
          <Choice
            label={words.outgoing}
            value={from}
            onChange={setFrom}
            options={agencies}
            required
          />
          <CommanderChoice
            people={people}
            value={draft.to}
            onChange={(to) => {
              setDraft({ ...draft, to });
            }}
            label={words.incoming}
          />
          <ReasonField
            value={draft.reason}
            onChange={(reason) => {
              setDraft({ ...draft, reason });
            }}
          />
          <TextInput
            label={words.remarks}
            hint={words.remarksHint}
            name="remarks"
            long
            value={draft.remarks}
            onChange={(remarks) => {
              setDraft({ ...draft, remarks });
            }}
          />
          <WaiverField
            value={waiver}
            onChange={setWaiver}
            trouble={command.trouble}
            short={isShort(people, draft.to)}
          />
        </CommandForm>
      ) : (
        <p>{words.nobody}</p>
      )}
    </Dialog>
  );
}
