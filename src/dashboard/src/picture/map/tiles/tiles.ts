/**
 * The operator's tiles on the map, above the coarse one, which stays wherever and for as long as
 * they do not come.
 */
import { addProtocol, type FilterSpecification, type Map as GlMap } from "maplibre-gl";

import type { OperatorMap } from "../../../api/session";
import { persistently } from "../../../api/persistently";
import type { MapLook } from "../style";
import { sourceOf, type TileAt, type TileSource } from "./source";
import { placesBeside, SOURCE, tileLayers } from "./style";

/** After how long a tile that did not come is asked for again. */
const AGAIN_MS = 5_000;
/** How long one may take; a host that says nothing at all is one that is away. */
const TILE_TIME_MAX_MS = 30_000;
/** The layer of the coarse map below which the tiles are drawn, and the one that names places. */
const [ABOVE, PLACES] = ["grid", "places"] as const;

export interface TilesState {
  attribution: string | null;
  /** Whether tiles come, or some do not, or nothing in them is known here. */
  standing: "coming" | "missing" | "unknown";
}

export class Tiles {
  readonly #map: GlMap;
  readonly #tell: (state: TilesState) => void;
  /** What the map waits for and has failed before. */
  readonly #missing = new Set<AbortController>();
  #look: MapLook;
  #source: TileSource | null = null;
  #placesOwn: FilterSpecification = true;
  #came = false;
  #isWhole = false;
  #told = "";
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
    addProtocol(SOURCE, async ({ url }, abort) => ({ data: await this.#load(source, url, abort) }));
    this.#map.addSource(SOURCE, { ...source.spec, tiles: [`${SOURCE}://{z}/{x}/{y}`] });
    for (const layer of tileLayers(source.spec.type === "vector", this.#look)) {
      this.#map.addLayer(layer, layer.type === "symbol" ? PLACES : ABOVE);
    }
  }

  /** A tile, for as long as the map wants it. The map itself would ask for it once. */
  async #load(source: TileSource, url: string, abort: AbortController): Promise<ArrayBuffer> {
    const at = placeOf(url);
    for (;;) {
      try {
        const tile = await inTime(abort.signal, (signal) => source.load(at, signal));
        this.#came = true;
        this.#settle(abort, false);
        return tile ?? nothing(source);
      } catch (problem) {
        if (problem instanceof NoTile) throw problem;
        this.#settle(abort, !abort.signal.aborted);
        await pause(AGAIN_MS, abort.signal);
        if (abort.signal.aborted) {
          this.#settle(abort, false);
          throw problem;
        }
      }
    }
  }

  /** Says how it is, and has the coarse map name places wherever tiles may not. */
  #settle(asked: AbortController, isMissing: boolean): void {
    if (isMissing) this.#missing.add(asked);
    else this.#missing.delete(asked);
    const source = this.#source;
    if (!source || this.#gone) return;
    const standing = this.#missing.size > 0 ? "missing" : "coming";
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
    for (const { id, paint } of tileLayers(this.#source.spec.type === "vector", look)) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        this.#map.setPaintProperty(id, name, value);
      }
    }
  }

  /** Before the map itself goes. */
  leave(): void {
    this.#gone = true;
  }
}

/** For the map library, by its status: there is no such tile, so a coarser one is drawn larger. */
class NoTile extends Error {
  readonly status = 404;
}

/** What is drawn where there is no tile. */
function nothing(source: TileSource): ArrayBuffer {
  if (source.spec.type === "vector") return new ArrayBuffer(0);
  throw new NoTile("there is no such tile");
}

function placeOf(url: string): TileAt {
  const [z = 0, x = 0, y = 0] = url.slice(`${SOURCE}://`.length).split("/").map(Number);
  return [z, x, y];
}

/** Loads, and gives up after a while or when nobody waits any more. */
async function inTime<T>(wanted: AbortSignal, load: (signal: AbortSignal) => Promise<T>) {
  const own = new AbortController();
  const end = () => {
    own.abort();
  };
  const timer = setTimeout(end, TILE_TIME_MAX_MS);
  wanted.addEventListener("abort", end);
  try {
    return await load(own.signal);
  } finally {
    clearTimeout(timer);
    wanted.removeEventListener("abort", end);
  }
}

/** Waits for a while, or until nobody waits any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
