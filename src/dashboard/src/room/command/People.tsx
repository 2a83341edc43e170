/** Who can be assigned. Drag somebody onto a post, or press Enter and choose it. */
import { useState } from "react";
import {
  Button as AriaButton,
  GridList,
  GridListItem,
  useDragAndDrop,
} from "react-aria-components";

import { Badge, Tag } from "../../ui/Badge";
import { TextInput } from "../../ui/Fields";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import { Panel } from "../ui/Panel";
import styles from "./CommandTab.module.css";
import { PERSON } from "./PostTree";
import { byFitness, organizationOf, postsOf, qualificationFor, type Person } from "./tree";
import { useCommandTab } from "./useCommandTab";

export function People() {
  const { people, posts, selected, show } = useCommandTab();
  const words = useWords().room.command;
  const called = useCalled();
  const [typed, setTyped] = useState("");
  const shown = byFitness(people, selected?.position ?? null, posts).filter(({ name }) =>
    name.toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
  );
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({
        [PERSON]: String(key),
        "text/plain": people.find(({ id }) => id === key)?.name ?? "",
      })),
    getAllowedDropOperations: () => ["move"],
  });
  return (
    <Panel title={selected ? words.peopleFor(called(selected.name)) : words.people} print={false}>
      <TextInput label={words.findPerson} type="search" value={typed} onChange={setTyped} />
      <GridList
        disallowTypeAhead
        className={styles.people ?? ""}
        aria-label={words.people}
        items={shown}
        dependencies={[selected, posts, words]}
        dragAndDropHooks={dragAndDropHooks}
        onAction={(key) => {
          show({ what: "assign", post: selected?.id ?? null, person: String(key) });
        }}
        renderEmptyState={() => words.noPeople}
      >
        {(person) => (
          <GridListItem id={person.id} textValue={person.name} className={styles.person ?? ""}>
            <AriaButton slot="drag" className={styles.handle ?? ""}>
              ⠿
            </AriaButton>
            <PersonLine person={person} />
          </GridListItem>
        )}
      </GridList>
    </Panel>
  );
}

function PersonLine({ person }: { person: Person }) {
  const { posts, selected } = useCommandTab();
  const { own } = useRoom();
  const words = useWords().room.command;
  const called = useCalled();
  const held = postsOf(person.id, posts);
  const qualification = selected ? qualificationFor(person, selected.position) : null;
  const organization = organizationOf(person, own?.id ?? null);
  return (
    <span className={styles.line}>
      {person.name}
      {organization && <Tag>{organization.code}</Tag>}
      {qualification && (
        <Badge tone={qualification.status === "TRAINEE" ? "notice" : "ok"}>
          {words.qualified(qualification.position, qualification.type)}
        </Badge>
      )}
      {held.length > 0 && (
        <span className="muted">
          {words.holds(held.map(({ name }) => called(name)).join(", "))}
        </span>
      )}
    </span>
  );
}
