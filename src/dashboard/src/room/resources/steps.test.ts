import { expect, test } from "vitest";

import { isBehind, isComing } from "./steps";

test("a step is behind once it is taken, or one after it", () => {
  expect(isBehind("mobilize", "COMMITTED", null)).toBe(false);
  expect(isBehind("mobilize", "MOBILIZING", null)).toBe(true);
  expect(isBehind("mobilize", "EN_ROUTE", null)).toBe(true);
  expect(isBehind("depart", "MOBILIZING", null)).toBe(false);
  expect(isBehind("depart", "EN_ROUTE", null)).toBe(true);
});

test("a step that the hub has carried out cannot be pressed again before the page shows it", () => {
  const taken = { step: "mobilize", from: "COMMITTED" } as const;
  expect(isBehind("mobilize", "COMMITTED", taken)).toBe(true);
  expect(isBehind("depart", "COMMITTED", taken)).toBe(false);
  // Once the page has gone on, what it shows counts.
  expect(isBehind("depart", "EN_ROUTE", taken)).toBe(true);
});

test("what is withheld, or there already, is not coming", () => {
  expect(isComing(null)).toBe(false);
  expect(isComing("CHECKED_IN")).toBe(false);
});
