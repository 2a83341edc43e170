/** How the map looks. Text is drawn with the fonts of the device: no glyphs are asked for. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

import type { Tone } from "../../ui/Badge";
import { fills } from "../symbols";
import { SYMBOL_PX } from "./images";

export type MapTheme = "light" | "dark";

export const colours = {
  light: {
    water: "#cfdde6",
    land: "#f6f5f1",
    border: "#9aa7b1",
    state: "#b9c2c9",
    place: "#3c4955",
    halo: "#ffffff",
    label: "#14202b",
    ring: "#0b5c8f",
  },
  dark: {
    water: "#0a1118",
    land: "#18222b",
    border: "#52626f",
    state: "#3a4853",
    place: "#a9b7c2",
    halo: "#0a1118",
    label: "#f0f5f9",
    ring: "#6cbdec",
  },
} as const;

export const font = ["sans-serif"];

/** Lines and areas on a dark ground need lighter tones than symbols, which have a light rim. */
const lineTones: Record<MapTheme, Record<Tone, string>> = {
  light: {
    alarm: fills.alarm[0],
    warning: "#c98a00",
    notice: fills.notice[0],
    ok: fills.ok[0],
    special: fills.special[0],
    plain: fills.plain[0],
  },
  dark: {
    alarm: "#ff7a3c",
    warning: "#f0b429",
    notice: "#56b4e9",
    ok: "#3fc79a",
    special: "#e6a3c8",
    plain: "#a3b3c0",
  },
};

const byTone = (theme: MapTheme): ExpressionSpecification =>
  [
    "match",
    ["get", "tone"],
    ...Object.entries(lineTones[theme]).flat(),
    lineTones[theme].plain,
  ] as unknown as ExpressionSpecification;

const clustered: ExpressionSpecification = ["has", "point_count"];
const single: ExpressionSpecification = ["!", ["has", "point_count"]];

/** The colour of a cluster is that of what presses most in it. */
const clusterFill = (): ExpressionSpecification => [
  "step",
  ["%", ["get", "worst"], 10],
  fills.plain[0],
  6,
  fills.notice[0],
  8,
  fills.warning[0],
  9,
  fills.alarm[0],
];

const empty = { type: "FeatureCollection" as const, features: [] };

/** How it looks: the theme, and how much larger than on a desk. */
export interface MapLook {
  theme: MapTheme;
  scale: number;
}

export function mapStyle(look: MapLook): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: empty },
      grid: { type: "geojson", data: empty },
      borders: { type: "geojson", data: empty },
      places: { type: "geojson", data: empty },
      areas: { type: "geojson", data: empty, promoteId: "id" },
      points: {
        type: "geojson",
        data: empty,
        promoteId: "id",
        cluster: true,
        clusterRadius: 38 * look.scale,
        clusterMaxZoom: 13,
        clusterProperties: { worst: ["max", ["get", "weight"]] },
      },
      selected: { type: "geojson", data: empty },
    },
    layers: layers(look),
  };
}

export function layers({ theme, scale }: MapLook): LayerSpecification[] {
  const c = colours[theme];
  const label = {
    "text-color": c.label,
    "text-halo-color": c.halo,
    "text-halo-width": 1.6,
  };
  return [
    { id: "water", type: "background", paint: { "background-color": c.water } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land } },
    {
      id: "borders",
      type: "line",
      source: "borders",
      paint: {
        "line-color": ["match", ["get", "level"], "state", c.state, c.border],
        "line-width": ["match", ["get", "level"], "state", 0.8, 1],
      },
    },
    {
      id: "grid",
      type: "line",
      source: "grid",
      paint: { "line-color": c.state, "line-width": 0.7, "line-dasharray": [2, 3] },
    },
    {
      id: "grid-labels",
      type: "symbol",
      source: "grid",
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 600,
        "text-field": ["get", "label"],
        "text-font": font,
        "text-size": 10.5 * scale,
        "text-keep-upright": true,
      },
      paint: { "text-color": c.place, "text-halo-color": c.halo, "text-halo-width": 1 },
    },
    {
      id: "places",
      type: "symbol",
      source: "places",
      // The higher the rank, the nearer one has to be for it to be named.
      filter: ["<=", ["get", "rank"], ["-", ["zoom"], 3]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": ["interpolate", ["linear"], ["get", "rank"], 0, 14 * scale, 4, 11.5 * scale],
        "symbol-sort-key": ["get", "order"],
        "text-padding": 4,
      },
      paint: { "text-color": c.place, "text-halo-color": c.halo, "text-halo-width": 1.2 },
    },
    {
      id: "areas",
      type: "fill",
      source: "areas",
      paint: {
        "fill-color": byTone(theme),
        "fill-opacity": ["match", ["get", "kind"], "Incident", 0.12, 0.05],
      },
    },
    {
      id: "area-lines",
      type: "line",
      source: "areas",
      filter: ["==", ["get", "kind"], "Incident"],
      paint: { "line-color": byTone(theme), "line-width": 2.4 },
    },
    {
      id: "area-lines-signals",
      type: "line",
      source: "areas",
      filter: ["!=", ["get", "kind"], "Incident"],
      paint: { "line-color": byTone(theme), "line-width": 1.6, "line-dasharray": [3, 2] },
    },
    {
      id: "clusters",
      type: "circle",
      source: "points",
      filter: clustered,
      paint: {
        "circle-color": clusterFill(),
        "circle-radius": [
          "*",
          scale,
          ["step", ["get", "point_count"], 15, 20, 18, 100, 22, 1000, 27],
        ],
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: "points",
      filter: clustered,
      layout: {
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": font,
        "text-size": 13 * scale,
        "text-allow-overlap": true,
      },
      paint: { "text-color": "#ffffff", "text-halo-color": "#101820", "text-halo-width": 1.2 },
    },
    {
      id: "selected",
      type: "circle",
      source: "selected",
      paint: {
        "circle-radius": SYMBOL_PX * 0.75 * scale,
        "circle-color": c.ring,
        "circle-opacity": 0.2,
        "circle-stroke-color": c.ring,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "points",
      type: "symbol",
      source: "points",
      filter: single,
      layout: {
        "icon-image": ["get", "look"],
        "icon-size": scale,
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "symbol-sort-key": ["get", "weight"],
      },
      paint: { "icon-opacity": ["case", ["get", "weak"], 0.6, 1] },
    },
    {
      id: "names",
      type: "symbol",
      source: "points",
      filter: single,
      layout: {
        "text-field": ["get", "title"],
        "text-font": font,
        "text-size": 12.5 * scale,
        "text-max-width": 12,
        "text-optional": true,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 1.5,
        "text-justify": "auto",
        "symbol-sort-key": ["-", ["get", "weight"]],
      },
      paint: label,
    },
  ];
}
