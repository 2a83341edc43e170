import { expect, test } from "vitest";

import { beyondBoard, cardsOf, columnsOf, type BoardPost, type BoardResource } from "./board";

const resource = (id: string, stage: string, more: object = {}) =>
  ({
    id,
    name: id,
    commitments: [
      {
        number: 1,
        stage,
        people: 3,
        ended: null,
        assignedTo: null,
        incident: { id: "i" },
        ...more,
      },
    ],
  }) as unknown as BoardResource;

const posts = [
  { id: "a", name: "Division A", level: "DIVISION_GROUP" },
  { id: "osc", name: "Operations", level: "SECTION" },
] as BoardPost[];

test("a column for each division, and for where something works besides", () => {
  const cards = cardsOf(
    [
      resource("one", "EN_ROUTE"),
      resource("two", "CHECKED_IN"),
      resource("three", "CHECKED_IN", { assignedTo: { name: "Staging", post: null } }),
      resource("four", "DEMOBILIZING"),
      resource("elsewhere", "CHECKED_IN", { incident: { id: "other" } }),
      resource("gone", "RELEASED", { ended: "2026-01-01T00:00:00Z" }),
    ],
    "i",
  );
  const columns = columnsOf(cards, posts);
  expect(columns.map(({ key, cards }) => [key, cards.length])).toEqual([
    ["coming", 1],
    ["waiting", 1],
    ["a", 0],
    ["Staging", 1],
    ["leaving", 1],
  ]);
  expect(columns.map(({ people }) => people)).toEqual([3, 3, 0, 3, 3]);
});

test("what was counted and is not on the board is told", () => {
  const cards = cardsOf([resource("one", "CHECKED_IN")], "i");
  const line = (id: string, present: number | null) => ({
    resource: { id },
    present,
    expected: 5,
  });
  expect(beyondBoard([line("one", 3), line("two", 4), line("three", null)], cards)).toEqual({
    resources: 2,
    people: 9,
  });
});
