import { expect, test } from "vitest";

import { costDraft, costOf, moneyText, noCost, totalOf } from "./cost";

const cost = {
  currency: "USD",
  travel: 123_45,
  personnel: 1_000_00,
  equipment: 10,
  commodity: 0,
  other: 29,
};

test("a cost that is shown and not changed is the same one when it is sent", () => {
  expect(costOf(costDraft(cost), "USD")).toEqual(cost);
});

test("what is left empty costs nothing", () => {
  const draft = { ...noCost, travel: "", personnel: "19.99" };
  expect(totalOf(costOf(draft, "USD"))).toBe(19_99);
  expect(moneyText(19_99, "USD", "en")).toBe("$19.99");
});
