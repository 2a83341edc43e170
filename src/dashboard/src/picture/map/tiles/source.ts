/** From what the hub tells of its operator's map to where the map library gets tiles. */
import {
  addProtocol,
  type RasterSourceSpecification,
  type VectorSourceSpecification,
} from "maplibre-gl";
import { FetchSource, PMTiles, Protocol, TileType } from "pmtiles";

import type { OperatorMap } from "../../../api/session";
import { DRAWN, type Box } from "./style";

/** Requests for parts of the file at once; questions to the hub go over the same connections. */
export const AT_ONCE_MAX = 4;
/** Most pictures are this wide, in pixels. */
const PICTURE_PX = 256;
/** Characters of the words that say whose map it is; they have one corner of the map. */
const ATTRIBUTION_MAX = 200;

export interface TileSource {
  spec: RasterSourceSpecification | VectorSourceSpecification;
  isVector: boolean;
  attribution: string | null;
  /** Where there are tiles; null for the whole world. */
  box: Box | null;
  minZoom: number;
  /** Forgets what could not be loaded, so that it can be asked for again. */
  renew: () => void;
}

/** The source; null where nothing in its tiles is drawn. */
export function sourceOf(map: OperatorMap): Promise<TileSource | null> {
  return "pmtiles" in map ? archiveSource(map.pmtiles, map.attribution) : hostSource(map);
}

function hostSource(map: Extract<OperatorMap, { tiles: string }>): Promise<TileSource> {
  const where = { tiles: [map.tiles], maxzoom: map.maxZoom };
  return Promise.resolve({
    spec: map.vector
      ? { type: "vector", ...where }
      : { type: "raster", tileSize: PICTURE_PX, ...where },
    isVector: map.vector,
    attribution: map.attribution,
    box: null,
    minZoom: 0,
    renew: () => undefined,
  });
}

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

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

async function archiveSource(path: string, told: string | null): Promise<TileSource | null> {
  const parts = new PartsOfFile(path);
  // It keeps what it has read of the file's directories, and also what it could not read.
  const renew = () => {
    protocol.add(new PMTiles(parts));
  };
  const archive = new PMTiles(parts);
  const [header, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  renew();
  const isVector = header.tileType === TileType.Mvt;
  if (isVector && !hasKnownLayers(metadata)) return null;
  const box: Box = [header.minLon, header.minLat, header.maxLon, header.maxLat];
  const where = {
    tiles: [`pmtiles://${path}/{z}/{x}/{y}`],
    minzoom: header.minZoom,
    maxzoom: header.maxZoom,
    bounds: box,
  };
  return {
    spec: isVector
      ? { type: "vector", ...where }
      : { type: "raster", tileSize: PICTURE_PX, ...where },
    isVector,
    attribution: told ?? attributionOf(metadata),
    box,
    minZoom: header.minZoom,
    renew,
  };
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
