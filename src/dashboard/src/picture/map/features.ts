/** Records as features of a map. Pure. */
import type { Feature, MultiPolygon, Point as GeoPoint } from "geojson";

import type { Item } from "../../api/picture/reduce";
import { knownSince, pointOf, standingRank, standingTone, titleOf } from "../facts";
import { codeKey, codeOf } from "../military/codes";
import { lookKey, lookOf } from "../symbols";

/** A position older than this, in milliseconds, is drawn hollow. */
export const HOLLOW_MS = 60 * 60_000;
/** And one older than this is drawn weakly, too. */
export const WEAK_MS = 6 * 60 * 60_000;

export interface PointProperties {
  id: string;
  kind: Item["__typename"];
  look: string;
  title: string;
  /** The higher, the more it presses; the highest of a cluster is shown. */
  weight: number;
  weak: boolean;
}

export interface AreaProperties {
  id: string;
  kind: Item["__typename"];
  tone: string;
}

export type PointFeature = Feature<GeoPoint, PointProperties>;
export type AreaFeature = Feature<MultiPolygon, AreaProperties>;

/** How much something presses over all sorts of records: incidents before all else. */
function weightOf(item: Item): number {
  const kind = { Incident: 30, ResourceRequest: 20, Signal: 10, Resource: 0 }[item.__typename];
  return kind + (9 - standingRank(item));
}

/** How old a position is, where age matters: incidents do not move away. */
function positionAge(item: Item, now: number): number {
  if (item.__typename !== "Resource") return 0;
  const since = item.positionAt ?? knownSince(item);
  return since === null ? Infinity : now - Date.parse(since);
}

/** Whether its drawing changes with time alone. */
export const ages = (item: Item): boolean => item.__typename === "Resource";

export function pointFeature(item: Item, now: number, military = false): PointFeature | null {
  const point = pointOf(item);
  if (point === null) return null;
  const age = positionAge(item, now);
  return {
    type: "Feature",
    id: item.id,
    geometry: { type: "Point", coordinates: point },
    properties: {
      id: item.id,
      kind: item.__typename,
      look: military
        ? codeKey(codeOf(item), age > HOLLOW_MS)
        : lookKey(lookOf(item, age > HOLLOW_MS)),
      title: `${item.exercise ? "EX " : ""}${titleOf(item)}`,
      weight: weightOf(item),
      weak: age > WEAK_MS,
    },
  };
}

/** The perimeter of an incident, or the areas of a signal. */
export function areaFeature(item: Item): AreaFeature | null {
  const coordinates = areaOf(item);
  if (coordinates.length === 0) return null;
  return {
    type: "Feature",
    id: item.id,
    geometry: { type: "MultiPolygon", coordinates },
    properties: { id: item.id, kind: item.__typename, tone: standingTone(item) },
  };
}

/** What it covers: nothing where that is not known. */
export function areaOf(item: Item): [number, number][][][] {
  if (item.__typename === "Incident") return item.location?.perimeter ?? [];
  if (item.__typename !== "Signal") return [];
  // The infos of a message are often the same in several languages.
  const [first] = item.infos;
  return first?.areas.flatMap((area) => area.polygons ?? []) ?? [];
}
