/** What an account may do for an organization, all of it at once; it counts from then on. */
import { useState } from "react";

import { announce } from "../api/toasts";
import { useCommand } from "../api/useCommand";
import { andThen, takeBack } from "../room/ui/undo";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useWords } from "../words";
import { GrantOrganization, RevokeGrant, type Account, type Scope } from "./documents";
import { grantFor, sameScopes } from "./grants";
import { OrganizationField } from "./OrganizationField";
import { fieldsFor } from "./refusals";
import { choices, doubt } from "./scopes";
import { ScopesField, useDoubtWords } from "./ScopesField";
import type { Manager } from "./useAccounts";

interface Props {
  account: Account;
  manager: Manager;
  onClose: () => void;
  done: () => void;
}

export function GrantDialog({ account, manager, onClose, done }: Props) {
  const words = useWords().accounts;
  const first = manager.operates ? account.grants[0]?.organization : manager.own;
  const [organization, setOrganization] = useState(first?.id ?? null);
  const former = grantFor(account, organization);
  const [scopes, setScopes] = useState<readonly Scope[]>(former);
  const command = useGranting({ account, organization, former, done });
  const doubtful = useDoubtWords(doubt(scopes, manager.operates));
  return (
    <Dialog title={words.grantTitle(account.name)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ account: account.id, organization, scopes: [...scopes] })}
        onDone={onClose}
        onCancel={onClose}
        submit={words.save}
        obstacle={sameScopes(scopes, former) ? words.unchanged : doubtful}
        fieldOf={fieldsFor(command.trouble)}
      >
        {manager.operates && (
          <OrganizationField
            organizations={manager.organizations}
            value={organization}
            onChange={(id) => {
              setOrganization(id);
              setScopes(grantFor(account, id));
            }}
          />
        )}
        <ScopesField
          label={manager.own ? words.mayFor(manager.own.code) : words.may}
          choices={choices(former, {
            organization: organization !== null,
            operates: manager.operates,
          })}
          value={scopes}
          onChange={setScopes}
          operates={manager.operates}
          own={account.id === manager.account && organization === (manager.own?.id ?? null)}
        />
      </CommandForm>
    </Dialog>
  );
}

interface Granting {
  account: Account;
  organization: string | null;
  former: readonly Scope[];
  done: () => void;
}

/** The command, which can be undone: by the rights of before, or by none where there were none. */
function useGranting({ account, organization, former, done }: Granting) {
  const words = useWords().accounts;
  const said = words.granted(account.name);
  return andThen(useCommand(GrantOrganization), () => {
    done();
    announce(said, {
      undo: () => {
        const of = { account: account.id, organization };
        const back =
          former.length === 0
            ? takeBack(RevokeGrant, of, said)
            : takeBack(GrantOrganization, { ...of, scopes: [...former] }, said);
        void back.then(done);
      },
    });
  });
}
