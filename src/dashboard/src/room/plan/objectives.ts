/** The order of objectives. Pure. */
import type { ObjectivePriority, RoomPeriodsQuery } from "../../api/generated/graphql";

export type Period = NonNullable<RoomPeriodsQuery["incident"]>["periods"]["nodes"][number];
export type Objective = Period["objectives"][number];

/** In the order of the form: life first. */
export const priorities: readonly ObjectivePriority[] = [
  "LIFE_SAFETY",
  "INCIDENT_STABILIZATION",
  "PROPERTY_AND_ENVIRONMENT",
];

/**
 * The open objectives with one of them a place up or down; null where it cannot go there, as those
 * of a higher priority stay before those of a lower one.
 */
export function moved(
  objectives: readonly Objective[],
  id: string,
  by: -1 | 1,
): Objective[] | null {
  const open = objectives.filter(({ closed }) => closed === null);
  const at = open.findIndex((one) => one.id === id);
  const [one, other] = [open[at], open[at + by]];
  if (!one || !other || one.priority !== other.priority) return null;
  open[at] = other;
  open[at + by] = one;
  return open;
}
