/** The fields of how an incident stands and where it goes (ICS 209). */
import { Checks, Group } from "../../ui/Checks";
import { Choice, TextInput } from "../../ui/Fields";
import { useNow } from "../../ui/now";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import {
  freshProjection,
  HORIZONS,
  isPast,
  MEASURES,
  PERCENT_MAX,
  SIZE_MAX,
  SMALLEST,
  UNITS,
  type OutlookRows,
} from "./outlook";
import styles from "./Plan.module.css";

/** What is written as a number or a moment. */
type Written =
  "size" | "contained" | "cost" | "finalSize" | "finalCost" | "completion" | "demobilization";

const MINUTE = 60_000;

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
  const now = useNow(MINUTE);
  const text = (one: Written, more: Partial<Parameters<typeof TextInput>[0]>) => (
    <TextInput
      label={words[one]}
      name={one}
      value={draft[one]}
      onChange={(value) => {
        put({ [one]: value });
      }}
      {...more}
    />
  );
  const count = (one: Written, most: number) => text(one, { type: "number", most });
  const money = (one: Written) => text(one, { type: "number", step: SMALLEST });
  // It may have been contained sooner than thought, so a moment that has passed is said, not refused.
  const moment = (one: Written) =>
    text(one, {
      type: "datetime-local",
      ...(isPast(draft[one], now) && { hint: `◆ ${words.past}` }),
    });
  return (
    <>
      <Group label={words.now}>
        <div className={styles.numbers}>
          {count("size", SIZE_MAX)}
          <Choice
            label={words.unit}
            value={draft.unit}
            onChange={(unit) => {
              put({ unit });
            }}
            options={UNITS.map((id) => ({ id, label: words.units[id] }))}
          />
          {count("contained", PERCENT_MAX)}
          {money("cost")}
          <TextInput
            label={words.currency}
            name="currency"
            value={draft.currency}
            onChange={(currency) => {
              put({ currency: currency.toUpperCase() });
            }}
          />
        </div>
      </Group>
      <Group label={words.expected}>
        <div className={styles.numbers}>
          {count("finalSize", SIZE_MAX)}
          {money("finalCost")}
          {moment("completion")}
          {moment("demobilization")}
        </div>
      </Group>
    </>
  );
}
