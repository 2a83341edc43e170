/** The one filter of list and map. */
import { useMemo } from "react";
import {
  Button as AriaButton,
  DialogTrigger,
  Input,
  Label,
  Popover,
  SearchField,
  ToggleButton,
} from "react-aria-components";

import type { Item } from "../api/picture/reduce";
import { useItems } from "../api/picture/shown";
import { useStore } from "../api/store";
import { Button } from "../ui/Button";
import { Check, Choice } from "../ui/Fields";
import { useCommands, type CommandEntry } from "../ui/commands";
import { useWords } from "../words";
import { useNumber } from "../words/format";
import { kinds, organizationOf, standingOf, type Kind } from "./facts";
import { filterStore, noFilter, setFilter, type Filter } from "./filter";
import { frames } from "./symbols";
import styles from "./FilterBar.module.css";

/** The field that the key `/` goes to. */
const SEARCH_ID = "picture-search";

export function FilterBar({ shown, of }: { shown: number; of: number }) {
  const words = useWords();
  const number = useNumber();
  const filter = useStore(filterStore);
  const { items, version } = useItems(1_000);
  const counts = useMemo(() => {
    const of: Record<Kind, number> = { Incident: 0, Signal: 0, Resource: 0, ResourceRequest: 0 };
    for (const item of items.values()) of[item.__typename] += 1;
    return { of, version };
  }, [items, version]).of;
  useFilterCommands();
  const narrowed = narrowedBy(filter);
  return (
    <div className={styles.bar} data-no-print data-no-wall>
      <div className={styles.line}>
        <SearchField
          className={styles.search ?? ""}
          value={filter.text}
          onChange={(text) => {
            setFilter({ text });
          }}
        >
          <Label className="unseen">{words.picture.search}</Label>
          <Input
            id={SEARCH_ID}
            className={styles.input ?? ""}
            placeholder={words.picture.searchHint}
          />
        </SearchField>
        <DialogTrigger>
          <AriaButton className={styles.more ?? ""}>
            {narrowed > 0 ? words.picture.filterOn(narrowed) : words.picture.filter} ▾
          </AriaButton>
          {/* The dialog itself, so that its buttons for screen readers are not outside of it. */}
          <Popover
            className={styles.popover ?? ""}
            placement="bottom end"
            aria-label={words.picture.filter}
          >
            <div className={styles.dialog}>
              <More filter={filter} items={items} version={version} />
            </div>
          </Popover>
        </DialogTrigger>
      </div>
      <div className={styles.kinds}>
        {kinds.map((kind) => (
          <ToggleButton
            key={kind}
            className={styles.kind ?? ""}
            isSelected={filter.kinds.includes(kind)}
            onChange={(on) => {
              setFilter({ kinds: toggled(filter.kinds, kind, on) });
            }}
          >
            <svg className={styles.frame} viewBox="0 0 32 32" aria-hidden>
              <path d={frames[kind]} />
            </svg>
            {words.picture.kinds[kind]} {number(counts[kind])}
          </ToggleButton>
        ))}
      </div>
      <p className={styles.shown} aria-live="polite">
        {words.picture.shown(number(shown), number(of))}
        {(narrowed > 0 || filter.kinds.length > 0 || filter.text !== "") && (
          <Button
            look="quiet"
            onPress={() => {
              setFilter(noFilter);
            }}
          >
            {words.picture.resetFilter}
          </Button>
        )}
      </p>
    </div>
  );
}

/** What is behind the button, as it is wanted less often. */
function More(props: { filter: Filter; items: ReadonlyMap<string, Item>; version: number }) {
  const { filter, items, version } = props;
  const { picture: words, names } = useWords();
  const { organizations, standings } = useMemo(() => {
    const organizations = new Set<string>(filter.organizations);
    const standings = new Map<string, string>();
    for (const item of items.values()) {
      const organization = organizationOf(item);
      if (organization !== null) organizations.add(organization);
      const standing = standingOf(item, names);
      if (standing) standings.set(standing.key, standing.word);
    }
    return { organizations: [...organizations].sort(), standings: [...standings], version };
  }, [items, version, names, filter.organizations]);
  return (
    <>
      <Choice
        label={words.byReality}
        value={filter.reality}
        onChange={(reality) => {
          setFilter({ reality });
        }}
        options={(["all", "exercise", "real"] as const).map((id) => ({
          id,
          label: words.reality[id],
        }))}
      />
      <Check
        value={filter.inView}
        onChange={(inView) => {
          setFilter({ inView });
        }}
      >
        {words.inView}
      </Check>
      <fieldset className={styles.group}>
        <legend>{words.byStanding}</legend>
        {standings.map(([key, word]) => (
          <Check
            key={key}
            value={filter.standings.includes(key)}
            onChange={(on) => {
              setFilter({ standings: toggled(filter.standings, key, on) });
            }}
          >
            {word}
          </Check>
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{words.byOrganization}</legend>
        {organizations.map((code) => (
          <Check
            key={code}
            value={filter.organizations.includes(code)}
            onChange={(on) => {
              setFilter({ organizations: toggled(filter.organizations, code, on) });
            }}
          >
            {code}
          </Check>
        ))}
      </fieldset>
    </>
  );
}

function useFilterCommands(): void {
  const words = useWords().picture;
  const commands = useMemo<CommandEntry[]>(
    () => [
      {
        id: "picture.search",
        words: words.search,
        group: "view",
        keys: "/",
        run: () => document.getElementById(SEARCH_ID)?.focus(),
      },
      {
        id: "picture.reset",
        words: words.resetFilter,
        group: "view",
        run: () => {
          setFilter(noFilter);
        },
      },
      ...kinds.map<CommandEntry>((kind, index) => ({
        id: `picture.only.${kind}`,
        words: `${words.filter}: ${words.kinds[kind]}`,
        group: "view",
        keys: `${index + 1}`,
        run: () => {
          const { kinds: on } = filterStore.get();
          setFilter({ kinds: toggled(on, kind, !on.includes(kind)) });
        },
      })),
    ],
    [words],
  );
  useCommands(commands);
}

/** By how much of what is behind the button the picture is narrowed. */
function narrowedBy({ organizations, standings, reality, inView }: Filter): number {
  return organizations.length + standings.length + (reality === "all" ? 0 : 1) + (inView ? 1 : 0);
}

function toggled<T>(values: readonly T[], value: T, on: boolean): T[] {
  const others = values.filter((one) => one !== value);
  return on ? [...others, value] : others;
}
