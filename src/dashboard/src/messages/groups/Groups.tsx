/** The groups of the organization, which messages can name. */
import { useState } from "react";

import type { GroupsOfQuery } from "../../api/generated/graphql";
import { useMay } from "../../api/session";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Button } from "../../ui/Button";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { PersonsField } from "../compose/PersonsField";
import styles from "../Messages.module.css";
import { ChangeGroupMembers, DissolveGroup, GroupsOf, MakeGroup } from "./documents";

type Group = GroupsOfQuery["groups"]["nodes"][number];
type Open = { what: "make" } | { what: "change" | "dissolve"; group: Group } | null;

export function Groups() {
  const words = useWords().messages;
  const g = words.groupsPage;
  const may = useMay("write");
  const { data, problem, again } = useAnswer(GroupsOf, {});
  const [open, setOpen] = useState<Open>(null);
  const shut = () => {
    setOpen(null);
  };
  const done = () => {
    setOpen(null);
    again();
  };
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const groups = data.groups.nodes;
  return (
    <section className={styles.lists} aria-label={words.groups}>
      <div className={styles.top}>
        <h1>{words.groups}</h1>
        {may && (
          <Button
            onPress={() => {
              setOpen({ what: "make" });
            }}
          >
            {g.make}
          </Button>
        )}
      </div>
      {groups.length === 0 && <Empty title={g.none} />}
      {groups.map((group) => (
        <div key={group.id} className={styles.panel}>
          <header>
            <h2>
              {group.name}{" "}
              {group.size !== null && <span className="muted">{g.size(group.size)}</span>}
            </h2>
            {may && (
              <div className={styles.row}>
                <Button
                  onPress={() => {
                    setOpen({ what: "change", group });
                  }}
                >
                  {g.change}
                </Button>
                <Button
                  look="quiet"
                  onPress={() => {
                    setOpen({ what: "dissolve", group });
                  }}
                >
                  {g.dissolve}
                </Button>
              </div>
            )}
          </header>
          <p className={styles.body}>
            {group.members.map(({ name }) => name).join(", ")}
            {group.size !== null && group.size > group.members.length && (
              <span className="muted">{g.hidden(group.size - group.members.length)}</span>
            )}
          </p>
        </div>
      ))}
      {open?.what === "make" && <MakeDialog onClose={shut} onDone={done} />}
      {open?.what === "change" && <ChangeDialog group={open.group} onClose={shut} onDone={done} />}
      {open?.what === "dissolve" && (
        <DissolveDialog group={open.group} onClose={shut} onDone={done} />
      )}
    </section>
  );
}

interface Ends {
  onClose: () => void;
  onDone: () => void;
}

function MakeDialog({ onClose, onDone }: Ends) {
  const words = useWords().messages.groupsPage;
  const [draft, setDraft, forget] = useDraft<{
    name: string;
    members: { id: string; name: string }[];
  }>("group", { name: "", members: [] });
  const command = useCommand(MakeGroup, () => words.made);
  return (
    <Dialog title={words.make} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ name: draft.name, members: draft.members.map(({ id }) => id) })}
        onDone={() => {
          forget();
          onDone();
        }}
        onCancel={onClose}
        submit={words.make}
      >
        <TextInput
          label={words.name}
          value={draft.name}
          onChange={(name) => {
            setDraft({ ...draft, name });
          }}
          required
          autoFocus
        />
        <PersonsField
          label={words.members}
          value={draft.members}
          onChange={(members) => {
            setDraft({ ...draft, members });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

function ChangeDialog({ group, onClose, onDone }: Ends & { group: Group }) {
  const words = useWords().messages.groupsPage;
  const [members, setMembers] = useState(group.members.map(({ id, name }) => ({ id, name })));
  const command = useCommand(ChangeGroupMembers, () => words.changed);
  const before = new Set(group.members.map(({ id }) => id));
  const now = new Set(members.map(({ id }) => id));
  return (
    <Dialog title={group.name} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          group: group.id,
          add: [...now].filter((id) => !before.has(id)),
          remove: [...before].filter((id) => !now.has(id)),
        })}
        onDone={onDone}
        onCancel={onClose}
        submit={words.save}
      >
        <PersonsField label={words.members} value={members} onChange={setMembers} />
      </CommandForm>
    </Dialog>
  );
}

function DissolveDialog({ group, onClose, onDone }: Ends & { group: Group }) {
  const words = useWords().messages.groupsPage;
  const command = useCommand(DissolveGroup, () => words.dissolved);
  return (
    <Dialog title={words.dissolveSure(group.name)} open onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ group: group.id })}
        onDone={onDone}
        onCancel={onClose}
        submit={words.dissolve}
        danger
      >
        {null}
      </CommandForm>
    </Dialog>
  );
}
