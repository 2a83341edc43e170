/** An account is made, and the link by which its owner gets in is shown at once. */
import { useState } from "react";

import { useCommand } from "../api/useCommand";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { useDraft } from "../ui/draft";
import { Loading } from "../ui/Empty";
import { TextInput } from "../ui/Fields";
import { useWords, words as wordsNow } from "../words";
import { CreateAccount, type Account, type Scope } from "./documents";
import { loginFor } from "./find";
import { LinkShown } from "./LinkShown";
import { OrganizationField } from "./OrganizationField";
import { PersonField } from "./PersonField";
import { fieldsFor } from "./refusals";
import { choices, doubt, usual } from "./scopes";
import { ScopesField, useDoubtWords } from "./ScopesField";
import type { Manager, Persons } from "./useAccounts";
import { useLink } from "./useLink";

interface Props {
  manager: Manager;
  persons: Persons;
  onClose: () => void;
  /** After it was made, while the link is still shown. */
  onMade: () => void;
}

export function CreateDialog({ manager, persons, onClose, onMade }: Props) {
  const words = useWords().accounts;
  const [account, setAccount] = useState<Account | null>(null);
  const link = useLink();
  return (
    <Dialog
      title={account ? words.linkTitle(account.name) : words.create}
      open
      onClose={onClose}
      stays={account !== null}
    >
      {account ? (
        <Handing account={account} link={link} onClose={onClose} />
      ) : (
        <Making
          manager={manager}
          persons={persons}
          onClose={onClose}
          onMade={(made) => {
            setAccount(made);
            void link.make(made.id);
            onMade();
          }}
        />
      )}
    </Dialog>
  );
}

interface HandingProps {
  account: Account;
  link: ReturnType<typeof useLink>;
  onClose: () => void;
}

/** The account is there; without the link nobody gets in by it. */
function Handing({ account, link, onClose }: HandingProps) {
  const words = useWords().accounts;
  if (link.made) return <LinkShown name={account.name} link={link.made} onClose={onClose} />;
  if (link.command.pending) return <Loading />;
  return (
    <CommandForm
      command={link.command}
      input={() => ({ account: account.id })}
      onDone={(payload) => {
        link.take(payload.link);
      }}
      onCancel={onClose}
      submit={words.linkSubmit}
    >
      <p>{link.lost ? words.linkLost : words.linkMissing}</p>
    </CommandForm>
  );
}

interface Draft {
  name: string;
  /** Null while it follows the name. */
  login: string | null;
  /** For whom; null for the hub as a whole. */
  organization: string | null;
  scopes: readonly Scope[];
  person: string | null;
}

interface MakingProps extends Omit<Props, "onMade"> {
  onMade: (account: Account) => void;
}

function Making({ manager, persons, onClose, onMade }: MakingProps) {
  const words = useWords().accounts;
  const { draft, set, discard } = useMaking(manager);
  const command = useCommand(CreateAccount, ({ account }) =>
    wordsNow().accounts.created(account?.name ?? ""),
  );
  const login = draft.login ?? loginFor(draft.name);
  const obstacle = useDoubtWords(doubt(draft.scopes, manager.operates));
  return (
    <CommandForm
      command={command}
      input={() => ({ ...draft, login, scopes: [...draft.scopes] })}
      onDone={({ account }) => {
        discard();
        if (account) onMade(account);
        else onClose();
      }}
      onCancel={onClose}
      submit={words.create}
      obstacle={obstacle}
      fieldOf={fieldsFor(command.trouble)}
    >
      <p className="muted">{words.createWhy}</p>
      <TextInput
        label={words.name}
        name="name"
        hint={words.nameHint}
        value={draft.name}
        onChange={(name) => {
          set({ name });
        }}
        required
        autoFocus
      />
      <TextInput
        label={words.login}
        name="login"
        hint={words.loginHint}
        value={login}
        onChange={(typed) => {
          set({ login: typed });
        }}
        required
      />
      {manager.operates && (
        <OrganizationField
          organizations={manager.organizations}
          value={draft.organization}
          onChange={(organization) => {
            set({ organization, scopes: usual });
          }}
        />
      )}
      <ScopesField
        label={manager.own ? words.mayFor(manager.own.code) : words.may}
        choices={choices(draft.scopes, {
          organization: draft.organization !== null,
          operates: manager.operates,
        })}
        value={draft.scopes}
        onChange={(scopes) => {
          set({ scopes });
        }}
        operates={manager.operates}
      />
      <PersonField
        persons={persons}
        manager={manager}
        value={draft.person}
        onChange={(person) => {
          set({ person });
        }}
      />
    </CommandForm>
  );
}

/** What is written, which survives a reload. */
function useMaking({ own }: Manager) {
  const initial: Draft = {
    name: "",
    login: null,
    organization: own?.id ?? null,
    scopes: usual,
    person: null,
  };
  const [draft, setDraft, discard] = useDraft<Draft>(`account:${own?.code ?? "-"}`, initial);
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  return { draft, set, discard };
}
