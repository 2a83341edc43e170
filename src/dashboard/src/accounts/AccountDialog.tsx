/** The dialog that is open on the page of accounts. */
import type { Act } from "./AccountRow";
import { CreateDialog } from "./CreateDialog";
import { DisableDialog } from "./DisableDialog";
import type { Account } from "./documents";
import { GrantDialog } from "./GrantDialog";
import { LinkDialog } from "./LinkDialog";
import { PersonDialog, RenameDialog } from "./OwnerDialogs";
import { TakeAwayDialog } from "./TakeAwayDialog";
import type { Manager, Persons } from "./useAccounts";

export type Open = { act: "create" } | { act: Act; account: Account; instead?: boolean };

interface Props {
  open: Open;
  manager: Manager;
  persons: Persons;
  onOpen: (open: Open | null) => void;
  done: () => void;
}

export function AccountDialog({ open, manager, persons, onOpen, done }: Props) {
  const onClose = () => {
    onOpen(null);
  };
  if (open.act === "create") {
    return <CreateDialog manager={manager} persons={persons} onClose={onClose} onMade={done} />;
  }
  const { account } = open;
  const props = { account, manager, onClose, done };
  switch (open.act) {
    case "grant":
      return <GrantDialog {...props} />;
    case "link":
      return <LinkDialog account={account} onClose={onClose} />;
    case "disable":
      return (
        <DisableDialog
          {...props}
          onTakeAway={() => {
            onOpen({ act: "takeAway", account, instead: true });
          }}
        />
      );
    case "takeAway":
      return <TakeAwayDialog {...props} instead={open.instead ?? false} />;
    case "rename":
      return <RenameDialog account={account} onClose={onClose} done={done} />;
    case "person":
      return <PersonDialog {...props} persons={persons} />;
  }
}
