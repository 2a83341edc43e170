/** Which areas are drawn: thousands of warnings on top of each other say nothing. Pure. */
import type { Item } from "../../api/picture/reduce";
import { standingRank } from "../facts";
import type { Bounds } from "../filter";
import { areaBounds } from "./extent";

/** So many areas of signals can be told apart, and any device draws them quickly. */
export const SIGNAL_AREAS_MAX = 300;
/** Where there are more, one that is smaller on the screen than its symbol is left out. */
const AREA_PX_MIN = 24;
/** A tile of the map, which at zoom 0 is the world. */
const TILE_PX = 512;

/** What the map shows, and how near. */
export interface Sight {
  bounds: Bounds;
  zoom: number;
}

/**
 * The ids of records whose areas are drawn. Perimeters of incidents always are. Where there are
 * more signals than can be told apart, it is the most pressing of those in sight.
 */
export function shownAreas(items: Iterable<Item>, { bounds, zoom }: Sight): Set<string> {
  const ids = new Set<string>();
  const signals: { id: string; rank: number; box: Bounds }[] = [];
  for (const item of items) {
    const box = areaBounds(item);
    if (box === null) continue;
    if (item.__typename === "Incident") ids.add(item.id);
    else signals.push({ id: item.id, rank: standingRank(item), box });
  }
  const degrees = (AREA_PX_MIN * 360) / (TILE_PX * 2 ** zoom);
  const chosen =
    signals.length <= SIGNAL_AREAS_MAX
      ? signals
      : signals
          .filter(({ box }) => meets(box, bounds) && sizeOf(box) >= degrees)
          .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
          .slice(0, SIGNAL_AREAS_MAX);
  for (const { id } of chosen) ids.add(id);
  return ids;
}

const sizeOf = ([west, south, east, north]: Bounds): number => Math.max(east - west, north - south);

const meets = (a: Bounds, b: Bounds): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
