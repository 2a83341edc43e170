/** At which field of a form a refusal shows. Pure. */
import type { Trouble } from "../api/useCommand";

const known: Record<string, string> = {
  LOGIN_TAKEN: "login",
  LOGIN_UNUSABLE: "login",
  LABEL_UNUSABLE: "label",
  TOKEN_EXPIRY_UNUSABLE: "expires",
  SCOPES_EMPTY: "scopes",
  SCOPE_OF_HUB_ONLY: "scopes",
  ORGANIZATION_UNKNOWN: "organization",
  PERSON_UNKNOWN: "person",
};

/** Texts that are empty or too long say themselves which they are. */
const texts = ["TEXT_EMPTY", "TEXT_TOO_LONG"];

/** By code, for `CommandForm`; `trouble` is what came of the command last. */
export function fieldsFor(trouble: Trouble | null): Record<string, string> {
  if (trouble?.kind !== "refused" || !texts.includes(trouble.refusal.code)) return known;
  const field = trouble.refusal.values.find(({ name }) => name === "field")?.value;
  return field === undefined ? known : { ...known, [trouble.refusal.code]: field };
}
