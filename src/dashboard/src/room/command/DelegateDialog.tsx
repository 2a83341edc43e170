/** Lets another organization do something in the name of one's own. */
import type { DelegatedPower } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { fromLocal } from "../../ui/localTime";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ChooseOrganization } from "../ui/ChooseOrganization";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import { RoomDelegate, RoomEndDelegation } from "./orders";

const powers = ["SIGNATURE", "TACTICS"] as const;

interface Draft {
  organization: string | null;
  power: DelegatedPower;
  reason: string;
  until: string;
}

interface Props {
  structure: string;
  done: () => void;
  onClose: () => void;
}

export function DelegateDialog({ structure, done, onClose }: Props) {
  const { own } = useRoom();
  const words = useWords().room.command;
  const [draft, setDraft, discard] = useDraft<Draft>(`delegate:${structure}`, {
    organization: null,
    power: "SIGNATURE",
    reason: "",
    until: "",
  });
  const command = andThen(useCommand(RoomDelegate), (payload, input) => {
    // The newest one of this organization is what was made now.
    const made = payload.structure?.delegations.findLast(({ to }) => to?.id === input.organization);
    const code = made?.to?.code ?? "";
    announce(words.delegated(code), {
      undo: () => {
        const back = { structure, delegation: made?.id ?? "" };
        void takeBack(RoomEndDelegation, back, words.delegationEnded).then(done);
      },
    });
    done();
  });
  return (
    <Dialog open title={words.delegate} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          structure,
          organization: draft.organization ?? "",
          power: draft.power,
          reason: draft.reason.trim(),
          until: fromLocal(draft.until),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.delegateShort}
        fieldOf={{
          ...reasonCodes,
          DELEGATION_TO_SELF: "organization",
          ORGANIZATION_UNKNOWN: "organization",
        }}
      >
        <Choice
          label={words.power}
          value={draft.power}
          onChange={(power) => {
            setDraft({ ...draft, power });
          }}
          options={powers.map((one) => ({ id: one, label: words.powers[one] }))}
        />
        <ChooseOrganization
          label={words.delegateTo}
          name="organization"
          value={draft.organization}
          onChange={(organization) => {
            setDraft({ ...draft, organization });
          }}
          required
          except={own ? [own.id] : []}
        />
        <ReasonField
          value={draft.reason}
          onChange={(reason) => {
            setDraft({ ...draft, reason });
          }}
        />
        <TextInput
          label={words.untilOptional}
          hint={words.untilHint}
          type="datetime-local"
          value={draft.until}
          onChange={(until) => {
            setDraft({ ...draft, until });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}
