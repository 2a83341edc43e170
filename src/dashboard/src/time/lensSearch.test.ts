import { expect, test } from "vitest";

import { toldBy, withLens } from "./lensSearch";

test("a lens that is written into an address is read from it again, and leaves the rest", () => {
  const lens = { eyes: "01a2", at: Date.parse("2026-11-22T18:00:00Z") };
  const search = withLens("?kind=Incident&q=fire", lens);
  expect(toldBy(search)).toEqual(lens);
  expect(withLens(search, null)).toBe("?kind=Incident&q=fire");
});

test("an address without a lens, or with a moment that is none, tells of the present", () => {
  expect(toldBy("?kind=Incident")).toBeNull();
  expect(toldBy("?at=yesterday")).toBeNull();
  expect(withLens("", { eyes: "01a2", at: null })).toBe("?as=01a2");
});
