/** The one person behind an account: type a part of the name, choose, or take them off again. */
import { useState } from "react";

import { Button } from "../ui/Button";
import { TextInput } from "../ui/Fields";
import { useWords } from "../words";
import styles from "./Accounts.module.css";
import { findPersons, postsOf } from "./find";
import type { Manager, Persons } from "./useAccounts";

interface Props {
  persons: Persons;
  manager: Manager;
  value: string | null;
  onChange: (value: string | null) => void;
  /** Whether it is what the form is about: then persons are offered before anything is typed. */
  main?: boolean;
}

const SHOWN_MAX = 8;

export function PersonField({ persons, manager, value, onChange, main = false }: Props) {
  const words = useWords().accounts;
  const [typed, setTyped] = useState("");
  const of = manager.operates ? null : (manager.own?.id ?? "");
  const offered = main || typed !== "";
  const found = offered
    ? findPersons(persons.persons, typed, of).filter(({ id }) => id !== value)
    : [];
  const chosen = value === null ? null : (persons.nameOf(value) ?? words.unseenPerson);
  return (
    <div className={styles.field}>
      <TextInput
        label={words.personField}
        name="person"
        type="search"
        placeholder={words.findPerson}
        hint={words.personHint}
        value={typed}
        onChange={setTyped}
        autoFocus={main}
      />
      {chosen !== null && (
        <div>
          <Button
            aria-label={words.takeOff(chosen)}
            onPress={() => {
              onChange(null);
            }}
          >
            ✓ {chosen} ✕
          </Button>
        </div>
      )}
      <ul className={styles.chips}>
        {found.slice(0, SHOWN_MAX).map((person) => (
          <li key={person.id}>
            <Button
              look="quiet"
              onPress={() => {
                onChange(person.id);
                setTyped("");
              }}
            >
              + {person.name}{" "}
              <span className="muted">
                {postsOf(person)
                  .map(({ code, title }) => `${code} ${title}`)
                  .join(", ")}
              </span>
            </Button>
          </li>
        ))}
        {found.length > SHOWN_MAX && (
          <li className="muted">{words.morePersons(found.length - SHOWN_MAX)}</li>
        )}
        {found.length === 0 && typed !== "" && <li className="muted">{words.noPersonFound}</li>}
      </ul>
    </div>
  );
}
