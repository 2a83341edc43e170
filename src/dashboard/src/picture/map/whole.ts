/** Shows everything on the map, and again when the map gets another size while it still does. */
import type { LngLatBoundsLike, Map as GlMap } from "maplibre-gl";

/** In pixels from the edge, so that symbols and their names are not cut off. */
const PADDING = 56;
const ZOOM_MAX = 13;

interface View {
  center: [number, number];
  zoom: number;
}

export class Whole {
  readonly #map: GlMap;
  readonly #bounds: () => LngLatBoundsLike | null;
  /** Where everything was seen; null before, and while the map is on its way there. */
  #seen: View | null = null;

  constructor(map: GlMap, bounds: () => LngLatBoundsLike | null) {
    this.#map = map;
    this.#bounds = bounds;
    // As when the wall mode is turned on or off, a strip comes or goes, or a telephone is turned.
    map.on("resize", () => {
      if (this.#seen && isSame(this.#seen, this.#now())) this.show(false);
    });
  }

  show(animate: boolean): void {
    const bounds = this.#bounds();
    if (!bounds) return;
    this.#seen = null;
    void this.#map.once("moveend", () => {
      this.#seen = this.#now();
    });
    this.#map.fitBounds(bounds, { padding: PADDING, maxZoom: ZOOM_MAX, animate });
  }

  #now(): View {
    const { lng, lat } = this.#map.getCenter();
    return { center: [lng, lat], zoom: this.#map.getZoom() };
  }
}

const TINY = 1e-6;

/** Whether nobody has moved the map: another size leaves the middle and the scale as they were. */
export function isSame(a: View, b: View): boolean {
  const apart = [a.center[0] - b.center[0], a.center[1] - b.center[1], a.zoom - b.zoom];
  return apart.every((one) => Math.abs(one) < TINY);
}
