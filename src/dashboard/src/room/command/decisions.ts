/** Who may sign what all commanders decide. Pure. */
import type { RoomDecisionsQuery } from "../../api/generated/graphql";

type Known = NonNullable<RoomDecisionsQuery["structure"]>;
export type Decision = Known["jointDecisions"][number];
export type Delegation = Known["delegations"][number];

/** Whether a delegation holds; one that was ended has that moment as its end. */
export const inForce = ({ until }: Pick<Delegation, "until">, now: number): boolean =>
  until === null || Date.parse(until) > now;

/** Whether an organization has a signature to give, its own or that of an agency that lets it. */
export function maySign(
  { agreedAt, missing }: Pick<Decision, "agreedAt" | "missing">,
  delegations: readonly Pick<Delegation, "power" | "from" | "to">[],
  own: string,
): boolean {
  if (agreedAt !== null) return false;
  const lets = (agency: string) =>
    delegations.some(
      ({ power, from, to }) => power === "SIGNATURE" && from?.id === agency && to?.id === own,
    );
  return missing.some(({ id }) => id === own || lets(id));
}
