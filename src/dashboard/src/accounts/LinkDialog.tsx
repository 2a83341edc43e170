/** A new set-up link for an account that is there, as for somebody who forgot the password. */
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useWords } from "../words";
import { Beyond } from "./Beyond";
import type { Account } from "./documents";
import { LinkShown } from "./LinkShown";
import { useLink } from "./useLink";

interface Props {
  account: Pick<Account, "id" | "name">;
  onClose: () => void;
}

export function LinkDialog({ account: { id, name }, onClose }: Props) {
  const words = useWords().accounts;
  const { command, made, lost, take } = useLink();
  return (
    <Dialog title={words.linkTitle(name)} open onClose={onClose} stays={made !== null}>
      {made ? (
        <LinkShown name={name} link={made} onClose={onClose} />
      ) : (
        <CommandForm
          command={command}
          input={() => ({ account: id })}
          onDone={({ link }) => {
            take(link);
          }}
          onCancel={onClose}
          submit={words.linkSubmit}
        >
          <p>{lost ? words.linkLost : words.linkWhy}</p>
          <Beyond trouble={command.trouble} />
        </CommandForm>
      )}
    </Dialog>
  );
}
