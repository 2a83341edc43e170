/** The fields of the status summary (ICS 209). */
import { Group } from "../../ui/Checks";
import { Choice, TextInput, type Option } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { KindFields } from "./KindFields";
import { HORIZONS } from "./outlook";
import { OutlookFields } from "./OutlookFields";
import { NONE } from "./parts";
import { freshCritical, freshDamage, PEOPLE, STRUCTURES, type SummaryRows } from "./summary";
import styles from "./Plan.module.css";

interface Props {
  draft: SummaryRows;
  put: (part: Partial<SummaryRows>) => void;
  kinds: readonly Option<string>[];
}

export function SummaryFields({ draft, put, kinds }: Props) {
  const words = useWords().room.status;
  return (
    <>
      <TextInput
        label={words.events}
        value={draft.events}
        onChange={(events) => {
          put({ events });
        }}
        long
        autoFocus
      />
      <p className="muted">{words.counted}</p>
      <People of="public" draft={draft} put={put} />
      <People of="responders" draft={draft} put={put} />
      <TextInput
        label={words.confirmedBy}
        name="confirmedBy"
        hint={words.confirmedHint}
        value={draft.confirmedBy}
        onChange={(confirmedBy) => {
          put({ confirmedBy });
        }}
      />
      <DamageFields draft={draft} put={put} />
      <TextInput
        label={words.correction}
        name="correction"
        hint={words.correctionHint}
        value={draft.correction}
        onChange={(correction) => {
          put({ correction });
        }}
      />
      <CriticalFields draft={draft} put={put} kinds={kinds} />
      <OutlookFields
        draft={draft.outlook}
        put={(part) => {
          put({ outlook: { ...draft.outlook, ...part } });
        }}
      />
      {(["weather", "threats", "remarks"] as const).map((one) => (
        <TextInput
          key={one}
          label={words[one]}
          value={draft[one]}
          onChange={(text) => {
            put({ [one]: text });
          }}
          long
        />
      ))}
    </>
  );
}

function People({ of, draft, put }: Omit<Props, "kinds"> & { of: "public" | "responders" }) {
  const words = useWords().room.status;
  return (
    <Group label={words[of]}>
      <div className={styles.people}>
        {PEOPLE.map((one) => (
          <TextInput
            key={one}
            label={words[one]}
            type="number"
            value={draft[of][one]}
            onChange={(value) => {
              put({ [of]: { ...draft[of], [one]: value } });
            }}
            required
          />
        ))}
      </div>
    </Group>
  );
}

function DamageFields({ draft, put }: Omit<Props, "kinds">) {
  const words = useWords().room.status;
  return (
    <Rows
      label={words.damage}
      rows={draft.damage}
      onChange={(damage) => {
        put({ damage });
      }}
      add={words.addDamage}
      fresh={() => freshDamage(draft.damage)}
      nameOf={(row) => words.structures[row.kind]}
    >
      {(row, set) => (
        <>
          <Choice
            label={words.structureKind}
            value={row.kind}
            onChange={(kind) => {
              set({ kind });
            }}
            options={STRUCTURES.map((kind) => ({ id: kind, label: words.structures[kind] }))}
          />
          {(["threatened", "damaged", "destroyed"] as const).map((one) => (
            <TextInput
              key={one}
              label={words[one]}
              type="number"
              value={row[one]}
              onChange={(value) => {
                set({ [one]: value });
              }}
              required
            />
          ))}
        </>
      )}
    </Rows>
  );
}

function CriticalFields({ draft, put, kinds }: Props) {
  const { incident } = useRoom();
  const all = useWords().room;
  const words = all.status;
  const requests = incident.requests.nodes.map(({ id, number }) => ({ id, label: number }));
  return (
    <Rows
      label={words.needs}
      rows={draft.needs}
      onChange={(needs) => {
        put({ needs });
      }}
      add={words.addNeed}
      fresh={freshCritical}
      nameOf={(row, n) => row.kind ?? all.forms.row(n + 1)}
    >
      {(row, set) => (
        <>
          <Choice
            label={words.within}
            value={row.within}
            onChange={(within) => {
              set({ within });
            }}
            options={HORIZONS.map((one) => ({ id: one, label: words.horizons[one] }))}
          />
          <KindFields row={row} put={set} kinds={kinds} />
          <TextInput
            label={words.quantity}
            type="number"
            value={row.quantity}
            onChange={(quantity) => {
              set({ quantity });
            }}
            required
          />
          <Choice
            label={words.order}
            value={row.request}
            onChange={(request) => {
              set({ request });
            }}
            options={[{ id: NONE, label: words.notOrdered }, ...requests]}
          />
        </>
      )}
    </Rows>
  );
}
