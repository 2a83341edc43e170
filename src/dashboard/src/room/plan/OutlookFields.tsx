/** The fields of how an incident stands and where it goes (ICS 209). */
import { Checks, Group } from "../../ui/Checks";
import { Choice, TextInput } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import { freshProjection, HORIZONS, MEASURES, UNITS, type OutlookRows } from "./outlook";
import styles from "./Plan.module.css";

interface Props {
  draft: OutlookRows;
  put: (part: Partial<OutlookRows>) => void;
}

export function OutlookFields({ draft, put }: Props) {
  const all = useWords().room.status;
  const words = all.outlook;
  return (
    <>
      <Numbers draft={draft} put={put} />
      <Checks
        label={words.measures}
        options={MEASURES.map((id) => ({ id, label: words.measure[id] }))}
        value={draft.measures}
        onChange={(measures) => {
          put({ measures });
        }}
      />
      <Rows
        label={words.projections}
        rows={draft.projections}
        onChange={(projections) => {
          put({ projections });
        }}
        add={words.addProjection}
        fresh={() => freshProjection(draft.projections)}
        nameOf={(row) => all.horizons[row.within]}
      >
        {(row, set) => (
          <>
            <Choice
              label={words.until}
              value={row.within}
              onChange={(within) => {
                set({ within });
              }}
              options={HORIZONS.map((id) => ({ id, label: all.horizons[id] }))}
            />
            {(["activity", "threats"] as const).map((one) => (
              <TextInput
                key={one}
                label={one === "threats" ? all.threats : words.activity}
                value={row[one]}
                onChange={(text) => {
                  set({ [one]: text });
                }}
                long
              />
            ))}
          </>
        )}
      </Rows>
      <TextInput
        label={words.discussion}
        value={draft.discussion}
        onChange={(discussion) => {
          put({ discussion });
        }}
        long
      />
    </>
  );
}

/** How large it is, how far it is, what it costs: now, and as it is expected to end. */
function Numbers({ draft, put }: Props) {
  const words = useWords().room.status.outlook;
  const input = (
    one:
      "size" | "contained" | "cost" | "finalSize" | "finalCost" | "completion" | "demobilization",
    type: "number" | "datetime-local",
  ) => (
    <TextInput
      label={words[one]}
      name={one}
      type={type}
      value={draft[one]}
      onChange={(value) => {
        put({ [one]: value });
      }}
    />
  );
  return (
    <>
      <fieldset className={styles.people}>
        <legend>{words.now}</legend>
        {input("size", "number")}
        <Choice
          label={words.unit}
          value={draft.unit}
          onChange={(unit) => {
            put({ unit });
          }}
          options={UNITS.map((id) => ({ id, label: words.units[id] }))}
        />
        {input("contained", "number")}
        {input("cost", "number")}
        <TextInput
          label={words.currency}
          name="currency"
          value={draft.currency}
          onChange={(currency) => {
            put({ currency });
          }}
        />
      </fieldset>
      <Group label={words.expected}>
        {input("finalSize", "number")}
        {input("finalCost", "number")}
        {input("completion", "datetime-local")}
        {input("demobilization", "datetime-local")}
      </Group>
    </>
  );
}
