/** One account in the list: who it is, what they may do for whom, and what can be done about it. */
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import { Badge, Tag } from "../ui/Badge";
import { Button } from "../ui/Button";
import { useWords } from "../words";
import styles from "./Accounts.module.css";
import { EnableButton } from "./DisableDialog";
import type { Account, Grant } from "./documents";
import { inOrder } from "./scopes";
import type { Manager, Persons } from "./useAccounts";

/** What can be done with an account in a dialog. */
export type Act = "grant" | "link" | "disable" | "takeAway" | "rename" | "person";

interface Props {
  account: Account;
  manager: Manager;
  persons: Persons;
  onAct: (act: Act) => void;
  done: () => void;
}

export function AccountRow({ account, manager, persons, onAct, done }: Props) {
  const words = useWords().accounts;
  const { name, login, enabled, person, linked, grants } = account;
  return (
    <li className={styles.card} data-enabled={enabled}>
      <div className={styles.head}>
        <h2>{name}</h2>
        <span className={styles.login}>
          <span className="unseen">{words.login} </span>
          {login}
        </span>
        {enabled ? (
          <Badge tone="ok">{words.enabledBadge}</Badge>
        ) : (
          <Badge tone="alarm">{words.disabledBadge}</Badge>
        )}
        {account.id === manager.account && <Badge tone="notice">{words.you}</Badge>}
      </div>
      <p className="muted">
        {words.person}:{" "}
        {person === null ? words.noPerson : (persons.nameOf(person) ?? words.unseenPerson)}
        {linked && ` · ${words.linked}`}
      </p>
      <Grants grants={grants} />
      <Actions account={account} manager={manager} onAct={onAct} done={done} />
    </li>
  );
}

function Grants({ grants }: { grants: readonly Grant[] }) {
  const words = useWords().accounts;
  if (grants.length === 0) return <p className="muted">{words.noGrants}</p>;
  return (
    <ul className={styles.grants}>
      {grants.map(({ organization, scopes }) => (
        <li key={organization?.id ?? "-"}>
          {organization ? (
            <Tag title={organization.name}>{organization.code}</Tag>
          ) : (
            <Tag>{words.hubAsWhole}</Tag>
          )}{" "}
          {inOrder(scopes)
            .map((scope) => words.scope[scope])
            .join(" · ")}
        </li>
      ))}
    </ul>
  );
}

function Actions({ account, manager, onAct, done }: Omit<Props, "persons">) {
  const words = useWords().accounts;
  const own = account.id === manager.account;
  return (
    <div className={styles.actions}>
      <Button
        onPress={() => {
          onAct("grant");
        }}
      >
        {words.grantAction}
      </Button>
      {account.enabled && (
        <>
          <Button
            onPress={() => {
              onAct("link");
            }}
          >
            {words.linkAction}
          </Button>
          {!own && (
            <Button
              look="danger"
              onPress={() => {
                onAct("disable");
              }}
            >
              {words.disable}
            </Button>
          )}
        </>
      )}
      {!account.enabled && <EnableButton account={account} done={done} />}
      <More account={account} own={own} onAct={onAct} />
    </div>
  );
}

/** What is seldom wanted. */
function More({ account, own, onAct }: Pick<Props, "account" | "onAct"> & { own: boolean }) {
  const words = useWords().accounts;
  const item = styles.item ?? "";
  const acts: readonly { act: Act; label: string }[] = [
    { act: "rename", label: words.rename },
    { act: "person", label: words.personAction },
    // Whoever does this to themselves could not undo it.
    ...(own ? [] : [{ act: "takeAway" as const, label: words.takeAwayAction }]),
  ];
  return (
    <MenuTrigger>
      <AriaButton className={styles.more ?? ""} aria-label={words.moreActions(account.name)}>
        {words.moreShort} <span aria-hidden>▾</span>
      </AriaButton>
      <Popover className={styles.popover ?? ""} placement="bottom end">
        <Menu className={styles.menu ?? ""}>
          {acts.map(({ act, label }) => (
            <MenuItem
              key={act}
              className={item}
              onAction={() => {
                onAct(act);
              }}
            >
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
