import { expect, test } from "vitest";

import { coordinatesText } from "./coordinates";
import { parseCoordinates } from "./parse";

test("decimal coordinates are latitude first", () => {
  expect(parseCoordinates("37.5, -121.25")).toEqual([-121.25, 37.5]);
  expect(parseCoordinates(" 37.5  -121.25 ")).toEqual([-121.25, 37.5]);
});

test("degrees, minutes and seconds are read as they are written", () => {
  expect(parseCoordinates("37°30′00″N 121°15′00″W")).toEqual([-121.25, 37.5]);
  expect(parseCoordinates("37 30 N, 121 15 O")).toEqual([-121.25, 37.5]);
  const [longitude, latitude] = parseCoordinates(coordinatesText([-9.5, -38.25], "dms")) ?? [0, 0];
  expect([longitude, latitude]).toEqual([-9.5, -38.25]);
});

test("what is no position is none", () => {
  for (const text of ["", "37.5", "95, 10", "10, 190", "north of town", "37°N"]) {
    expect(parseCoordinates(text)).toBeNull();
  }
});
