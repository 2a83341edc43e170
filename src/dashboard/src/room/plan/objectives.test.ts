import { expect, test } from "vitest";

import { moved, type Objective } from "./objectives";

const objective = (id: string, priority: string, closed: object | null = null) =>
  ({ id, priority, closed }) as unknown as Objective;

const all = [
  objective("a", "LIFE_SAFETY"),
  objective("done", "LIFE_SAFETY", { outcome: "MET" }),
  objective("b", "LIFE_SAFETY"),
  objective("c", "PROPERTY_AND_ENVIRONMENT"),
];

test("an objective goes past its neighbour, and never past one of another priority", () => {
  expect(moved(all, "b", -1)?.map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect(moved(all, "b", 1)).toBeNull();
  expect(moved(all, "a", -1)).toBeNull();
});
