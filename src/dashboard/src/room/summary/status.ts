/** The life cycle of an incident, as the hub has it. Pure. */
import type { IncidentStatus } from "../../api/generated/graphql";

export const lifeCycle: readonly IncidentStatus[] = [
  "REPORTED",
  "ACTIVE",
  "CONTAINED",
  "CONTROLLED",
  "DEMOBILIZING",
  "CLOSED",
];

/** Where it can go from here; the next step first. */
export function stepsFrom(from: IncidentStatus): IncidentStatus[] {
  if (from === "CLOSED") return [];
  if (from === "REPORTED") return ["ACTIVE", "CLOSED"];
  const at = lifeCycle.indexOf(from);
  const others = lifeCycle.filter((to) => to !== from && to !== "REPORTED");
  return [
    ...others.filter((to) => lifeCycle.indexOf(to) > at),
    ...others.filter((to) => lifeCycle.indexOf(to) < at),
  ];
}

/** Whether the step wants a reason: going back, or closing. */
export const needsReason = (from: IncidentStatus, to: IncidentStatus): boolean =>
  to === "CLOSED" || lifeCycle.indexOf(to) < lifeCycle.indexOf(from);
