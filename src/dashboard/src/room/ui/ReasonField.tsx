/** Why somebody does something; it is kept with what they did. */
import type { Trouble } from "../../api/useCommand";
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

interface WaiverProps extends Pick<Props, "value" | "onChange"> {
  trouble: Trouble | null;
  /** Whether something is known to speak against it before the hub says so. */
  short?: boolean;
}

/** Why something is done that the hub refuses otherwise; asked for where something speaks against it. */
export function WaiverField({ value, onChange, trouble, short = false }: WaiverProps) {
  const words = useWords().room.command;
  const refused = trouble?.kind === "refused" ? trouble.refusal.code : null;
  const wanted = refused === "WAIVER_NEEDED" || refused === "HOLDS_ELSEWHERE";
  if (!wanted && !short && value === "") return null;
  return (
    <TextInput
      label={words.waiver}
      name="waiver"
      hint={words.waiverHint}
      value={value}
      onChange={onChange}
      // What speaks against it stands above the button; that the field is empty is not said besides.
      autoFocus={wanted}
    />
  );
}

/** Codes of refusals that are about a reason. */
export const reasonCodes = {
  REASON_NEEDED: "reason",
  TEXT_EMPTY: "reason",
  TEXT_TOO_LONG: "reason",
} as const;
