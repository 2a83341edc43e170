/** From what the hub tells of its operator's map to the tiles themselves. */
import type { RasterSourceSpecification, VectorSourceSpecification } from "maplibre-gl";
import { FetchSource, PMTiles, TileType, type Header } from "pmtiles";

import type { OperatorMap } from "../../../api/session";
import { DRAWN, type Box } from "./style";

/** Requests for parts of the file at once; questions to the hub go over the same connections. */
export const AT_ONCE_MAX = 4;
/** Most pictures are this wide, in pixels. */
const PICTURE_PX = 256;
/** Characters of the words that say whose map it is; they have one corner of the map. */
const ATTRIBUTION_MAX = 200;
/** What a host says where it has no tile. */
const NO_TILE = [204, 404, 410];

/** Zoom, column and row. */
export type TileAt = readonly [z: number, x: number, y: number];

export interface TileSource {
  /** Without where the tiles are: the map asks `load` for them. */
  spec: RasterSourceSpecification | VectorSourceSpecification;
  attribution: string | null;
  /** Where there are tiles; null for the whole world. */
  box: Box | null;
  minZoom: number;
  /** The bytes of a tile; null where there is none. */
  load: (at: TileAt, signal: AbortSignal) => Promise<ArrayBuffer | null>;
}

/** The source; null where nothing in its tiles is drawn. */
export function sourceOf(map: OperatorMap): Promise<TileSource | null> {
  return "pmtiles" in map ? archiveSource(map.pmtiles, map.attribution) : hostSource(map);
}

function hostSource(map: Extract<OperatorMap, { tiles: string }>): Promise<TileSource> {
  return Promise.resolve({
    spec: { ...kindOf(map.vector), maxzoom: map.maxZoom },
    attribution: map.attribution,
    box: null,
    minZoom: 0,
    load: async ([z, x, y], signal) => {
      const places: Record<string, number> = { "{z}": z, "{x}": x, "{y}": y };
      const address = map.tiles.replace(/\{[zxy]\}/g, (place) => String(places[place]));
      const reply = await fetch(address, { signal });
      if (NO_TILE.includes(reply.status)) return null;
      if (!reply.ok) throw new Error(`the host of the map's tiles answers with ${reply.status}`);
      return reply.arrayBuffer();
    },
  });
}

const kindOf = (isVector: boolean) =>
  isVector ? ({ type: "vector" } as const) : ({ type: "raster", tileSize: PICTURE_PX } as const);

/** A file of the hub, of which a few parts are asked for at a time. */
export class PartsOfFile extends FetchSource {
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  override async getBytes(...asked: Parameters<FetchSource["getBytes"]>) {
    if (this.#busy < AT_ONCE_MAX) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await super.getBytes(...asked);
    } finally {
      // Whoever waits takes the place over.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy -= 1;
    }
  }
}

async function archiveSource(path: string, told: string | null): Promise<TileSource | null> {
  const parts = new PartsOfFile(path);
  let archive = new PMTiles(parts);
  const [header, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  const isVector = header.tileType === TileType.Mvt;
  if (isVector && !hasKnownLayers(metadata)) return null;
  const box = boxOf(header);
  const zooms = { minzoom: header.minZoom, maxzoom: header.maxZoom };
  return {
    spec: { ...kindOf(isVector), ...zooms, ...(box ? { bounds: box } : {}) },
    attribution: told ?? attributionOf(metadata),
    box,
    minZoom: header.minZoom,
    load: async ([z, x, y], signal) => {
      try {
        const tile = await archive.getZxy(z, x, y, signal);
        return tile?.data ?? null;
      } catch (problem) {
        // It remembers what it could not read of the file's directories; another one does not.
        if (!signal.aborted) archive = new PMTiles(parts);
        throw problem;
      }
    },
  };
}

/** Where a file has tiles; some makers leave it out. */
function boxOf({ minLon, minLat, maxLon, maxLat }: Header): Box | null {
  return minLon < maxLon && minLat < maxLat ? [minLon, minLat, maxLon, maxLat] : null;
}

/** Whether its maker names a layer that is drawn, or names none at all. */
export function hasKnownLayers(metadata: unknown): boolean {
  const layers = fieldOf(metadata, "vector_layers");
  if (!Array.isArray(layers)) return true;
  return layers.some((layer) => DRAWN.some((name) => name === fieldOf(layer, "id")));
}

/** Whose map it is, by its maker; they may have written HTML, of which the text is taken. */
export function attributionOf(metadata: unknown): string | null {
  const html = fieldOf(metadata, "attribution");
  if (typeof html !== "string") return null;
  const text = new DOMParser().parseFromString(html, "text/html").body.textContent;
  return text.replace(/\s+/g, " ").trim().slice(0, ATTRIBUTION_MAX) || null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
