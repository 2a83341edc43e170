/** An agreement while it is written, and what becomes of it for the hub. Pure. */
import type {
  AgreementInput,
  FieldGroup,
  Marking,
  PlacePrecision,
  ShareableRecord,
  TermInput,
  TimePrecision,
} from "../api/generated/graphql";
import type { AgreementFacts, TermFacts } from "./documents";

export type Area = [number, number][][][];

export const directions = ["ours", "theirs", "mutual", "chosen"] as const;
/** Who shows whom: we them, they us, each the others, or as was chosen one by one. */
export type Direction = (typeof directions)[number];

export const records: readonly ShareableRecord[] = [
  "INCIDENT",
  "RESOURCE",
  "REQUEST",
  "SIGNAL",
  "NOTE",
  "PLAN",
  "STRUCTURE",
  "POST",
  "PERSON",
  "QUALIFICATION",
];

/** Without the identity nothing is shown, so it is not a matter of choice. */
export const groups: readonly FieldGroup[] = [
  "STATUS",
  "PLACE",
  "ASSESSMENT",
  "HISTORY",
  "COMMAND",
  "LINKS",
  "CONTENT",
  "SOURCE",
];

/** Finest first. */
export const places: readonly PlacePrecision[] = ["EXACT", "STREET", "KILOMETRE", "COUNTY"];
export const times: readonly TimePrecision[] = ["EXACT", "MINUTE", "HOUR", "DAY"];
/** What an agreement may name as the narrowest marking, the widest first. */
export const markings: readonly Marking[] = ["CLEAR", "GREEN", "AMBER"];

export interface TermDraft {
  direction: Direction;
  gives: readonly string[];
  receives: readonly string[];
  records: readonly ShareableRecord[];
  scope: "all" | "kinds" | "these";
  kinds: readonly string[];
  these: readonly string[];
  area: Area | null;
  /** What the area is called; the hub keeps only its shape. */
  areaOf: string | null;
  reality: "both" | "exercise" | "real";
  groups: readonly FieldGroup[];
  place: PlacePrecision;
  time: TimePrecision;
  upTo: Marking;
  onward: boolean;
  passesOn: boolean;
  tellsWithheld: boolean;
}

export interface AgreementDraft {
  title: string;
  purpose: string;
  /** The ids of the parties beside one's own organization. */
  others: readonly string[];
  /** As the field for a time has it: in the zone of the device, without a zone; empty for none. */
  starts: string;
  ends: string;
  terms: readonly TermDraft[];
}

/** What most agreements begin as: incidents with where they are and stand. */
export const newTerm: TermDraft = {
  direction: "ours",
  gives: [],
  receives: [],
  records: ["INCIDENT"],
  scope: "all",
  kinds: [],
  these: [],
  area: null,
  areaOf: null,
  reality: "both",
  groups: ["STATUS", "PLACE", "ASSESSMENT", "HISTORY"],
  place: "EXACT",
  time: "EXACT",
  upTo: "GREEN",
  onward: false,
  passesOn: false,
  tellsWithheld: true,
};

export const newDraft: AgreementDraft = {
  title: "",
  purpose: "",
  others: [],
  starts: "",
  ends: "",
  terms: [newTerm],
};

/** What still has to be said before an agreement can be proposed. */
export type Missing = "others" | "title" | "purpose" | "records" | "incidents" | "sides" | "times";

export function missing(draft: AgreementDraft, own: string): Missing[] {
  const lacks: [Missing, boolean][] = [
    ["others", draft.others.length === 0],
    ["title", draft.title.trim() === ""],
    ["purpose", draft.purpose.trim() === ""],
    ["times", draft.ends !== "" && !(new Date(draft.ends) > new Date(draft.starts || 0))],
    ["records", draft.terms.some((term) => term.records.length === 0)],
    ["incidents", draft.terms.some((term) => listOf(term)?.length === 0)],
    ["sides", draft.terms.some((term) => !hasSides(term, draft.others, own))],
  ];
  return lacks.filter(([, lack]) => lack).map(([what]) => what);
}

const listOf = (term: TermDraft) =>
  term.scope === "kinds" ? term.kinds : term.scope === "these" ? term.these : null;

function hasSides(term: TermDraft, others: readonly string[], own: string): boolean {
  const { gives, receives } = sidesOf(term, others, own);
  return gives.length > 0 && receives.length > 0;
}

/** Who shows and who sees, by id. */
export function sidesOf(
  { direction, gives, receives }: TermDraft,
  others: readonly string[],
  own: string,
): { gives: string[]; receives: string[] } {
  const all = [own, ...others];
  switch (direction) {
    case "ours":
      return { gives: [own], receives: [...others] };
    case "theirs":
      return { gives: [...others], receives: [own] };
    case "mutual":
      return { gives: all, receives: all };
    case "chosen":
      return {
        gives: gives.filter((id) => all.includes(id)),
        receives: receives.filter((id) => all.includes(id)),
      };
  }
}

/** The agreement as the hub takes it. */
export function inputOf(draft: AgreementDraft, own: string): AgreementInput {
  const time = (local: string) => (local === "" ? null : new Date(local).toISOString());
  return {
    title: draft.title.trim(),
    purpose: draft.purpose.trim(),
    parties: [own, ...draft.others],
    starts: time(draft.starts),
    ends: time(draft.ends),
    terms: draft.terms.map((term) => termInput(term, draft.others, own)),
  };
}

function termInput(term: TermDraft, others: readonly string[], own: string): TermInput {
  return {
    ...sidesOf(term, others, own),
    records: [...term.records],
    kinds: term.scope === "kinds" ? [...term.kinds] : null,
    these: term.scope === "these" ? [...term.these] : null,
    area: term.area,
    exercise: term.reality === "both" ? null : term.reality === "exercise",
    groups: ["IDENTITY", ...term.groups],
    place: term.place,
    time: term.time,
    upTo: term.upTo,
    onward: term.onward,
    passesOn: term.passesOn,
    tellsWithheld: term.tellsWithheld,
  };
}

/** A draft with the terms of an agreement, to be changed and proposed anew. */
export function draftOf(agreement: AgreementFacts, own: string): AgreementDraft {
  const others = agreement.parties.map((party) => party.id).filter((id) => id !== own);
  return {
    title: agreement.title,
    purpose: agreement.purpose,
    others,
    starts: "",
    ends: "",
    terms: agreement.terms.map((term) => termDraft(term, others, own)),
  };
}

function termDraft(term: TermFacts, others: readonly string[], own: string): TermDraft {
  const gives = term.gives.map(({ id }) => id);
  const receives = term.receives.map(({ id }) => id);
  const shared = {
    gives,
    receives,
    records: term.records,
    scope: term.kinds ? ("kinds" as const) : term.these ? ("these" as const) : ("all" as const),
    kinds: term.kinds?.map(({ code }) => code) ?? [],
    these: term.these ?? [],
    area: term.area,
    areaOf: null,
    reality: realityOf(term.exercise),
    groups: term.groups.filter((group) => group !== "IDENTITY"),
    place: term.place,
    time: term.time,
    upTo: term.upTo,
    onward: term.onward,
    passesOn: term.passesOn,
    tellsWithheld: term.tellsWithheld,
  };
  const as = (direction: Direction): TermDraft => ({ ...shared, direction });
  const fits = (direction: Direction) => {
    const sides = sidesOf(as(direction), others, own);
    return same(sides.gives, gives) && same(sides.receives, receives);
  };
  return as(directions.find(fits) ?? "chosen");
}

const realityOf = (exercise: boolean | null): TermDraft["reality"] =>
  exercise === null ? "both" : exercise ? "exercise" : "real";

const same = (a: readonly string[], b: readonly string[]) =>
  [...a].sort().join() === [...b].sort().join();
