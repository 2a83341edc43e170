/** The rows of the worksheet of needs. */
import { Choice, TextInput, type Option } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import { useRoom } from "../room";
import type { Period } from "./objectives";
import { freshNeed, NONE, placesOf, withPresent, type NeedRow } from "./parts";

interface Props {
  rows: readonly NeedRow[];
  onChange: (rows: NeedRow[]) => void;
  kinds: readonly Option<string>[];
  period: Period;
}

/** NIMS knows types 1 to 5 for nearly everything. */
const types = ["1", "2", "3", "4", "5"] as const;

export function NeedFields({ rows, onChange, kinds, period }: Props) {
  const { incident } = useRoom();
  const all = useWords().room;
  const words = all.forms;
  const requests = incident.requests.nodes.map(({ number }) => ({ id: number, label: number }));
  const places = placesOf(period);
  return (
    <Rows
      label={words.needs}
      rows={rows}
      onChange={onChange}
      add={words.addNeed}
      fresh={() => freshNeed(rows.at(-1)?.place ?? places[0] ?? "")}
      nameOf={(row, n) => row.place || words.row(n + 1)}
    >
      {(row, set) => (
        <>
          <TextInput
            label={words.place}
            value={row.place}
            onChange={(place) => {
              set({ place });
            }}
            suggestions={places}
            required
          />
          <Choice
            label={words.kind}
            value={row.kind}
            onChange={(kind) => {
              set({ kind });
            }}
            options={withPresent(kinds, row.kind)}
            required
          />
          <Choice
            label={words.type}
            value={row.type}
            onChange={(type) => {
              set({ type });
            }}
            options={withPresent(
              [
                { id: NONE, label: all.requests.anyType },
                ...types.map((type) => ({ id: type, label: all.type(Number(type)) })),
              ],
              row.type,
            )}
          />
          {(["required", "have"] as const).map((one) => (
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
          <TextInput
            label={words.reporting}
            value={row.reporting}
            onChange={(reporting) => {
              set({ reporting });
            }}
          />
          <TextInput
            label={words.arrivalOptional}
            type="datetime-local"
            value={row.arrival}
            onChange={(arrival) => {
              set({ arrival });
            }}
          />
          <Choice
            label={words.order}
            value={row.request}
            onChange={(request) => {
              set({ request });
            }}
            options={withPresent([{ id: NONE, label: words.notOrdered }, ...requests], row.request)}
          />
          <TextInput
            label={words.risk}
            value={row.risk}
            onChange={(risk) => {
              set({ risk });
            }}
          />
        </>
      )}
    </Rows>
  );
}
