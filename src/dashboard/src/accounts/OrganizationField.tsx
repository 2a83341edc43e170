/** For whom an account may act: for whoever runs the hub, who manages all of them. */
import { Choice } from "../ui/Fields";
import { useWords } from "../words";
import type { Organization } from "./documents";

/** What stands for the hub as a whole in the list; no id is like it. */
const HUB = "-";

interface Props {
  organizations: readonly Organization[];
  /** Null for the hub as a whole. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** Whether the hub as a whole can be chosen. */
  hub?: boolean;
}

export function OrganizationField({ organizations, value, onChange, hub = true }: Props) {
  const words = useWords().accounts;
  return (
    <Choice
      label={words.forWhom}
      name="organization"
      value={value ?? HUB}
      onChange={(id) => {
        onChange(id === HUB ? null : id);
      }}
      options={[
        ...(hub ? [{ id: HUB, label: words.hubAsWhole }] : []),
        ...organizations.map(({ id, code, name }) => ({ id, label: code, hint: name })),
      ]}
      required
    />
  );
}
