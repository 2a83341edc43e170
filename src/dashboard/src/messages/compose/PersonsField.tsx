/** Persons by name: type a part of it, choose, and they stand as chips that can be taken away. */
import { useState } from "react";

import { graphql } from "../../api/generated";
import { useAnswer } from "../../api/useAnswer";
import { Button } from "../../ui/Button";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import styles from "./Compose.module.css";

const PersonsToChoose = graphql(`
  query PersonsToChoose($first: Int!, $after: String) {
    persons(first: $first, after: $after) {
      totalCount
      nodes {
        id
        name
        reachable
        forgotten
        memberships {
          title
          organization {
            code
          }
        }
      }
    }
  }
`);

interface Chosen {
  id: string;
  name: string;
}

interface Props {
  label: string;
  value: readonly Chosen[];
  onChange: (value: Chosen[]) => void;
}

const SHOWN_MAX = 8;

export function PersonsField({ label, value, onChange }: Props) {
  const words = useWords().messages.compose;
  const [typed, setTyped] = useState("");
  const { data } = useAnswer(PersonsToChoose, { first: 200, after: null }, { everyMs: 60_000 });
  const chosen = new Set(value.map(({ id }) => id));
  const wanted = plain(typed);
  const found =
    data?.persons.nodes.filter(
      ({ id, name, forgotten, memberships }) =>
        !chosen.has(id) &&
        forgotten !== true &&
        plain(`${name} ${memberships.map((one) => one.organization.code).join(" ")}`).includes(
          wanted,
        ),
    ) ?? [];
  return (
    <div className={styles.persons}>
      {value.length > 0 && (
        <ul className={styles.chips}>
          {value.map(({ id, name }) => (
            <li key={id}>
              <Button
                aria-label={`${words.remove} ${name}`}
                onPress={() => {
                  onChange(value.filter((one) => one.id !== id));
                }}
              >
                {name} ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        label={label}
        type="search"
        placeholder={words.findPerson}
        value={typed}
        onChange={setTyped}
      />
      <ul className={styles.chips}>
        {found.slice(0, SHOWN_MAX).map(({ id, name, reachable, memberships }) => (
          <li key={id}>
            <Button
              look="quiet"
              onPress={() => {
                onChange([...value, { id, name }]);
                setTyped("");
              }}
            >
              + {name}{" "}
              <span className="muted">
                {memberships[0]?.organization.code}
                {reachable === false && ` · ${words.noAddress}`}
              </span>
            </Button>
          </li>
        ))}
        {data && found.length === 0 && <li className="muted">{words.noPerson}</li>}
      </ul>
    </div>
  );
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
