/** Somebody is locked out at once; and let in again. */
import { announce } from "../api/toasts";
import { useCommand } from "../api/useCommand";
import { andThen, takeBack } from "../room/ui/undo";
import { Button } from "../ui/Button";
import { CommandForm, TroubleText, useObstacleWords } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useWords } from "../words";
import { Beyond } from "./Beyond";
import { DisableAccount, EnableAccount, type Account } from "./documents";
import type { Manager } from "./useAccounts";

interface Props {
  account: Account;
  manager: Manager;
  onClose: () => void;
  /** Takes the rights for one's own organization away instead. */
  onTakeAway: () => void;
  done: () => void;
}

export function DisableDialog({ account, manager, onClose, onTakeAway, done }: Props) {
  const words = useWords().accounts;
  const { id, name, login } = account;
  const command = andThen(useCommand(DisableAccount), () => {
    done();
    announce(words.disabled(name), {
      undo: () => {
        void takeBack(EnableAccount, { account: id }, words.enabled(name)).then(done);
      },
    });
  });
  const instead = manager.own && {
    words: words.beyondReachInstead(manager.own.code),
    run: onTakeAway,
  };
  return (
    <Dialog title={words.disableTitle(name)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ account: id })}
        onDone={onClose}
        onCancel={onClose}
        submit={words.disable}
        danger
      >
        <p>
          <strong>{name}</strong> <span className="muted">{login}</span>
        </p>
        <p>{words.disableWhy}</p>
        <Beyond trouble={command.trouble} instead={instead} />
      </CommandForm>
    </Dialog>
  );
}

export function EnableButton({
  account: { id, name },
  done,
}: {
  account: Account;
  done: () => void;
}) {
  const words = useWords().accounts;
  const command = useCommand(EnableAccount);
  const obstacle = useObstacleWords(command.obstacle);
  const enable = async () => {
    const payload = await command.give({ account: id });
    if (!payload) return;
    done();
    announce(words.enabled(name), {
      undo: () => {
        void takeBack(DisableAccount, { account: id }, words.disabled(name)).then(done);
      },
    });
  };
  return (
    <>
      <Button
        look="main"
        pending={command.pending}
        obstacle={obstacle}
        onPress={() => void enable()}
      >
        {words.enable}
      </Button>
      <TroubleText trouble={command.trouble} />
      <Beyond trouble={command.trouble} />
    </>
  );
}
