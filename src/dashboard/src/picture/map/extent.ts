/** How far records reach. Pure. */
import type { Item } from "../../api/picture/reduce";
import { pointOf } from "../facts";
import type { Bounds } from "../filter";
import { areaOf } from "./features";

/** The box around everything that has a place. */
export function boundsOf(items: readonly Item[]): Bounds | null {
  const points = items.flatMap((item) => {
    const point = pointOf(item);
    // Areas of alerts are often far larger than what is going on in them.
    const area = item.__typename === "Incident" ? cornersOf(item) : [];
    return point ? [point, ...area] : area;
  });
  return around(points);
}

/** The box around the area of a record; it is worked out once for each. */
export function areaBounds(item: Item): Bounds | null {
  const known = areas.get(item);
  if (known !== undefined) return known;
  const bounds = around(cornersOf(item));
  areas.set(item, bounds);
  return bounds;
}

const areas = new WeakMap<Item, Bounds | null>();

type Corner = readonly [number, number];

const cornersOf = (item: Item): Corner[] => areaOf(item).flat(2);

function around(points: readonly Corner[]): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return Number.isFinite(west) ? [west, south, east, north] : null;
}
