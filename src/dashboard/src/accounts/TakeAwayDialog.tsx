/** All that an account may do for an organization is taken away, once somebody is sure. */
import { useState } from "react";

import { announce } from "../api/toasts";
import { useCommand } from "../api/useCommand";
import { andThen, takeBack } from "../room/ui/undo";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useWords } from "../words";
import { GrantOrganization, RevokeGrant, type Account } from "./documents";
import { grantFor, takable } from "./grants";
import { OrganizationField } from "./OrganizationField";
import type { Manager } from "./useAccounts";

interface Props {
  account: Account;
  manager: Manager;
  /** Whether it is done because the account cannot be disabled. */
  instead: boolean;
  onClose: () => void;
  done: () => void;
}

export function TakeAwayDialog({ account, manager, instead, onClose, done }: Props) {
  const words = useWords().accounts;
  const from = takable(account, manager);
  const [chosen, choose] = useState(from[0]?.id ?? null);
  const organization = from.find((one) => (one?.id ?? null) === chosen) ?? null;
  const code = organization?.code ?? words.hubAsWhole;
  const scopes = [...grantFor(account, chosen)];
  const of = { account: account.id, organization: chosen };
  const command = andThen(useCommand(RevokeGrant), () => {
    done();
    announce(words.takenAway(account.name, code), {
      undo: () => {
        const back = takeBack(GrantOrganization, { ...of, scopes }, words.givenBack(account.name));
        void back.then(done);
      },
    });
  });
  return (
    <Dialog title={words.takeAwayTitle(account.name, code)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => of}
        onDone={onClose}
        onCancel={onClose}
        submit={words.takeAway}
        danger
        fieldOf={{ ORGANIZATION_UNKNOWN: "organization" }}
      >
        {from.length > 1 && (
          <OrganizationField
            organizations={from.filter((one) => one !== null)}
            hub={from.includes(null)}
            value={chosen}
            onChange={choose}
          />
        )}
        <p>{words.takeAwayWhy}</p>
        {!manager.operates && <p>{words.takeAwayGone}</p>}
        {!instead && <p>{words.takeAwayRather}</p>}
      </CommandForm>
    </Dialog>
  );
}
