import { expect, test } from "vitest";

import type { Period } from "./objectives";
import { byPlace, goneFrom, postsToWork, type Post, type Resource } from "./work";

const resource = (id: string) => ({ id, name: id }) as unknown as Resource;
const work = (id: string, post: string | null, ...resources: string[]) =>
  ({
    id,
    post,
    place: id,
    resources: resources.map(resource),
  }) as unknown as Period["assignments"][0];
const [a, b] = [work("A", "post-a", "e1", "left"), work("B", "post-b", "e2")];
const period = { assignments: [a, b] };

test("a resource is told with where else it works, the free ones before those", () => {
  const placed = byPlace([resource("e2"), resource("e3"), resource("e1")], period, a);
  expect(placed.map(({ resource, at }) => [resource.id, at])).toEqual([
    ["e1", null],
    ["e3", null],
    ["e2", "B"],
  ]);
});

test("what has left the incident is to be taken off", () => {
  expect(goneFrom([resource("e1")], a).map(({ id }) => id)).toEqual(["left"]);
  expect(goneFrom([], null)).toEqual([]);
});

test("a post with an assignment gets no other, but may keep its own", () => {
  const post = (id: string, level: string) => ({ id, name: id, level }) as unknown as Post;
  const posts = [
    post("post-a", "DIVISION_GROUP"),
    post("post-b", "DIVISION_GROUP"),
    post("team", "TEAM"),
    post("ic", "COMMAND"),
  ];
  expect(postsToWork(posts, period, a).map(({ id }) => id)).toEqual(["post-a", "team"]);
});
