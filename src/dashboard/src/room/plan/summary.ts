/** The status summary (ICS 209), as the hub has it and as fields hold it. Pure. */
import type {
  CasualtiesInput,
  CriticalNeedInput,
  NeedHorizon,
  StatusSummaryInput,
  StructureDamageInput,
  BuildingKind,
} from "../../api/generated/graphql";
import type { Reported } from "./objectives";
import { outlookInput, outlookRows, type OutlookRows } from "./outlook";
import { NONE, said } from "./parts";

/** What is counted of people, in the order of the form. */
export const PEOPLE = [
  "fatalities",
  "injured",
  "evacuated",
  "trapped",
  "missing",
  "sheltering",
  "inShelters",
  "immunized",
  "needImmunization",
  "quarantined",
] as const;

type People = Record<(typeof PEOPLE)[number], string>;

export const STRUCTURES: readonly BuildingKind[] = [
  "SINGLE_RESIDENCE",
  "NON_RESIDENTIAL",
  "OTHER_MINOR",
  "OTHER",
];

export interface DamageRow {
  kind: BuildingKind;
  threatened: string;
  damaged: string;
  destroyed: string;
}

export interface CriticalRow {
  within: NeedHorizon;
  kind: string | null;
  type: string;
  quantity: string;
  request: string;
}

export interface SummaryRows {
  events: string;
  public: People;
  responders: People;
  confirmedBy: string;
  correction: string;
  damage: DamageRow[];
  needs: CriticalRow[];
  weather: string;
  threats: string;
  remarks: string;
  outlook: OutlookRows;
}

type Summary = NonNullable<Reported>;

/** Whom nothing was reported of yet. */
const NOBODY = Object.fromEntries(PEOPLE.map((one) => [one, 0])) as Summary["public"];

const people = (of: Summary["public"]): People =>
  Object.fromEntries(PEOPLE.map((one) => [one, `${of[one]}`])) as People;

const counted = (of: People): CasualtiesInput =>
  Object.fromEntries(PEOPLE.map((one) => [one, Number(of[one])]));

export const freshDamage = (rows: readonly DamageRow[]): DamageRow => ({
  kind: STRUCTURES.find((kind) => rows.every((row) => row.kind !== kind)) ?? "OTHER",
  threatened: "0",
  damaged: "0",
  destroyed: "0",
});

export const freshCritical = (): CriticalRow => ({
  within: "HOURS_12",
  kind: null,
  type: NONE,
  quantity: "1",
  request: NONE,
});

export function summaryRows(summary: Reported): SummaryRows {
  return {
    events: summary?.events ?? "",
    public: people(summary?.public ?? NOBODY),
    responders: people(summary?.responders ?? NOBODY),
    confirmedBy: summary?.confirmedBy ?? "",
    // The reason for the last correction is none for the next.
    correction: "",
    damage: (summary?.damage ?? []).map((row) => ({
      kind: row.kind,
      threatened: `${row.threatened}`,
      damaged: `${row.damaged}`,
      destroyed: `${row.destroyed}`,
    })),
    needs: (summary?.needs ?? []).map((need) => ({
      within: need.within,
      kind: need.kind,
      type: need.type === null ? NONE : `${need.type}`,
      quantity: `${need.quantity}`,
      request: need.request?.id ?? NONE,
    })),
    weather: summary?.weather ?? "",
    threats: summary?.threats ?? "",
    remarks: summary?.remarks ?? "",
    outlook: outlookRows(summary?.outlook),
  };
}

export function summaryInput(rows: SummaryRows): StatusSummaryInput {
  const damage = (row: DamageRow): StructureDamageInput => ({
    kind: row.kind,
    threatened: Number(row.threatened),
    damaged: Number(row.damaged),
    destroyed: Number(row.destroyed),
  });
  const need = (row: CriticalRow): CriticalNeedInput => ({
    within: row.within,
    kind: row.kind ?? "",
    type: row.type === NONE ? null : Number(row.type),
    quantity: Number(row.quantity),
    request: row.request === NONE ? null : row.request,
  });
  return {
    events: said(rows.events),
    public: counted(rows.public),
    responders: counted(rows.responders),
    confirmedBy: said(rows.confirmedBy),
    correction: said(rows.correction),
    damage: rows.damage.map(damage),
    needs: rows.needs.map(need),
    weather: said(rows.weather),
    threats: said(rows.threats),
    remarks: said(rows.remarks),
    outlook: outlookInput(rows.outlook),
  };
}
