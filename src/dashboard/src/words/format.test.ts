import { expect, test } from "vitest";

import { ageText } from "./format";

test("ages are as short as a list needs them", () => {
  const minute = 60_000;
  expect([4_200, 61_000, 59 * minute, 61 * minute, 120 * minute].map(ageText)).toEqual([
    "4 s",
    "1 min",
    "59 min",
    "1 h 1 min",
    "2 h",
  ]);
  expect([30 * 60 * minute, 50 * 60 * minute].map(ageText)).toEqual(["30 h", "2 d"]);
  expect(ageText(-5)).toBe("0 s");
});
