/** How an incident stands and where it goes (ICS 209), as the hub has it and as fields hold it. Pure. */
import type {
  AmountInput,
  AreaUnit,
  IncidentOutlookInput,
  IncidentSizeInput,
  NeedHorizon,
  ThreatMeasure,
} from "../../api/generated/graphql";
import { fromLocal, toLocal } from "../../ui/localTime";
import type { Reported } from "./objectives";
import { said } from "./parts";

export const UNITS: readonly AreaUnit[] = [
  "ACRES",
  "HECTARES",
  "SQUARE_MILES",
  "SQUARE_KILOMETRES",
];

/** What is done about a threat, in the order of block 34. */
export const MEASURES: readonly ThreatMeasure[] = [
  "NO_LIKELY_THREAT",
  "POTENTIAL_FUTURE_THREAT",
  "NOTIFICATIONS_IN_PROGRESS",
  "NOTIFICATIONS_COMPLETED",
  "NO_EVACUATION_IMMINENT",
  "PLANNING_EVACUATION",
  "PLANNING_SHELTER_IN_PLACE",
  "EVACUATION_IN_PROGRESS",
  "SHELTER_IN_PLACE_IN_PROGRESS",
  "REPOPULATION_IN_PROGRESS",
  "IMMUNIZATION_IN_PROGRESS",
  "IMMUNIZATION_COMPLETE",
  "QUARANTINE_IN_PROGRESS",
  "AREA_RESTRICTED",
];

export const HORIZONS: readonly NeedHorizon[] = [
  "HOURS_12",
  "HOURS_24",
  "HOURS_48",
  "HOURS_72",
  "LATER",
];

export interface ProjectionRow {
  within: NeedHorizon;
  activity: string;
  threats: string;
}

export interface OutlookRows {
  size: string;
  finalSize: string;
  /** Both sizes are of one unit. */
  unit: AreaUnit;
  contained: string;
  measures: ThreatMeasure[];
  projections: ProjectionRow[];
  discussion: string;
  completion: string;
  demobilization: string;
  cost: string;
  finalCost: string;
  /** Both costs are of one currency. */
  currency: string;
}

type Outlook = NonNullable<Reported>["outlook"];

/** In how many of the smallest units one of a currency is counted. */
const PARTS = 100;
const CURRENCY = "USD";

/** How finely money is written, in whole units of the currency. */
export const SMALLEST = 1 / PARTS;
/** The greatest numbers that the hub takes. */
export const SIZE_MAX = 1_000_000_000;
export const PERCENT_MAX = 100;

/** Whether a moment, as a field holds it, has passed. */
export function isPast(value: string, now: number): boolean {
  const at = fromLocal(value);
  return at !== null && Date.parse(at) < now;
}

export const freshProjection = (rows: readonly ProjectionRow[]): ProjectionRow => ({
  within: HORIZONS.find((one) => rows.every((row) => row.within !== one)) ?? "LATER",
  activity: "",
  threats: "",
});

export function outlookRows(outlook: Outlook | undefined): OutlookRows {
  const moment = (at: string | null | undefined) => (at ? toLocal(new Date(at)) : "");
  const money = (of: Outlook["cost"] | undefined) => (of ? `${of.amount / PARTS}` : "");
  return {
    size: `${outlook?.size?.amount ?? ""}`,
    finalSize: `${outlook?.finalSize?.amount ?? ""}`,
    unit: outlook?.size?.unit ?? outlook?.finalSize?.unit ?? "ACRES",
    contained: `${outlook?.contained ?? ""}`,
    measures: [...(outlook?.measures ?? [])],
    projections: (outlook?.projections ?? []).map(({ within, activity, threats }) => ({
      within,
      activity: activity ?? "",
      threats: threats ?? "",
    })),
    discussion: outlook?.discussion ?? "",
    completion: moment(outlook?.completion),
    demobilization: moment(outlook?.demobilization),
    cost: money(outlook?.cost),
    finalCost: money(outlook?.finalCost),
    currency: outlook?.cost?.currency ?? outlook?.finalCost?.currency ?? CURRENCY,
  };
}

export function outlookInput(rows: OutlookRows): IncidentOutlookInput {
  const size = (amount: string): IncidentSizeInput | null =>
    amount === "" ? null : { amount: Number(amount), unit: rows.unit };
  const money = (amount: string): AmountInput | null =>
    amount === ""
      ? null
      : { amount: Math.round(Number(amount) * PARTS), currency: rows.currency.trim() };
  return {
    size: size(rows.size),
    contained: rows.contained === "" ? null : Number(rows.contained),
    measures: rows.measures,
    projections: rows.projections.map(({ within, activity, threats }) => ({
      within,
      activity: said(activity),
      threats: said(threats),
    })),
    discussion: said(rows.discussion),
    finalSize: size(rows.finalSize),
    completion: fromLocal(rows.completion),
    demobilization: fromLocal(rows.demobilization),
    cost: money(rows.cost),
    finalCost: money(rows.finalCost),
  };
}
