import { featureFilter, validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { expect, test } from "vitest";

import { layers, mapStyle } from "../style";
import { DRAWN, placesBeside, SOURCE, tileLayers, type Box } from "./style";

const look = { theme: "light", scale: 1 } as const;
const ids = (isVector: boolean, theme: "light" | "dark" = "light") =>
  tileLayers(isVector, { theme, scale: 1 }).map(({ id }) => id);
const tiles = ["https://t.example/{z}/{x}/{y}"];
const own = layers(look);
const placesFilter = () => {
  const layer = own.find(({ id }) => id === "places");
  return layer && "filter" in layer ? (layer.filter ?? true) : true;
};

test("with the tiles it is a style that the map library takes, in both themes and sizes", () => {
  for (const theme of ["light", "dark"] as const) {
    for (const scale of [1, 1.6]) {
      const style = mapStyle({ theme, scale });
      for (const type of ["vector", "raster"] as const) {
        const added = tileLayers(type === "vector", { theme, scale });
        const sources = { ...style.sources, [SOURCE]: { type, tiles } };
        expect(
          validateStyleMin({ ...style, sources, layers: [...added, ...style.layers] }),
        ).toEqual([]);
      }
    }
  }
});

test("no glyphs are asked for: text has the font of the device, as all other text", () => {
  const fonts = [...own, ...tileLayers(true, look)].map(({ layout }) =>
    layout && "text-font" in layout ? JSON.stringify(layout["text-font"]) : null,
  );
  expect(new Set(fonts.filter((font) => font !== null))).toEqual(new Set(['["sans-serif"]']));
  expect(mapStyle(look)).not.toHaveProperty("glyphs");
});

test("shapes are drawn of the common layers, and of nothing else", () => {
  const drawn = tileLayers(true, look).map((layer) =>
    "source-layer" in layer ? layer["source-layer"] : undefined,
  );
  expect(new Set(drawn)).toEqual(new Set(DRAWN));
});

test("a theme changes colours only, so that a layer can be painted anew", () => {
  for (const isVector of [true, false]) expect(ids(isVector, "dark")).toEqual(ids(isVector));
  const bare = (theme: "light" | "dark") =>
    tileLayers(true, { theme, scale: 1 }).map((layer) => ({ ...layer, paint: undefined }));
  expect(bare("dark")).toEqual(bare("light"));
});

test("the names of the tiles' layers are none of the map's own", () => {
  const taken = new Set(own.map(({ id }) => id));
  expect([...ids(true), ...ids(false)].filter((id) => taken.has(id))).toEqual([]);
});

/** Whether a place of the highest rank is named at a zoom. */
function shows(filter: ReturnType<typeof placesFilter>, at: [number, number], zoom: number) {
  // The place on the one tile of zoom 0, of 8192 units.
  const [x, y] = [
    (at[0] + 180) / 360,
    (1 - Math.asinh(Math.tan((at[1] * Math.PI) / 180)) / Math.PI) / 2,
  ];
  const place = {
    type: 1,
    properties: { rank: 0 },
    geometry: [[{ x: Math.round(x * 8192), y: Math.round(y * 8192) }]],
  } as unknown as Parameters<ReturnType<typeof featureFilter>["filter"]>[1];
  const canonical = { z: 0, x: 0, y: 0 } as Parameters<
    ReturnType<typeof featureFilter>["filter"]
  >[2];
  return featureFilter(filter).filter({ zoom }, place, canonical);
}

test("the coarse map names places where tiles do not", () => {
  const county: Box = [-121, 38, -120, 39];
  const filter = placesBeside(placesFilter(), county, 6);
  const named = (at: [number, number], zoom: number) => shows(filter, at, zoom);
  expect(named([-120.5, 38.5], 10)).toBe(false);
  expect(named([-119.5, 38.5], 10)).toBe(true);
  // The tiles begin nearer.
  expect(named([-120.5, 38.5], 5)).toBe(true);
  // Tiles of the whole world.
  expect(shows(placesBeside(placesFilter(), null, 0), [-119.5, 38.5], 10)).toBe(false);
});
