import { expect, test } from "vitest";

import { gridLines } from "./grid";

test("a few lines, named as people name them, cover what is seen", () => {
  const { features } = gridLines([-120.95, 38.88, -120.83, 38.96]);
  expect(features.map(({ properties }) => properties?.["label"] as string)).toEqual([
    "120.94°W",
    "120.92°W",
    "120.90°W",
    "120.88°W",
    "120.86°W",
    "120.84°W",
    "38.88°N",
    "38.90°N",
    "38.92°N",
    "38.94°N",
    "38.96°N",
  ]);
});

test("a map that shows the world more than once names longitudes as usual", () => {
  const { features } = gridLines([170, -10, 200, 10]);
  expect(features.map(({ properties }) => properties?.["label"] as string)).toContain("170°W");
});
