/** The accounts: found by what somebody types, those that let somebody in first. */
import { useMemo, useState } from "react";

import { Button } from "../ui/Button";
import { useCommands, type CommandEntry } from "../ui/commands";
import { Empty, Loading, NoAnswer } from "../ui/Empty";
import { TextInput } from "../ui/Fields";
import { replacePath, useSearch } from "../ui/route";
import { useWords } from "../words";
import { AccountDialog, type Open } from "./AccountDialog";
import { AccountRow } from "./AccountRow";
import styles from "./Accounts.module.css";
import { findAccounts } from "./find";
import { scopes } from "./scopes";
import { useAccounts, useManager, usePersons } from "./useAccounts";

/** How many are shown at first, and more each time. */
const SHOWN = 50;

export function AccountList() {
  const words = useWords().accounts;
  const manager = useManager();
  const accounts = useAccounts();
  const persons = usePersons();
  const [typed, type] = useTyped();
  const [most, setMost] = useState(SHOWN);
  const [open, setOpen] = useState<Open | null>(null);
  const create = useCreateCommand(setOpen);
  const { nodes, problem, again } = accounts;
  if (!nodes || !manager.known) {
    return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  }
  const found = findAccounts(nodes, typed, persons.nameOf);
  return (
    <>
      <div className={styles.top}>
        <p className="muted">{words.intro}</p>
        <Button look="main" keys="n a" onPress={create}>
          {words.create}
        </Button>
      </div>
      <TextInput
        label={words.find}
        type="search"
        placeholder={words.findHint}
        value={typed}
        onChange={type}
      />
      <p role="status" className="muted">
        {words.count(found.length, accounts.totalCount)}
      </p>
      <Meanings />
      {found.length === 0 && <Empty title={nodes.length === 0 ? words.none : words.noneFound} />}
      <ul className={styles.list}>
        {found.slice(0, most).map((account) => (
          <AccountRow
            key={account.id}
            account={account}
            manager={manager}
            persons={persons}
            onAct={(act) => {
              setOpen({ act, account });
            }}
            done={again}
          />
        ))}
      </ul>
      {found.length > most && (
        <div>
          <Button
            onPress={() => {
              setMost(most + SHOWN);
            }}
          >
            {words.more}
          </Button>
        </div>
      )}
      {open && (
        <AccountDialog
          open={open}
          manager={manager}
          persons={persons}
          onOpen={setOpen}
          done={again}
        />
      )}
    </>
  );
}

/** What each right means, for whoever reads the list. */
function Meanings() {
  const words = useWords().accounts;
  return (
    <details className={styles.meanings}>
      <summary>{words.whatMeans}</summary>
      <dl>
        {scopes.map((scope) => (
          <div key={scope}>
            <dt>{words.scope[scope]}</dt>
            <dd>{words.scopeWhy[scope]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What somebody looks for stands in the address. */
function useTyped(): [string, (typed: string) => void] {
  const search = useSearch();
  const typed = new URLSearchParams(search).get("find") ?? "";
  const type = (next: string) => {
    const parts = new URLSearchParams(location.search);
    if (next === "") parts.delete("find");
    else parts.set("find", next);
    const written = parts.toString();
    replacePath(location.pathname + (written === "" ? "" : `?${written}`));
  };
  return [typed, type];
}

function useCreateCommand(setOpen: (open: Open) => void): () => void {
  const words = useWords().accounts;
  const create = useMemo(
    () => () => {
      setOpen({ act: "create" });
    },
    [setOpen],
  );
  const commands = useMemo<CommandEntry[]>(
    () => [{ id: "accounts.create", words: words.create, group: "act", keys: "n a", run: create }],
    [words, create],
  );
  useCommands(commands);
  return create;
}
