/**
 * The operator's tiles on the map, above the coarse one, which stays wherever and for as long as
 * they do not come.
 */
import type { FilterSpecification, Map as GlMap, MapSourceDataEvent } from "maplibre-gl";

import type { OperatorMap } from "../../../api/session";
import { persistently } from "../../../ui/persistently";
import type { MapLook } from "../style";
import { Missing } from "./missing";
import { sourceOf, type TileSource } from "./source";
import { placesBeside, SOURCE, tileLayers } from "./style";

/** How often tiles that did not come are asked for again. */
const AGAIN_EVERY_MS = 20_000;
/** The layer of the coarse map below which the tiles are drawn, and the one that names places. */
const [ABOVE, PLACES] = ["grid", "places"] as const;

export interface TilesState {
  attribution: string | null;
  /** Whether tiles come, or some do not, or nothing in them is known here. */
  standing: "coming" | "missing" | "unknown";
}

export class Tiles {
  readonly #map: GlMap;
  readonly #missing = new Missing();
  readonly #tell: (state: TilesState) => void;
  #look: MapLook;
  #source: TileSource | null = null;
  #came = false;
  #isWhole = false;
  #placesOwn: FilterSpecification = true;
  #told = "";
  #again: ReturnType<typeof setInterval> | undefined;
  #gone = false;

  constructor(map: GlMap, told: OperatorMap, look: MapLook, tell: (state: TilesState) => void) {
    this.#map = map;
    this.#look = look;
    this.#tell = tell;
    void this.#begin(told);
  }

  async #begin(told: OperatorMap): Promise<void> {
    const source = await persistently(async () => {
      try {
        return this.#gone ? null : await sourceOf(told);
      } catch (problem) {
        this.#say({ attribution: null, standing: "missing" });
        throw problem;
      }
    });
    if (this.#gone) return;
    if (source) this.#show(source);
    else this.#say({ attribution: null, standing: "unknown" });
  }

  #show(source: TileSource): void {
    this.#source = source;
    this.#placesOwn = this.#map.getFilter(PLACES) ?? true;
    this.#map.addSource(SOURCE, source.spec);
    for (const layer of tileLayers(source.isVector, this.#look)) {
      this.#map.addLayer(layer, layer.type === "symbol" ? PLACES : ABOVE);
    }
    this.#map.on("sourcedata", this.#onData);
    this.#map.on("error", this.#onError);
    this.#again = setInterval(() => {
      if (this.#missing.any) this.#askAgain(source);
    }, AGAIN_EVERY_MS);
  }

  #onData = ({ sourceId, tile }: MapSourceDataEvent): void => {
    const at = sourceId === SOURCE ? placeOf(tile) : null;
    if (!at) return;
    this.#came = true;
    this.#missing.came(at);
    this.#settle();
  };

  #onError = (event: { error: Error; sourceId?: string; tile?: unknown }): void => {
    const at = event.sourceId === SOURCE ? placeOf(event.tile) : null;
    // What is not about tiles goes where it would go without us.
    if (!at) console.error(event.error);
    else {
      this.#missing.failed(at);
      this.#settle();
    }
  };

  #askAgain(source: TileSource): void {
    source.renew();
    this.#map.refreshTiles(SOURCE, this.#missing.again());
    this.#settle();
  }

  /** Says how it is, and has the coarse map name places wherever tiles may not. */
  #settle(): void {
    const source = this.#source;
    if (!source) return;
    const standing = this.#missing.any ? "missing" : "coming";
    this.#say({ attribution: this.#came ? source.attribution : null, standing });
    const isWhole = this.#came && standing === "coming";
    if (isWhole === this.#isWhole) return;
    this.#isWhole = isWhole;
    const { box, minZoom } = source;
    const filter = isWhole ? placesBeside(this.#placesOwn, box, minZoom) : this.#placesOwn;
    this.#map.setFilter(PLACES, filter);
  }

  #say(state: TilesState): void {
    const told = JSON.stringify(state);
    if (told === this.#told || this.#gone) return;
    this.#told = told;
    this.#tell(state);
  }

  setLook(look: MapLook): void {
    this.#look = look;
    if (!this.#source) return;
    for (const { id, paint } of tileLayers(this.#source.isVector, look)) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        this.#map.setPaintProperty(id, name, value);
      }
    }
  }

  /** Before the map itself goes. */
  leave(): void {
    this.#gone = true;
    clearInterval(this.#again);
  }
}

/** Where a tile is, of an event that may be about one. */
function placeOf(tile: unknown): { z: number; x: number; y: number } | null {
  const at = (tile as { tileID?: { canonical?: { z: number; x: number; y: number } } } | undefined)
    ?.tileID?.canonical;
  return at ? { z: at.z, x: at.x, y: at.y } : null;
}
