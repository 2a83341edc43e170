import { describe, expect, test } from "vitest";

import {
  density,
  momentOf,
  played,
  spanFor,
  spans,
  speedFor,
  stepAt,
  stepOf,
  STEPS,
} from "./moments";

const END = Date.UTC(2026, 10, 22, 12);

describe("a step of the scrubber", () => {
  test("and its moment belong to each other", () => {
    for (const span of spans) {
      for (const step of [0, 1, 90, STEPS - 1, STEPS]) {
        expect(stepAt(momentOf(step, END, span), END, span)).toBe(step);
      }
    }
  });

  test("is the present at the end, and never before the span", () => {
    expect(momentOf(STEPS, END, "1h")).toBeNull();
    expect(stepAt(END - 100 * 3_600_000, END, "1h")).toBe(0);
    expect(momentOf(-5, END, "1h")).toBe(END - 3_600_000);
    expect(stepOf("1h")).toBe(20_000);
  });
});

test("the span chosen for a moment is the shortest that reaches it", () => {
  expect(spanFor(END - 10_000, END)).toBe("15m");
  expect(spanFor(END - 2 * 3_600_000, END)).toBe("6h");
  expect(spanFor(0, END)).toBe("7d");
});

test("playing goes on faster than in reality, and ends in the present", () => {
  expect(speedFor("1h")).toBe(60);
  expect(played(END - 600_000, 1_000, 60, END)).toBe(END - 540_000);
  expect(played(END - 30_000, 1_000, 60, END)).toBeNull();
});

test("changes are counted where they fell, those outside of the span nowhere", () => {
  const hour = 3_600_000;
  const moments = [END - hour, END - hour + 1, END - hour / 2, END - 1, END - 2 * hour, END + 5];
  expect(density(moments, END, "1h", 4)).toEqual([2, 0, 1, 1]);
});
