/** One thing that is shown: of whom, to whom, which records, and which facts of them. */
import { useMemo } from "react";

import { livePicture } from "../api/picture/shown";
import { Button } from "../ui/Button";
import { Checks, Group } from "../ui/Checks";
import { Check, Choice } from "../ui/Fields";
import { useCalled, useWords } from "../words";
import {
  directions,
  groups,
  markings,
  places,
  records,
  times,
  type Area,
  type TermDraft,
} from "./draft";
import styles from "./Form.module.css";
import type { DirectoryOf } from "./useDirectory";

interface Props {
  number: number;
  term: TermDraft;
  others: readonly string[];
  own: string;
  directory: DirectoryOf;
  onChange: (term: TermDraft) => void;
  onRemove: (() => void) | null;
}

const scopes = ["all", "kinds", "these"] as const;
const realities = ["both", "exercise", "real"] as const;

export function TermForm(props: Props) {
  const { number, term, others, own, directory, onChange, onRemove } = props;
  const { sharing: words, names } = useWords();
  const called = useCalled();
  const set = (change: Partial<TermDraft>) => {
    onChange({ ...term, ...change });
  };
  const parties = [own, ...others].map((id) => ({ id, label: directory.codeOf(id) }));
  return (
    <fieldset className={styles.term}>
      <legend>{words.item(number)}</legend>
      <div className={styles.columns}>
        <Choice
          label={words.sides}
          value={term.direction}
          options={directions.map((id) => ({ id, label: words.direction[id] }))}
          onChange={(direction) => {
            set({ direction });
          }}
        />
        <Choice
          label={words.realityLabel}
          value={term.reality}
          options={realities.map((id) => ({ id, label: words.reality[id] }))}
          onChange={(reality) => {
            set({ reality });
          }}
        />
      </div>
      {term.direction === "chosen" && (
        <div className={styles.columns}>
          <Checks
            label={words.gives}
            options={parties}
            value={term.gives}
            onChange={(gives) => {
              set({ gives });
            }}
          />
          <Checks
            label={words.receives}
            options={parties}
            value={term.receives}
            onChange={(receives) => {
              set({ receives });
            }}
          />
        </div>
      )}
      <Checks
        label={words.which}
        options={records.map((id) => ({ id, label: words.record[id] }))}
        value={term.records}
        onChange={(chosen) => {
          set({ records: chosen });
        }}
      />
      <div className={styles.columns}>
        <Choice
          label={words.incidents}
          value={term.scope}
          options={scopes.map((id) => ({ id, label: words.scope[id] }))}
          onChange={(scope) => {
            set({ scope });
          }}
        />
        <AreaChoice term={term} directory={directory} onChange={set} />
      </div>
      {term.scope === "kinds" && (
        <Checks
          label={words.scope.kinds}
          options={directory.hazards.map(({ code, name }) => ({ id: code, label: called(name) }))}
          value={term.kinds}
          onChange={(kinds) => {
            set({ kinds });
          }}
        />
      )}
      {term.scope === "these" && <TheseIncidents term={term} onChange={set} />}
      <Checks
        label={words.facts}
        hint={words.factsHint}
        options={groups.map((id) => ({
          id,
          label: names.fieldGroup[id],
          hint: words.groupHints[id],
        }))}
        value={term.groups}
        onChange={(chosen) => {
          set({ groups: groups.filter((group) => chosen.includes(group)) });
        }}
      />
      <div className={styles.columns}>
        {term.groups.includes("PLACE") && (
          <Choice
            label={words.placeLabel}
            value={term.place}
            options={places.map((id) => ({ id, label: words.place[id] }))}
            onChange={(place) => {
              set({ place });
            }}
          />
        )}
        {term.groups.includes("HISTORY") && (
          <Choice
            label={words.timeLabel}
            value={term.time}
            options={times.map((id) => ({ id, label: words.time[id] }))}
            onChange={(time) => {
              set({ time });
            }}
          />
        )}
        <Choice
          label={words.upTo}
          hint={words.upToHint}
          value={term.upTo}
          options={markings.map((id) => ({
            id,
            label: names.marking[id],
            hint: words.marking.hints[id],
          }))}
          onChange={(upTo) => {
            set({ upTo });
          }}
        />
      </div>
      <Group label={words.further}>
        {(["onward", "passesOn", "tellsWithheld"] as const).map((one) => (
          <Check
            key={one}
            value={term[one]}
            onChange={(on) => {
              set({ [one]: on });
            }}
          >
            {words[one]}
          </Check>
        ))}
      </Group>
      {onRemove && (
        <div>
          <Button onPress={onRemove}>{words.removeItem}</Button>
        </div>
      )}
    </fieldset>
  );
}

interface PartProps {
  term: TermDraft;
  onChange: (change: Partial<TermDraft>) => void;
}

function TheseIncidents({ term, onChange }: PartProps) {
  const words = useWords().sharing;
  const options = useMemo(() => {
    const shown = [...livePicture.items.values()].filter((item) => item.__typename === "Incident");
    return shown.map(({ id, number, name }) => ({ id, label: number, hint: name }));
  }, []);
  if (options.length === 0) return <p className="muted">{words.noIncidents}</p>;
  return (
    <Checks
      label={words.scope.these}
      options={options}
      value={term.these}
      onChange={(these) => {
        onChange({ these });
      }}
    />
  );
}

/** Areas that are known by a name: where an organization is responsible, and perimeters. */
function AreaChoice({ term, directory, onChange }: PartProps & { directory: DirectoryOf }) {
  const words = useWords().sharing;
  const areas = useMemo(() => {
    const of = new Map<string, { label: string; area: Area | null }>();
    of.set("any", { label: words.anywhere, area: null });
    for (const { id, code, jurisdiction } of directory.organizations) {
      if (jurisdiction) of.set(id, { label: words.areaOf(code), area: jurisdiction });
    }
    for (const item of livePicture.items.values()) {
      const area = item.__typename === "Incident" ? item.location?.perimeter : null;
      if (area && item.__typename === "Incident") {
        of.set(item.id, { label: words.areaOfIncident(item.name), area });
      }
    }
    return of;
  }, [words, directory]);
  const kept = term.area !== null && (term.areaOf === null || !areas.has(term.areaOf));
  const options = [...areas].map(([id, { label }]) => ({ id, label }));
  return (
    <Choice
      label={words.area}
      value={term.area === null ? "any" : kept ? "kept" : term.areaOf}
      options={kept ? [...options, { id: "kept", label: words.areaKept }] : options}
      onChange={(id) => {
        const chosen = areas.get(id);
        if (chosen) onChange({ area: chosen.area, areaOf: chosen.area === null ? null : id });
      }}
    />
  );
}
