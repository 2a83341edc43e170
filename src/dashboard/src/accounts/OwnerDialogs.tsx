/** Who the owner of an account is: what they are called, and which person they are. */
import { useState } from "react";

import { announce } from "../api/toasts";
import { useCommand } from "../api/useCommand";
import { andThen, takeBack } from "../room/ui/undo";
import { CommandForm } from "../ui/CommandForm";
import { Dialog } from "../ui/Dialog";
import { TextInput } from "../ui/Fields";
import { useWords } from "../words";
import { Beyond } from "./Beyond";
import { LinkPerson, RenameAccount, type Account } from "./documents";
import { PersonField } from "./PersonField";
import { fieldsFor } from "./refusals";
import type { Manager, Persons } from "./useAccounts";

interface Props {
  account: Account;
  onClose: () => void;
  done: () => void;
}

export function RenameDialog({ account, onClose, done }: Props) {
  const words = useWords().accounts;
  const [name, setName] = useState(account.name);
  const command = andThen(useCommand(RenameAccount), () => {
    done();
    announce(words.renamed(name), {
      undo: () => {
        const back = { account: account.id, name: account.name };
        void takeBack(RenameAccount, back, words.renamed(account.name)).then(done);
      },
    });
  });
  return (
    <Dialog title={words.renameTitle(account.name)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ account: account.id, name })}
        onDone={onClose}
        onCancel={onClose}
        submit={words.rename}
        fieldOf={fieldsFor(command.trouble)}
      >
        <TextInput
          label={words.name}
          name="name"
          hint={words.nameHint}
          value={name}
          onChange={setName}
          required
          autoFocus
        />
        <Beyond trouble={command.trouble} />
      </CommandForm>
    </Dialog>
  );
}

interface PersonProps extends Props {
  manager: Manager;
  persons: Persons;
}

export function PersonDialog({ account, manager, persons, onClose, done }: PersonProps) {
  const words = useWords().accounts;
  const [person, setPerson] = useState(account.person);
  const saidOf = (id: string | null) => (id === null ? words.personUnlinked : words.personLinked);
  const command = andThen(useCommand(LinkPerson), () => {
    done();
    announce(saidOf(person), {
      undo: () => {
        const back = { account: account.id, person: account.person };
        void takeBack(LinkPerson, back, saidOf(account.person)).then(done);
      },
    });
  });
  return (
    <Dialog title={words.personTitle(account.name)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ account: account.id, person })}
        onDone={onClose}
        onCancel={onClose}
        submit={words.save}
        obstacle={person === account.person ? words.unchanged : null}
        fieldOf={fieldsFor(command.trouble)}
      >
        <PersonField persons={persons} manager={manager} value={person} onChange={setPerson} main />
        <Beyond trouble={command.trouble} />
      </CommandForm>
    </Dialog>
  );
}
