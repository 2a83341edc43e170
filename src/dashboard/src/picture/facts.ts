/**
 * What all sorts of records have in common, for lists, filters and maps. Pure, but that names of the
 * catalogues are said in the language of the page.
 */
import type { Item } from "../api/picture/reduce";
import type { Tone } from "../ui/Badge";
import { resourceCalledNow } from "../words";
import type { Words } from "../words/en";

export type Kind = Item["__typename"];

/** In the order in which people look: what is wrong, what is asked, what is said, what there is. */
export const kinds = ["Incident", "ResourceRequest", "Signal", "Resource"] as const;

export type Point = [number, number];

/** What people call it. Of an exercise that is said beside it, and not in every name. */
export const titleOf = (item: Item): string => calledOf(nameOf(item), item.exercise);

export const calledOf = (name: string, exercise: boolean): string =>
  exercise ? name.replace(/^EXERCISE: |(?<=, )EXERCISE: /, "") : name;

function nameOf(item: Item): string {
  switch (item.__typename) {
    case "Incident":
    case "Resource":
      return item.name;
    case "Signal":
      return item.headline;
    case "ResourceRequest":
      // The type as it is said by radio, which is the same in every language.
      return `${item.quantity} × ${resourceCalledNow(item.need.definition)}${item.need.type === null ? "" : ` T${item.need.type}`}`;
  }
}

/** The organization that people think of with it. */
export function organizationOf(item: Item): string | null {
  switch (item.__typename) {
    case "Incident":
      return (item.lead ?? item.owner)?.code ?? null;
    case "Resource":
      return item.owner?.code ?? null;
    case "ResourceRequest":
      return item.askedBy?.code ?? null;
    case "Signal":
      return item.infos[0]?.senderName ?? item.key?.sender ?? null;
  }
}

/** A position for a mark on a map; null where none is known or shown. */
export function pointOf(item: Item): Point | null {
  switch (item.__typename) {
    case "Incident":
      return item.location?.point ?? middleOf(item.location?.perimeter ?? null);
    case "Signal":
      return item.point;
    case "Resource":
      return item.position;
    case "ResourceRequest":
      return item.deliverTo?.point ?? null;
  }
}

/** The middle of the box around an area. */
export function middleOf(area: Point[][][] | null): Point | null {
  const points = area?.flat(2) ?? [];
  const [first, ...rest] = points;
  if (!first) return null;
  let [west, south] = first;
  let [east, north] = first;
  for (const [x, y] of rest) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [(west + east) / 2, (south + north) / 2];
}

export function placeNameOf(item: Item): string | null {
  const name = placeOf(item);
  return item.exercise ? (name?.replace(/^EXERCISE: /, "") ?? null) : name;
}

function placeOf(item: Item): string | null {
  switch (item.__typename) {
    case "Incident":
      return item.location?.name ?? null;
    case "Signal":
      return item.infos[0]?.areas[0]?.description ?? null;
    case "Resource":
      return item.statusPlace;
    case "ResourceRequest":
      return item.deliverTo?.name ?? null;
  }
}

/** Since when what is shown of it is so. */
export function knownSince(item: Item): string | null {
  switch (item.__typename) {
    case "Resource":
      return item.positionAt ?? item.statusSince ?? item.changedAt;
    case "Signal":
      return item.key?.sent ?? item.changedAt;
    case "Incident":
    case "ResourceRequest":
      return item.changedAt;
  }
}

/** Where it stands, in a word with a tone; null where that is withheld. */
export interface Standing {
  /** For filters: unique over all sorts of records. */
  key: string;
  word: string;
  tone: Tone;
}

const incidentTones = {
  ACTIVE: ["alarm", 0],
  REPORTED: ["warning", 1],
  CONTAINED: ["notice", 2],
  CONTROLLED: ["notice", 3],
  DEMOBILIZING: ["ok", 4],
  CLOSED: ["plain", 5],
} as const;
const severityTones = {
  EXTREME: ["alarm", 0],
  SEVERE: ["warning", 1],
  MODERATE: ["notice", 2],
  MINOR: ["plain", 3],
  UNKNOWN: ["plain", 4],
} as const;
const priorityTones = { URGENT: ["alarm", 0], ROUTINE: ["notice", 1], LOW: ["plain", 2] } as const;
const resourceTones = {
  ASSIGNED: ["notice", 0],
  AVAILABLE: ["ok", 1],
  OUT_OF_SERVICE: ["warning", 2],
} as const;

export function standingOf(item: Item, names: Words["names"]): Standing | null {
  switch (item.__typename) {
    case "Incident":
      return standing(item.status, incidentTones, names.incidentStatus);
    case "Signal":
      return standing(item.severity, severityTones, names.severity);
    case "ResourceRequest":
      return standing(item.priority, priorityTones, names.requestPriority);
    case "Resource":
      return standing(item.resourceStatus, resourceTones, names.resourceStatus);
  }
}

/** How much a record presses, as a tone; plain where that is withheld. */
export function standingTone(item: Item): Tone {
  return standingTones(item)[0];
}

/** The same for the order in which people look: the lower, the sooner. */
export function standingRank(item: Item): number {
  return standingTones(item)[1];
}

const withheldTone = ["plain", 9] as const;

function standingTones(item: Item): readonly [Tone, number] {
  switch (item.__typename) {
    case "Incident":
      return item.status === null ? withheldTone : incidentTones[item.status];
    case "Signal":
      return item.severity === null ? withheldTone : severityTones[item.severity];
    case "ResourceRequest":
      return priorityTones[item.priority];
    case "Resource":
      return item.resourceStatus === null ? withheldTone : resourceTones[item.resourceStatus];
  }
}

function standing<K extends string>(
  value: K | null,
  tones: Record<K, readonly [Tone, number]>,
  words: Record<K, string>,
): Standing | null {
  return value === null ? null : { key: value, word: words[value], tone: tones[value][0] };
}
