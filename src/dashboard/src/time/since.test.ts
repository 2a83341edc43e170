import { expect, test } from "vitest";

import type { Item } from "../api/picture/reduce";
import { AWAY_MS, noteSeen } from "./lastSeen";
import { count, since } from "./since";

const incident = (id: string, change: object = {}) =>
  ({
    __typename: "Incident",
    id,
    name: id,
    number: id,
    status: "ACTIVE",
    lead: null,
    location: null,
    marking: null,
    attention: [],
    ...change,
  }) as unknown as Item;
const request = (id: string, incidentId: string, status: string) =>
  ({
    __typename: "ResourceRequest",
    id,
    requestStatus: status,
    filled: 0,
    quantity: 2,
    incident: { id: incidentId },
  }) as unknown as Item;
const picture = (...items: Item[]) => new Map(items.map((item) => [item.id, item]));

test("changes are told by incident: what is new, what changed, and what is gone", () => {
  const before = picture(incident("a"), incident("b"), request("r", "a", "SENT"));
  const now = picture(
    incident("a", { status: "CONTAINED" }),
    incident("c"),
    request("r", "a", "FILLED"),
  );
  const groups = since(before, now);
  expect(groups.map(({ incident: one }) => one?.id)).toEqual(["c", "a", "b"]);
  expect(groups[1]?.entries.map(({ changes }) => changes)).toEqual([
    [{ fact: "status", from: "ACTIVE", to: "CONTAINED" }],
    [{ fact: "status", from: "SENT", to: "FILLED" }],
  ]);
  expect(count(groups)).toEqual({ new: 1, changed: 2, gone: 1 });
});

test("nothing changed is nothing told", () => {
  expect(since(picture(incident("a")), picture(incident("a")))).toEqual([]);
});

test("an absence begins when somebody was last here, and stays until they have seen it", () => {
  const first = noteSeen(null, 0);
  expect(first).toEqual({ at: 0, since: null });
  expect(noteSeen(first, AWAY_MS)).toEqual({ at: AWAY_MS, since: null });
  const back = noteSeen(first, AWAY_MS + 1);
  expect(back.since).toBe(0);
  expect(noteSeen(back, 10 * AWAY_MS).since).toBe(0);
});
