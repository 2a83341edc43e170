/**
 * Records as symbols of MIL-STD-2525C, by their letter codes (SIDC): incidents and operations by its
 * appendix G (emergency management), the rest as units, vehicles and vessels. Pure.
 *
 * What is ours to call upon is drawn as a friend, an incident as unknown, a report as pending until
 * somebody takes it up; what is asked for is a friend that is anticipated. An exercise has the same
 * with an X.
 */
import type { Item } from "../../api/picture/reduce";
import type { Category, ResourceClass } from "../../api/generated/graphql";

/** Scheme, dimension and function of a symbol; `-` stands for affiliation and status. */
type Base = string;

const OPERATION: Base = "E-O-B-----";

/** Affiliation in reality and in an exercise, and status. */
const standings: Record<Item["__typename"], readonly [string, string, string]> = {
  Incident: ["U", "W", "P"],
  Signal: ["P", "G", "P"],
  Resource: ["F", "D", "P"],
  ResourceRequest: ["F", "D", "A"],
};

/** The code of a record, of 15 characters. */
export function codeOf(item: Item): string {
  const [real, exercise, status] = standings[item.__typename];
  const base = baseOf(item);
  const affiliation = item.exercise ? exercise : real;
  return `${base.slice(0, 1)}${affiliation}${base.slice(2, 3)}${status}${base.slice(4)}-----`;
}

/** A military symbol as the name of an image on the map, and back. */
export const codeKey = (code: string, hollow: boolean): string =>
  `2525|${code}|${hollow ? "hollow" : "full"}`;

export function codeOfKey(key: string): { code: string; hollow: boolean } | null {
  const [standard, code, hollow] = key.split("|");
  if (standard !== "2525" || !code) return null;
  return { code, hollow: hollow === "hollow" };
}

function baseOf(item: Item): Base {
  switch (item.__typename) {
    case "Incident":
      return hazardBase(item.kind.code, item.kind.category);
    case "Signal": {
      const [info] = item.infos;
      return hazardBase(info?.event.toLowerCase() ?? "", info?.categories[0] ?? "OTHER");
    }
    case "Resource":
      return resourceBase(item.resourceKind?.id ?? "", item.resourceKind?.class ?? null);
    case "ResourceRequest":
      return resourceBase(item.need.definition, null);
  }
}

/** Parts of codes and names that say more than the category does; the first that fits counts. */
const hazardWords: readonly [string, Base][] = [
  ["evacuation", "E-O-BD----"],
  ["shelter", "E-O-BH----"],
  ["wildland", "E-I-CH----"],
  ["red flag", "E-I-CH----"],
  ["structure-fire", "E-I-CD----"],
  ["smoke", "E-I-CF----"],
  ["fire", "E-I-C-----"],
  ["tsunami", "E-N-BM----"],
  ["flood", "E-N-BC----"],
  ["tornado", "W-S-WST-FC"],
  ["cyclone", "W-S-WSTSS-"],
  ["hurricane", "W-S-WSTSS-"],
  ["snow", "W-S-WSS-LI"],
  ["winter", "W-S-WSS-LI"],
  ["avalanche", "E-N-AB----"],
  ["landslide", "E-N-AD----"],
  ["volcan", "E-N-AG----"],
  ["marine", "E-I-FA----"],
  ["boat", "E-I-FA----"],
  ["train", "E-I-GA----"],
  ["mass-casualty", "E-O-AM----"],
  ["power", "E-F-EA----"],
  ["water", "E-O-CD----"],
  ["telecom", "E-F-K-----"],
  ["cyber", "E-F-K-----"],
  ["civil", "E-I-A-----"],
];

const categoryBases: Record<Category, Base> = {
  CBRNE: "E-I-D-----",
  ENV: OPERATION,
  FIRE: "E-I-C-----",
  GEO: "E-N-AC----",
  HEALTH: "E-O-A-----",
  INFRA: "E-F-EA----",
  MET: "W-S-WSTMH-",
  OTHER: OPERATION,
  RESCUE: OPERATION,
  SAFETY: OPERATION,
  SECURITY: "E-O-D-----",
  TRANSPORT: "E-I-HA----",
};

function hazardBase(words: string, category: Category): Base {
  return hazardWords.find(([part]) => words.includes(part))?.[1] ?? categoryBases[category];
}

const resourceWords: readonly [string, Base][] = [
  ["air-ambulance", "E-O-AF----"],
  ["ambulance", "E-O-AE----"],
  ["helicopter", "S-A-CH----"],
  ["boat", "S-S-XR----"],
  ["bulldozer", "S-G-EVEE--"],
  ["patrol", "E-O-D-----"],
  ["traffic", "E-O-D-----"],
  ["hazmat", "E-I-D-----"],
  ["generator", "E-F-EA----"],
  ["tender", "E-O-CD----"],
  ["pump", "E-O-CD----"],
  ["shelter", "E-O-BH----"],
  ["bus", "E-F-LD----"],
  ["engine", "E-O-C-----"],
  ["crew", "E-O-C-----"],
];

const classBases: Record<ResourceClass, Base> = {
  EQUIPMENT: OPERATION,
  FACILITIES: "E-F-F-----",
  PERSONNEL: OPERATION,
  SUPPLIES: "S-G-USS---",
  TEAMS: OPERATION,
};

function resourceBase(id: string, kind: ResourceClass | null): Base {
  const found = resourceWords.find(([part]) => id.includes(part))?.[1];
  return found ?? (kind ? classBases[kind] : OPERATION);
}
