import { expect, test } from "vitest";

import { countOf } from "./par";

test("only a whole number counts people, and nothing at all is not nobody", () => {
  expect([" 4 ", "0"].map(countOf)).toEqual([4, 0]);
  expect(["", " ", "-1", "2.5", "40000", "all"].map(countOf)).toEqual(Array(6).fill(null));
});
