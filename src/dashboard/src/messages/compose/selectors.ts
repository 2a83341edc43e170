/** Whom a message is for, part by part, as the form keeps it. Pure. */
import type { AudienceInput, SelectorPartsFragment } from "../../api/generated/graphql";
import { coordinatesText } from "../../geo/coordinates";
import { parseCoordinates } from "../../geo/parse";

export type Outline = [number, number][][][];

/** One part of an audience; empty texts are what has still to be chosen. */
export type Selector =
  | { kind: "persons"; persons: { id: string; name: string }[] }
  | { kind: "members"; organization: string }
  | { kind: "position"; incident: string; position: string }
  | { kind: "staff"; incident: string }
  | { kind: "group"; group: string }
  | { kind: "onCall"; schedule: string }
  | { kind: "qualified"; organization: string; position: string; type: string }
  | { kind: "near"; point: string; km: string }
  | { kind: "inside"; name: string; outline: Outline | null }
  | { kind: "reachedBy"; message: string };

export type SelectorKind = Selector["kind"];

export const selectorKinds: readonly SelectorKind[] = [
  "persons",
  "members",
  "position",
  "staff",
  "group",
  "onCall",
  "qualified",
  "near",
  "inside",
  "reachedBy",
];

export function emptySelector(
  kind: SelectorKind,
  organization: string,
  incident: string,
): Selector {
  switch (kind) {
    case "persons":
      return { kind, persons: [] };
    case "members":
      return { kind, organization };
    case "position":
      return { kind, incident, position: "" };
    case "staff":
      return { kind, incident };
    case "group":
      return { kind, group: "" };
    case "onCall":
      return { kind, schedule: "" };
    case "qualified":
      return { kind, organization, position: "", type: "" };
    case "near":
      return { kind, point: "", km: "5" };
    case "inside":
      return { kind, name: "", outline: null };
    case "reachedBy":
      return { kind, message: "" };
  }
}

/** Whether nothing has to be chosen any more. */
export function isWhole(selector: Selector): boolean {
  switch (selector.kind) {
    case "persons":
      return selector.persons.length > 0;
    case "members":
      return selector.organization !== "";
    case "position":
      return selector.incident !== "" && selector.position !== "";
    case "staff":
      return selector.incident !== "";
    case "group":
      return selector.group !== "";
    case "onCall":
      return selector.schedule !== "";
    case "qualified":
      return selector.organization !== "" && selector.position !== "";
    case "near":
      return parseCoordinates(selector.point) !== null && Number(selector.km) > 0;
    case "inside":
      return selector.outline !== null;
    case "reachedBy":
      return selector.message !== "";
  }
}

/** What the hub is told; parts that are not whole are left out. */
export function audienceInput(selectors: readonly Selector[]): AudienceInput {
  const whole = selectors.filter(isWhole);
  const of = <K extends SelectorKind>(kind: K) =>
    whole.filter((one): one is Extract<Selector, { kind: K }> => one.kind === kind);
  return {
    persons: [...new Set(of("persons").flatMap((one) => one.persons.map(({ id }) => id)))],
    membersOf: of("members").map((one) => one.organization),
    positions: of("position").map(({ incident, position }) => ({ incident, position })),
    staffOf: of("staff").map((one) => one.incident),
    groups: of("group").map((one) => one.group),
    onCall: of("onCall").map((one) => one.schedule),
    qualified: of("qualified").map(({ organization, position, type }) => ({
      organization,
      position,
      type: type === "" ? null : Number(type),
    })),
    near: of("near").flatMap(({ point, km }) => {
      const position = parseCoordinates(point);
      return position ? [{ position, meters: Math.round(Number(km) * 1_000) }] : [];
    }),
    inside: of("inside").flatMap(({ outline }) => (outline ? [outline] : [])),
    reachedBy: of("reachedBy").map((one) => one.message),
  };
}

/** The audience of a draft, as the form keeps it. */
export function selectorsOf(audience: SelectorPartsFragment): Selector[] {
  const { persons, membersOf, positions, staffOf, groups, onCall, qualified, near } = audience;
  const all: Selector[] = [
    ...membersOf.map<Selector>(({ id }) => ({ kind: "members", organization: id })),
    ...positions.map<Selector>(({ incident, position }) => ({
      kind: "position",
      incident: incident?.id ?? "",
      position,
    })),
    ...staffOf.map<Selector>(({ id }) => ({ kind: "staff", incident: id })),
    ...groups.map<Selector>(({ id }) => ({ kind: "group", group: id })),
    ...onCall.map<Selector>(({ id }) => ({ kind: "onCall", schedule: id })),
    ...qualified.map<Selector>(({ organization, position, type }) => ({
      kind: "qualified",
      organization: organization?.id ?? "",
      position,
      type: type === null ? "" : String(type),
    })),
    ...near.map<Selector>(({ meters, position }) => ({
      kind: "near",
      point: coordinatesText(position, "decimal"),
      km: String(meters / 1_000),
    })),
    ...audience.inside.map<Selector>((outline) => ({ kind: "inside", name: "", outline })),
    ...audience.reachedBy.map<Selector>(({ id }) => ({ kind: "reachedBy", message: id })),
  ];
  return persons.length > 0
    ? [{ kind: "persons", persons: persons.map(({ id, name }) => ({ id, name })) }, ...all]
    : all;
}
