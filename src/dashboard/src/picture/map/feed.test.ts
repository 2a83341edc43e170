import { expect, test } from "vitest";

import type { Item } from "../../api/picture/reduce";
import { HOLLOW_MS } from "./features";
import { Feed } from "./feed";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const engine = (change: object = {}) =>
  ({
    __typename: "Resource",
    id: "e",
    name: "Engine 81",
    exercise: false,
    resourceStatus: "ASSIGNED",
    resourceKind: { id: "fire-engine", class: "EQUIPMENT" },
    position: [-120, 38],
    positionAt: "2026-11-22T11:59:00Z",
    ...change,
  }) as Item;
const pictureOf = (...items: Item[]) => new Map(items.map((item) => [item.id, item]));
const all = () => true;

test("what looks the same is not sent again", () => {
  const feed = new Feed();
  expect(feed.update(["e"], pictureOf(engine()), all, NOW).points.add.length).toBe(1);
  const again = feed.update(["e"], pictureOf(engine({ statusPlace: "x" })), all, NOW);
  expect(again.points).toEqual({ add: [], remove: [] });
});

test("what moved is sent, what lost its place or does not fit any more is removed once", () => {
  const feed = new Feed();
  feed.update(["e"], pictureOf(engine()), all, NOW);
  const moved = feed.update(["e"], pictureOf(engine({ position: [-121, 38] })), all, NOW);
  expect(moved.points.add[0]?.geometry.coordinates).toEqual([-121, 38]);
  const gone = feed.update(["e"], pictureOf(engine()), () => false, NOW);
  expect(gone.points.remove).toEqual(["e"]);
  expect(feed.update(["e"], pictureOf(), all, NOW).points.remove).toEqual([]);
});

test("a position that nobody renewed is drawn hollow after a while", () => {
  const feed = new Feed();
  const items = pictureOf(engine());
  feed.update(["e"], items, all, NOW);
  const later = feed.update(feed.aging(items), items, all, NOW + HOLLOW_MS);
  expect(later.points.add[0]?.properties.look).toBe("Resource|truck|notice|hollow");
});
