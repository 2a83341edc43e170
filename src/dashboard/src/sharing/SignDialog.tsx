/** Signing: the sentences once more, what would come of it, and the signature. */
import { useSession } from "../api/session";
import { useCommand } from "../api/useCommand";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useWords, words as wordsNow } from "../words";
import { SignAgreement, type AgreementFacts } from "./documents";
import { draftOf, inputOf } from "./draft";
import { Sentences } from "./Sentences";
import { ProposalTrial } from "./Trial";
import { useDirectory } from "./useDirectory";

interface Props {
  agreement: AgreementFacts;
  open: boolean;
  onClose: () => void;
}

export function SignDialog({ agreement, open, onClose }: Props) {
  const words = useWords().sharing;
  return (
    <Dialog title={words.signTitle} open={open} onClose={onClose} wide>
      <Signing agreement={agreement} onClose={onClose} />
    </Dialog>
  );
}

function Signing({ agreement, onClose }: Omit<Props, "open">) {
  const words = useWords().sharing;
  const { acting } = useSession();
  const { own } = useDirectory();
  const command = useCommand(SignAgreement, ({ agreement: signed }) => {
    const { sharing } = wordsNow();
    return signed?.standing === "IN_FORCE" ? sharing.signedInForce : sharing.signed;
  });
  return (
    <CommandForm
      command={command}
      input={() => ({ agreement: agreement.id })}
      onDone={onClose}
      onCancel={onClose}
      submit={words.sign(acting?.code ?? "")}
    >
      <p>
        <strong>{agreement.title}</strong>: {agreement.purpose}
      </p>
      <Sentences agreement={agreement} />
      {own && <ProposalTrial input={inputOf(draftOf(agreement, own.id), own.id)} />}
      <p>{words.signWhy}</p>
    </CommandForm>
  );
}
