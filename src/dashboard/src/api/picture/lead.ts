/** Whether nobody leads an incident, or it is only not told who does. Pure. */
import type { FieldGroup } from "../generated/graphql";

interface Led {
  lead: object | null;
  owner: object | null;
  openedByRule: string | null;
  withheld: readonly FieldGroup[];
}

/**
 * Whether what is said of lead and owner can be taken for what is so. Not every agreement tells that
 * something is withheld; but what a person opened has an owner, so where none is told, it is not shown.
 * Only what a rule opened is everybody's until somebody takes it.
 */
export const tellsLead = ({ lead, owner, openedByRule, withheld }: Led): boolean =>
  !withheld.includes("COMMAND") && (lead ?? owner ?? openedByRule) !== null;
