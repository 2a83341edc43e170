/** Which organizations are asked. */
import { Choice } from "../ui/Fields";
import { useWords } from "../words";

export type Receivers = "all" | "near" | "later";

const NEAR_KM = 80;

export const receiversOf = (to: Exclude<Receivers, "later">) =>
  to === "all" ? { toAll: true } : { toAll: false, withinKm: NEAR_KM };

interface Props<T extends Receivers> {
  value: T;
  onChange: (to: T) => void;
  choices: readonly T[];
}

export function ReceiversChoice<T extends Receivers>({ value, onChange, choices }: Props<T>) {
  const words = useWords().act.request;
  const labels: Record<Receivers, string> = {
    all: words.toAll,
    near: words.toNear,
    later: words.toLater,
  };
  return (
    <Choice
      label={words.to}
      value={value}
      onChange={onChange}
      options={choices.map((id) => ({ id, label: labels[id] }))}
    />
  );
}
