import { describe, expect, test } from "vitest";

import {
  byFitness,
  capacityFor,
  mayReportTo,
  nameFor,
  treeOf,
  type Person,
  type Position,
  type Post,
} from "./tree";

const post = (id: string, level: string, reportsTo?: string, more: object = {}) =>
  ({
    id,
    name: id,
    level,
    position: id,
    reportsTo: reportsTo === undefined ? null : { id: reportsTo },
    assignments: [],
    ...more,
  }) as unknown as Post;

const posts = [
  post("DIVS", "DIVISION_GROUP", "OSC"),
  post("IC", "COMMAND"),
  post("OSC", "SECTION", "IC"),
  post("SOFR", "COMMAND_STAFF", "IC"),
  post("lost", "UNIT", "not shown"),
];

test("the tree has staff before sections, and keeps what has no supervisor to be seen", () => {
  const [ic, lost] = treeOf(posts, []);
  expect(ic?.children.map(({ id }) => id)).toEqual(["SOFR", "OSC"]);
  expect(ic?.children[1]?.children.map(({ id }) => id)).toEqual(["DIVS"]);
  expect(lost?.id).toBe("lost");
});

describe("a post may report", () => {
  const positions = [
    { code: "DIVS", reportsTo: ["OSC"] },
    { code: "OSC", reportsTo: ["IC"] },
  ] as Position[];
  const may = (id: string, above: string) => {
    const [from, to] = [id, above].map((one) => posts.find((post) => post.id === one));
    return from && to ? mayReportTo(from, to, positions, posts) : null;
  };
  test("to those that its position says", () => {
    expect(may("DIVS", "OSC")).toBe(true);
    expect(may("DIVS", "SOFR")).toBe(false);
  });
  test("never to itself or to what is under it", () => {
    expect(may("OSC", "OSC")).toBe(false);
    expect(may("OSC", "DIVS")).toBe(false);
  });
});

test("who comes second backs the holder up, as the level has it", () => {
  const held = { assignments: [{ capacity: "PRIMARY" }] };
  expect(capacityFor(post("a", "SECTION"))).toBe("PRIMARY");
  expect(capacityFor(post("a", "SECTION", "b", held))).toBe("DEPUTY");
  expect(capacityFor(post("a", "COMMAND_STAFF", "b", held))).toBe("ASSISTANT");
});

test("those who are qualified come first, and of them those who hold nothing", () => {
  const person = (id: string, ...positions: string[]) =>
    ({
      id,
      name: id,
      forgotten: false,
      qualifications: positions.map((position) => ({ position, status: "QUALIFIED", type: 3 })),
    }) as unknown as Person;
  const busy = post("OSC", "SECTION", "IC", { assignments: [{ person: { id: "b" } }] });
  const sorted = byFitness([person("a"), person("b", "OSC"), person("c", "OSC")], "OSC", [busy]);
  expect(sorted.map(({ id }) => id)).toEqual(["c", "b", "a"]);
});

test("divisions take the next letter", () => {
  const position = { code: "DIVS" } as Position;
  expect(nameFor(position, [post("Division A", "DIVISION_GROUP")])).toBe("Division B");
});
