/** Why somebody does something; it is kept with what they did. */
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";

interface Props {
  value: string;
  onChange: (reason: string) => void;
  hint?: string;
  /** Whether it can be done without one. */
  optional?: boolean;
}

export function ReasonField({ value, onChange, hint, optional = false }: Props) {
  const words = useWords().room;
  return (
    <TextInput
      label={optional ? words.reasonOptional : words.reason}
      name="reason"
      value={value}
      onChange={onChange}
      required={!optional}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

/** Codes of refusals that are about a reason. */
export const reasonCodes = {
  REASON_NEEDED: "reason",
  TEXT_EMPTY: "reason",
  TEXT_TOO_LONG: "reason",
} as const;
