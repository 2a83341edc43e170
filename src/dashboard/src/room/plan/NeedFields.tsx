/** The rows of the worksheet of needs. */
import { Choice, TextInput, type Option } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { KindFields } from "./KindFields";
import type { Period } from "./objectives";
import { freshNeed, NONE, placesOf, withPresent, type NeedRow } from "./parts";

interface Props {
  rows: readonly NeedRow[];
  onChange: (rows: NeedRow[]) => void;
  kinds: readonly Option<string>[];
  period: Period;
}

export function NeedFields({ rows, onChange, kinds, period }: Props) {
  const { incident } = useRoom();
  const words = useWords().room.forms;
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
          <KindFields row={row} put={set} kinds={kinds} />
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
          {(["overhead", "equipment"] as const).map((one) => (
            <TextInput
              key={one}
              label={words[one]}
              value={row[one]}
              onChange={(value) => {
                set({ [one]: value });
              }}
            />
          ))}
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
