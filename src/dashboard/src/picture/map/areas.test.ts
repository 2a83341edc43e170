import { expect, test } from "vitest";

import type { Item } from "../../api/picture/reduce";
import { SIGNAL_AREAS_MAX, shownAreas } from "./areas";

const square = (x: number, size: number) => [
  [
    [
      [x, 45],
      [x + size, 45],
      [x + size, 45 + size],
      [x, 45],
    ],
  ],
];
const signal = (id: string, { x = 5, size = 1, severity = "MINOR" } = {}) =>
  ({
    __typename: "Signal",
    id,
    severity,
    state: "LIVE",
    infos: [{ areas: [{ polygons: square(x, size) }] }],
  }) as unknown as Item;
const fire = {
  __typename: "Incident",
  id: "fire",
  status: "ACTIVE",
  location: { perimeter: square(120, 0.1) },
} as unknown as Item;
const many = Array.from({ length: SIGNAL_AREAS_MAX + 1 }, (_, n) => signal(`many ${n}`));
const near = { bounds: [0, 40, 10, 50], zoom: 8 } as const;

test("all areas are drawn while they can be told apart, in sight or not", () => {
  const ids = shownAreas([signal("here"), signal("far", { x: 90 }), fire], near);
  expect([...ids].sort()).toEqual(["far", "fire", "here"]);
});

test("of too many, those that press most are drawn, and perimeters of incidents always", () => {
  const ids = shownAreas([...many, signal("worst", { severity: "EXTREME" }), fire], near);
  expect(ids.size).toBe(SIGNAL_AREAS_MAX + 1);
  expect(ids.has("worst") && ids.has("fire")).toBe(true);
});

test("of too many, what is out of sight or smaller than its symbol is not drawn", () => {
  const worse = { severity: "EXTREME" };
  const ids = shownAreas(
    [...many, signal("far", { ...worse, x: 90 }), signal("tiny", { ...worse, size: 0.01 })],
    near,
  );
  expect(ids.has("far") || ids.has("tiny")).toBe(false);
  expect(shownAreas(many, { ...near, zoom: 3 }).size).toBe(0);
});
