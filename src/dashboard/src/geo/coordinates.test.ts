import { describe, expect, test } from "vitest";

import { coordinatesText } from "./coordinates";
import { usng, utm, zoneOf } from "./usng";

describe("the national grid", () => {
  test("gives the Washington Monument as the standard's own example does", () => {
    // FGDC-STD-011-2001, NAD 83: 18S UJ 23480 06479 for the Monument.
    const [zone, square, easting, northing] = usng(-77.0352, 38.8895)?.split(" ") ?? [];
    expect([zone, square]).toEqual(["18S", "UJ"]);
    expect(Math.abs(Number(easting) - 23_480)).toBeLessThan(20);
    expect(Math.abs(Number(northing) - 6_479)).toBeLessThan(20);
  });

  test("has its middle meridian at 500 km and the equator at 0", () => {
    expect(utm(3, 0)).toEqual({ zone: 31, easting: 500_000, northing: 0, north: true });
  });

  test("knows the odd zones of Norway and Svalbard, and where it ends", () => {
    expect([zoneOf(5, 60), zoneOf(10, 75), zoneOf(-180, 0), zoneOf(179.9, 0)]).toEqual([
      32, 33, 1, 60,
    ]);
    expect(usng(0, 85)).toBeNull();
  });

  test("works in the south", () => {
    // Sydney Opera House.
    const [zone, square] = usng(151.2153, -33.8568)?.split(" ") ?? [];
    expect([zone, square]).toEqual(["56H", "LH"]);
  });
});

test("degrees, minutes and seconds carry over", () => {
  expect(coordinatesText([-120.895, 38.905], "dms")).toBe("38°54′18″N 120°53′42″W");
  expect(coordinatesText([-0.999_999, 59.999_99], "dms")).toBe("60°00′00″N 1°00′00″W");
  expect(coordinatesText([-120.895, 38.905], "decimal")).toBe("38.90500, -120.89500");
});
