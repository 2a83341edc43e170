/** A choice among the incidents that go on. */
import { useMemo } from "react";

import { useItems } from "../api/picture/shown";
import { Choice } from "../ui/Fields";

interface Props {
  label: string;
  value: string;
  onChange: (incident: string) => void;
}

export function IncidentChoice({ label, value, onChange }: Props) {
  const { items, version } = useItems(2_000);
  const { options } = useMemo(
    () => ({
      version,
      options: [...items.values()].flatMap((item) =>
        item.__typename === "Incident"
          ? [{ id: item.id, label: `${item.number} ${item.name}` }]
          : [],
      ),
    }),
    [items, version],
  );
  return (
    <Choice
      label={label}
      name="incident"
      value={value || null}
      onChange={onChange}
      options={options}
      required
    />
  );
}
