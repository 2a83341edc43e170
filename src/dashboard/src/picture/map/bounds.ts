/** Where everything is. Pure. */
import type { LngLatBoundsLike } from "maplibre-gl";

import type { Item } from "../../api/picture/reduce";
import { pointOf } from "../facts";
import { areaFeature } from "./features";

/** The box around everything that has a place. */
export function boundsOf(items: readonly Item[]): LngLatBoundsLike | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = ([x, y]: readonly [number, number]) => {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  };
  for (const item of items) {
    const point = pointOf(item);
    if (point) take(point);
    // Areas of alerts are often far larger than what is going on in them.
    if (item.__typename === "Incident") {
      for (const [x = 0, y = 0] of areaFeature(item)?.geometry.coordinates.flat(2) ?? [])
        take([x, y]);
    }
  }
  return Number.isFinite(west) ? [west, south, east, north] : null;
}
