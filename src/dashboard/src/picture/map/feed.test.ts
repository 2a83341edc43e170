import { expect, test } from "vitest";

import type { Item } from "../../api/picture/reduce";
import { HOLLOW_MS } from "./features";
import { Feed, type Drawn } from "./feed";

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
const drawn = (change: Partial<Drawn> = {}): Drawn => ({
  wanted: () => true,
  areas: new Set(),
  now: NOW,
  military: false,
  ...change,
});

test("what looks the same is not sent again", () => {
  const feed = new Feed();
  expect(feed.update(["e"], pictureOf(engine()), drawn()).points.add.length).toBe(1);
  const again = feed.update(["e"], pictureOf(engine({ statusPlace: "x" })), drawn());
  expect(again.points).toEqual({ add: [], remove: [] });
});

test("what moved is sent, what lost its place or does not fit any more is removed once", () => {
  const feed = new Feed();
  feed.update(["e"], pictureOf(engine()), drawn());
  const moved = feed.update(["e"], pictureOf(engine({ position: [-121, 38] })), drawn());
  expect(moved.points.add[0]?.geometry.coordinates).toEqual([-121, 38]);
  const gone = feed.update(["e"], pictureOf(engine()), drawn({ wanted: () => false }));
  expect(gone.points.remove).toEqual(["e"]);
  expect(feed.update(["e"], pictureOf(), drawn()).points.remove).toEqual([]);
});

test("a position that nobody renewed is drawn hollow after a while", () => {
  const feed = new Feed();
  const items = pictureOf(engine());
  feed.update(["e"], items, drawn());
  const later = feed.update(feed.aging(items), items, drawn({ now: NOW + HOLLOW_MS }));
  expect(later.points.add[0]?.properties.look).toBe("Resource|truck|notice|hollow");
});
