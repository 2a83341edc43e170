/** The order of objectives. Pure. */
import type {
  ObjectivePriority,
  RoomPeriodQuery,
  RoomPeriodsQuery,
} from "../../api/generated/graphql";

/** A period with all that is planned for it. */
export type Period = NonNullable<RoomPeriodQuery["period"]>;
/** A period as one among those of its incident. */
export type PeriodLine = NonNullable<RoomPeriodsQuery["incident"]>["periods"]["nodes"][number];
/** What was reported of the incident, if it was. */
export type Reported = PeriodLine["statusSummary"];
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

/** Whether it may still be changed. */
export const isOpen = ({ periodState }: Pick<Period, "periodState">): boolean =>
  periodState === "CURRENT" || periodState === "DRAFT";
