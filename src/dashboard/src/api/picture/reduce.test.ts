import { describe, expect, test } from "vitest";

import { Picture } from "./picture";
import { carryOut, carryTogether, difference, type Changes, type Item } from "./reduce";

const item = (id: string, name = id) => ({ __typename: "Incident", id, name }) as Item;
const event = (part: Partial<Changes>): Changes => ({
  sequence: "s",
  added: [],
  updated: [],
  removed: [],
  ...part,
});

describe("events carried together", () => {
  test("leave of a record only its last look", () => {
    const diff = carryTogether([
      event({ added: [item("a", "first")] }),
      event({ updated: [item("a", "second")] }),
    ]);
    expect([...diff.put.values()]).toEqual([item("a", "second")]);
  });

  test("that remove a record leave nothing of it, and that add it again leave it", () => {
    const gone = carryTogether([event({ added: [item("a")] }), event({ removed: [{ id: "a" }] })]);
    expect(gone.put.size).toBe(0);
    expect([...gone.removed]).toEqual(["a"]);
    const back = carryTogether([event({ removed: [{ id: "a" }] }), event({ added: [item("a")] })]);
    expect([...back.put.keys()]).toEqual(["a"]);
    expect(back.removed.size).toBe(0);
  });

  test("come to the same as one after the other", () => {
    const events = [
      event({ added: [item("a"), item("b")] }),
      event({ updated: [item("a", "x")], removed: [{ id: "b" }] }),
      event({ added: [item("c")] }),
    ];
    const together = new Map([["b", item("b")]]);
    const single = new Map(together);
    carryOut(together, carryTogether(events));
    for (const one of events) carryOut(single, carryTogether([one]));
    expect(together).toEqual(single);
  });
});

test("a whole picture that is read anew removes what is not on it any more", () => {
  const before = new Map([
    ["a", item("a")],
    ["b", item("b")],
  ]);
  carryOut(before, difference(before, [item("b", "new"), item("c")]));
  expect([...before.values()]).toEqual([item("b", "new"), item("c")]);
});

test("a picture carries out many events at once, and keeps the last cursor", () => {
  const frames: (() => void)[] = [];
  const picture = new Picture({ schedule: (work) => frames.push(work) });
  let told = 0;
  picture.follow(() => (told += 1));
  for (let n = 0; n < 1_000; n += 1) {
    picture.take(event({ sequence: `s${n}`, added: [item("a", `${n}`)] }));
  }
  expect(frames.length).toBe(1);
  frames[0]?.();
  expect(told).toBe(1);
  expect(picture.cursor).toBe("s999");
  expect(picture.items.get("a")).toEqual(item("a", "999"));
});
