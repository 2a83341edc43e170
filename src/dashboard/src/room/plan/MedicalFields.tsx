/** The tables of a medical plan. */
import { Check, TextInput } from "../../ui/Fields";
import { Rows } from "../../ui/Rows";
import { useWords } from "../../words";
import { freshHospital, type MedicalRows } from "./parts";

interface Props {
  draft: MedicalRows;
  put: (part: Partial<MedicalRows>) => void;
}

export function MedicalFields({ draft, put }: Props) {
  const words = useWords().room.forms;
  return (
    <>
      <Rows
        label={words.aidStations}
        rows={draft.aidStations}
        onChange={(aidStations) => {
          put({ aidStations });
        }}
        add={words.addStation}
        fresh={() => ({ name: "", location: "", paramedics: false })}
        nameOf={(row, n) => row.name || words.row(n + 1)}
      >
        {(row, set) => (
          <>
            <NameAndPlace row={row} set={set} />
            <Check
              value={row.paramedics}
              onChange={(paramedics) => {
                set({ paramedics });
              }}
            >
              {words.paramedics}
            </Check>
          </>
        )}
      </Rows>
      <Rows
        label={words.transport}
        rows={draft.transport}
        onChange={(transport) => {
          put({ transport });
        }}
        add={words.addTransport}
        fresh={() => ({ name: "", location: "", advanced: false })}
        nameOf={(row, n) => row.name || words.row(n + 1)}
      >
        {(row, set) => (
          <>
            <NameAndPlace row={row} set={set} />
            <Check
              value={row.advanced}
              onChange={(advanced) => {
                set({ advanced });
              }}
            >
              {words.advanced}
            </Check>
          </>
        )}
      </Rows>
      <Hospitals draft={draft} put={put} />
    </>
  );
}

interface Named {
  name: string;
  location: string;
}

function NameAndPlace({ row, set }: { row: Named; set: (part: Partial<Named>) => void }) {
  const words = useWords().room.forms;
  return (
    <>
      <TextInput
        label={words.name}
        value={row.name}
        onChange={(name) => {
          set({ name });
        }}
        required
      />
      <TextInput
        label={words.location}
        value={row.location}
        onChange={(location) => {
          set({ location });
        }}
        required
      />
    </>
  );
}

function Hospitals({ draft, put }: Props) {
  const words = useWords().room.forms;
  return (
    <Rows
      label={words.hospitals}
      rows={draft.hospitals}
      onChange={(hospitals) => {
        put({ hospitals });
      }}
      add={words.addHospital}
      fresh={freshHospital}
      nameOf={(row, n) => row.name || words.row(n + 1)}
    >
      {(row, set) => (
        <>
          <TextInput
            label={words.name}
            value={row.name}
            onChange={(name) => {
              set({ name });
            }}
            required
          />
          <TextInput
            label={words.contact}
            value={row.contact}
            onChange={(contact) => {
              set({ contact });
            }}
            required
          />
          {(["ground", "air", "trauma"] as const).map((one) => (
            <TextInput
              key={one}
              label={words[one]}
              type="number"
              value={row[one]}
              onChange={(value) => {
                set({ [one]: value });
              }}
            />
          ))}
          {(["burnCenter", "helipad"] as const).map((one) => (
            <Check
              key={one}
              value={row[one]}
              onChange={(is) => {
                set({ [one]: is });
              }}
            >
              {words[one]}
            </Check>
          ))}
        </>
      )}
    </Rows>
  );
}
