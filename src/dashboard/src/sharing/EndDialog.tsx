/** Ending an agreement, or declining one: what would vanish, why, and that it is meant. */
import { useState } from "react";

import { useCommand } from "../api/useCommand";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { TextInput } from "../ui/Fields";
import { useWords, words as wordsNow } from "../words";
import { EndAgreement, type AgreementFacts } from "./documents";
import { EndingTrial } from "./Trial";

interface Props {
  agreement: AgreementFacts;
  open: boolean;
  onClose: () => void;
}

export function EndDialog({ agreement, open, onClose }: Props) {
  const words = useWords().sharing;
  const proposed = agreement.standing === "PROPOSED";
  return (
    <Dialog
      title={proposed ? words.declineTitle : words.endTitle}
      open={open}
      onClose={onClose}
      wide
    >
      <Ending agreement={agreement} onClose={onClose} />
    </Dialog>
  );
}

function Ending({ agreement, onClose }: Omit<Props, "open">) {
  const words = useWords().sharing;
  const [reason, setReason] = useState("");
  const command = useCommand(EndAgreement, () => wordsNow().sharing.ended);
  const proposed = agreement.standing === "PROPOSED";
  return (
    <CommandForm
      command={command}
      input={() => ({ agreement: agreement.id, reason })}
      onDone={onClose}
      onCancel={onClose}
      submit={proposed ? words.decline : words.end}
      danger
      fieldOf={{ REASON_NEEDED: "reason", TEXT_EMPTY: "reason" }}
    >
      <p>
        <strong>{agreement.title}</strong>
      </p>
      {!proposed && <p>{words.endWhy}</p>}
      {agreement.standing === "IN_FORCE" && <EndingTrial id={agreement.id} />}
      <TextInput
        label={words.endReason}
        name="reason"
        value={reason}
        onChange={setReason}
        required
        autoFocus
      />
    </CommandForm>
  );
}
