/**
 * How the operator's tiles look below everything else. Shapes are those of the Protomaps basemap
 * (earth, water, roads, boundaries, places); they stay quiet, so that what is going on stands out.
 */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";

import { colours, font, type MapLook, type MapTheme } from "../style";

export const SOURCE = "tiles";
/** The layers of vector tiles that are drawn. */
export const DRAWN = ["earth", "water", "roads", "boundaries", "places"] as const;

/** West, south, east, north, in degrees. */
export type Box = [number, number, number, number];

const roadColours: Record<MapTheme, { road: string; major: string; edge: string; path: string }> = {
  light: { road: "#ffffff", major: "#f3e3bd", edge: "#b9b4a6", path: "#aaa494" },
  dark: { road: "#34434f", major: "#54646f", edge: "#0f171e", path: "#42525e" },
};

const kind: ExpressionSpecification = ["get", "kind"];
const isMajor: ExpressionSpecification = ["in", kind, ["literal", ["highway", "major_road"]]];

/** Wider the nearer one is; `edge` is what its edge adds, on both sides together. */
const roadWidth = (edge: number): ExpressionSpecification => {
  const at = (highway: number, major: number, minor: number): ExpressionSpecification => [
    "+",
    edge,
    ["match", kind, "highway", highway, "major_road", major, minor],
  ];
  return [
    "interpolate",
    ["exponential", 1.5],
    ["zoom"],
    6,
    at(0.8, 0.3, 0),
    10,
    at(2, 1.2, 0.3),
    14,
    at(5, 3.5, 1.8),
    18,
    at(22, 18, 12),
  ];
};

/** Pictures of a light map would blind whoever works in the dark. */
const raster = (theme: MapTheme): LayerSpecification => ({
  id: "tiles-raster",
  type: "raster",
  source: SOURCE,
  paint: {
    "raster-fade-duration": 0,
    "raster-brightness-max": theme === "dark" ? 0.55 : 1,
    "raster-saturation": theme === "dark" ? -0.4 : 0,
  },
});

const shapes = (theme: MapTheme): LayerSpecification[] => {
  const c = colours[theme];
  const r = roadColours[theme];
  const line = { "line-cap": "round", "line-join": "round" } as const;
  const roads = { type: "line", source: SOURCE, "source-layer": "roads" } as const;
  const isRoad: FilterSpecification = [
    "match",
    kind,
    ["highway", "major_road", "medium_road", "minor_road"],
    true,
    false,
  ];
  return [
    {
      id: "tiles-earth",
      type: "fill",
      source: SOURCE,
      "source-layer": "earth",
      paint: { "fill-color": c.land },
    },
    {
      id: "tiles-water",
      type: "fill",
      source: SOURCE,
      "source-layer": "water",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": c.water },
    },
    {
      id: "tiles-rivers",
      type: "line",
      source: SOURCE,
      "source-layer": "water",
      filter: ["==", ["geometry-type"], "LineString"],
      paint: {
        "line-color": c.water,
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.6, 15, 3],
      },
    },
    {
      ...roads,
      id: "tiles-paths",
      filter: ["match", kind, ["rail", "path", "ferry"], true, false],
      minzoom: 11,
      paint: { "line-color": r.path, "line-width": 1, "line-dasharray": [3, 2] },
    },
    {
      ...roads,
      id: "tiles-road-edges",
      filter: isRoad,
      minzoom: 9,
      layout: line,
      paint: { "line-color": r.edge, "line-width": roadWidth(1.4) },
    },
    {
      ...roads,
      id: "tiles-roads",
      filter: isRoad,
      layout: line,
      paint: { "line-color": ["case", isMajor, r.major, r.road], "line-width": roadWidth(0) },
    },
    {
      id: "tiles-boundaries",
      type: "line",
      source: SOURCE,
      "source-layer": "boundaries",
      paint: {
        "line-color": ["match", kind, "country", c.border, c.state],
        "line-width": ["match", kind, "country", 1.2, 0.8],
      },
    },
  ];
};

const labels = ({ theme, scale }: MapLook): LayerSpecification[] => {
  const c = colours[theme];
  const paint = { "text-color": c.place, "text-halo-color": c.halo, "text-halo-width": 1.2 };
  const rank: ExpressionSpecification = ["to-number", ["get", "population_rank"], 0];
  return [
    {
      id: "tiles-road-names",
      type: "symbol",
      source: SOURCE,
      "source-layer": "roads",
      minzoom: 13,
      layout: {
        "symbol-placement": "line",
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": 11 * scale,
      },
      paint,
    },
    {
      id: "tiles-places",
      type: "symbol",
      source: SOURCE,
      "source-layer": "places",
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        // From hamlets to cities of millions.
        "text-size": ["interpolate", ["linear"], rank, 3, 11.5 * scale, 13, 14 * scale],
        "symbol-sort-key": ["-", rank],
        "text-padding": 4,
      },
      paint,
    },
  ];
};

/** The layers of the tiles, from the ground up. */
export function tileLayers(isVector: boolean, look: MapLook): LayerSpecification[] {
  return isVector ? [...shapes(look.theme), ...labels(look)] : [raster(look.theme)];
}

/** Which of the coarse map's places are still named where tiles name them. */
export function placesBeside(
  own: FilterSpecification,
  box: Box | null,
  minZoom: number,
): FilterSpecification {
  // The whole world is covered; a filter needs no ring around it.
  const inside: ExpressionSpecification = box ? ["within", ring(box)] : ["literal", true];
  return ["all", own, ["any", ["<", ["zoom"], minZoom], ["!", inside]]] as ExpressionSpecification;
}

function ring([west, south, east, north]: Box): GeoJSON.Polygon {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: "Polygon", coordinates: [corners] };
}
