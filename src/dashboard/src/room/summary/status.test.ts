import { expect, test } from "vitest";

import { needsReason, stepsFrom } from "./status";

test("the next step comes first, and nothing goes back to reported", () => {
  expect(stepsFrom("REPORTED")).toEqual(["ACTIVE", "CLOSED"]);
  expect(stepsFrom("CONTROLLED")).toEqual(["DEMOBILIZING", "CLOSED", "ACTIVE", "CONTAINED"]);
  expect(stepsFrom("CLOSED")).toEqual([]);
});

test("going back and closing want a reason", () => {
  expect(needsReason("ACTIVE", "CONTAINED")).toBe(false);
  expect(needsReason("CONTAINED", "ACTIVE")).toBe(true);
  expect(needsReason("ACTIVE", "CLOSED")).toBe(true);
});
