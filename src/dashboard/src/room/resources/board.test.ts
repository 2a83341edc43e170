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

test("what is committed without more being shown of it is told", () => {
  const there = [resource("one", "CHECKED_IN"), resource("two", "CHECKED_IN")];
  const elsewhere = resource("three", "CHECKED_IN", { incident: { id: "other" } });
  const hidden = { ...resource("four", "CHECKED_IN"), commitments: [] };
  const beyond = beyondBoard([...there, elsewhere, hidden], "i");
  expect(beyond.map(({ id }) => id)).toEqual(["three", "four"]);
});
