/** Which resource is needed: its kind, and the type wanted of it. */
import { Choice, type Option } from "../../ui/Fields";
import { useWords } from "../../words";
import { NONE, withPresent } from "./parts";

interface Row {
  kind: string | null;
  type: string;
}

interface Props {
  row: Row;
  put: (part: Partial<Row>) => void;
  kinds: readonly Option<string>[];
}

/** NIMS knows types 1 to 5 for nearly everything. */
const types = ["1", "2", "3", "4", "5"] as const;

export function KindFields({ row, put, kinds }: Props) {
  const words = useWords().room;
  const any = { id: NONE, label: words.requests.anyType };
  return (
    <>
      <Choice
        label={words.forms.kind}
        value={row.kind}
        onChange={(kind) => {
          put({ kind });
        }}
        options={withPresent(kinds, row.kind)}
        required
      />
      <Choice
        label={words.forms.type}
        value={row.type}
        onChange={(type) => {
          put({ type });
        }}
        options={withPresent(
          [any, ...types.map((type) => ({ id: type, label: words.type(Number(type)) }))],
          row.type,
        )}
      />
    </>
  );
}
