/** The rows of the plan's parts, as the hub has them and as fields hold them. Pure. */
import type {
  ChannelInput,
  HospitalInput,
  MedicalInput,
  NeedInput,
  RadioMode,
} from "../../api/generated/graphql";
import type { Option } from "../../ui/Fields";
import { fromLocal, toLocal } from "../../ui/localTime";
import type { Period } from "./objectives";

/** What an empty field stands for. */
export const said = (text: string): string | null => text.trim() || null;

/** What a field for a number holds. */
const shown = (number: number | null): string => (number === null ? "" : `${number}`);
const counted = (text: string): number | null => (text === "" ? null : Number(text));

/** The places that have a work assignment, to be offered where a place is asked for. */
export const placesOf = (period: Period): string[] => period.assignments.map(({ place }) => place);

/** The columns of the radio plan that may be left empty (ICS 205, block 4), in its order. */
export const channelColumns = [
  "zone",
  "number",
  "receive",
  "receiveTone",
  "transmit",
  "transmitTone",
  "remarks",
] as const;

type ChannelColumn = (typeof channelColumns)[number];

export interface ChannelRow extends Record<ChannelColumn, string> {
  name: string;
  function: string;
  assignment: string;
  mode: RadioMode | typeof NONE;
}

/** What a choice has for nothing. */
export const NONE = "none";

const columns = <T>(of: (column: ChannelColumn) => T) =>
  Object.fromEntries(channelColumns.map((column) => [column, of(column)])) as Record<
    ChannelColumn,
    T
  >;

export const freshChannel = (): ChannelRow => ({
  name: "",
  function: "",
  assignment: "",
  mode: NONE,
  ...columns(() => ""),
});

export const channelRow = (channel: Period["communications"][number]): ChannelRow => ({
  name: channel.name,
  function: channel.function,
  assignment: channel.assignment ?? "",
  mode: channel.mode ?? NONE,
  ...columns((column) => channel[column] ?? ""),
});

export const channelInput = (row: ChannelRow): ChannelInput => ({
  name: row.name.trim(),
  function: row.function.trim(),
  assignment: said(row.assignment),
  mode: row.mode === NONE ? null : row.mode,
  ...columns((column) => said(row[column])),
});

export interface HospitalRow {
  name: string;
  contact: string;
  ground: string;
  air: string;
  trauma: string;
  burnCenter: boolean;
  helipad: boolean;
}

export interface MedicalRows {
  aidStations: { name: string; location: string; paramedics: boolean }[];
  transport: { name: string; location: string; advanced: boolean }[];
  hospitals: HospitalRow[];
  procedures: string;
  aviationRescue: boolean;
}

export const freshHospital = (): HospitalRow => ({
  name: "",
  contact: "",
  ground: "",
  air: "",
  trauma: "",
  burnCenter: false,
  helipad: false,
});

export const medicalRows = (medical: Period["medical"]): MedicalRows => ({
  aidStations: [...(medical?.aidStations ?? [])],
  transport: [...(medical?.transport ?? [])],
  hospitals: (medical?.hospitals ?? []).map((one) => ({
    name: one.name,
    contact: one.contact,
    ground: shown(one.groundMinutes),
    air: shown(one.airMinutes),
    trauma: shown(one.traumaLevel),
    burnCenter: one.burnCenter,
    helipad: one.helipad,
  })),
  procedures: medical?.procedures ?? "",
  aviationRescue: medical?.aviationRescue ?? false,
});

const hospitalInput = (row: HospitalRow): HospitalInput => ({
  name: row.name,
  contact: row.contact,
  groundMinutes: counted(row.ground),
  airMinutes: counted(row.air),
  traumaLevel: counted(row.trauma),
  burnCenter: row.burnCenter,
  helipad: row.helipad,
});

export const medicalInput = (rows: MedicalRows): MedicalInput => ({
  aidStations: rows.aidStations,
  transport: rows.transport,
  hospitals: rows.hospitals.map(hospitalInput),
  procedures: said(rows.procedures),
  aviationRescue: rows.aviationRescue,
});

/** Whether nothing at all stands in a medical plan. */
export const isBlank = (medical: Period["medical"]): boolean =>
  medical === null ||
  (medical.aidStations.length === 0 &&
    medical.transport.length === 0 &&
    medical.hospitals.length === 0 &&
    medical.procedures === null &&
    !medical.aviationRescue);

export interface NeedRow {
  place: string;
  kind: string | null;
  type: string;
  required: string;
  have: string;
  reporting: string;
  arrival: string;
  overhead: string;
  equipment: string;
  request: string;
  risk: string;
}

type Need = Period["needs"][number];

export const freshNeed = (place: string): NeedRow => ({
  place,
  kind: null,
  type: NONE,
  required: "1",
  have: "0",
  reporting: "",
  arrival: "",
  overhead: "",
  equipment: "",
  request: NONE,
  risk: "",
});

export const needRow = (need: Need): NeedRow => ({
  place: need.place,
  kind: need.kind,
  type: need.type === null ? NONE : `${need.type}`,
  required: `${need.required}`,
  have: `${need.have}`,
  reporting: need.reporting ?? "",
  arrival: need.arrival === null ? "" : toLocal(new Date(need.arrival)),
  overhead: need.overhead ?? "",
  equipment: need.equipment ?? "",
  request: need.request ?? NONE,
  risk: need.riskAccepted ?? "",
});

export const needInput = (row: NeedRow): NeedInput => ({
  place: row.place.trim(),
  kind: row.kind ?? "",
  type: row.type === NONE ? null : Number(row.type),
  required: Number(row.required),
  have: Number(row.have),
  reporting: said(row.reporting),
  arrival: fromLocal(row.arrival),
  overhead: said(row.overhead),
  equipment: said(row.equipment),
  request: row.request === NONE ? null : row.request,
  riskAccepted: said(row.risk),
});

/** With what a request for what one line lacks begins. */
export const requestFor = (need: Need, { assignments }: Pick<Period, "assignments">) => ({
  kind: need.kind,
  ...(need.type === null ? {} : { type: `${need.type}` }),
  quantity: `${need.need}`,
  purpose: assignments.find(({ place }) => place === need.place)?.tasks ?? need.place,
  place: need.reporting ?? need.place,
  ...(need.arrival === null ? {} : { wantedBy: toLocal(new Date(need.arrival)) }),
});

/** The worksheet, which is written as a whole, with a line that says by what it is ordered. */
export const withOrder = (needs: Period["needs"], ordered: Need, request: string): NeedInput[] =>
  needs.map((need) => {
    const same = (["place", "kind", "type"] as const).every((key) => need[key] === ordered[key]);
    const { place, kind, type, required, have, reporting, arrival } = need;
    const { overhead, equipment, riskAccepted } = need;
    const row = { place, kind, type, required, have, reporting, arrival };
    const stands = { ...row, overhead, equipment, riskAccepted };
    return { ...stands, request: same ? request : need.request };
  });

/** What is lacking first; going without that somebody accepted counts as settled. */
export function needsInOrder(needs: Period["needs"]): Period["needs"] {
  const rank = ({ need, request, riskAccepted }: Need) =>
    need === 0 ? 3 : riskAccepted !== null ? 2 : request !== null ? 1 : 0;
  return [...needs].sort((a, b) => rank(a) - rank(b));
}

/** What stands there already stays, though it is not among what could be chosen anew. */
export function withPresent(options: readonly Option<string>[], present: string | null) {
  if (present === null || options.some(({ id }) => id === present)) return options;
  return [...options, { id: present, label: present }];
}
