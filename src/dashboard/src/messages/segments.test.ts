import { expect, test } from "vitest";

import { lengthOf } from "./segments";
import { shares, standsAt } from "./standing";

test("a text of the common alphabet has 160 characters, and 153 in each of several", () => {
  expect(lengthOf("a".repeat(160))).toEqual({ characters: 160, segments: 1, wide: false });
  expect(lengthOf("a".repeat(161)).segments).toBe(2);
  expect(lengthOf("a".repeat(307)).segments).toBe(3);
  expect(lengthOf("{".repeat(81)).segments).toBe(2);
});

test("one character of another alphabet leaves 70", () => {
  expect(lengthOf("í".repeat(70))).toEqual({ characters: 70, segments: 1, wide: true });
  expect(lengthOf("í".repeat(71)).segments).toBe(2);
});

test("a draft for the public is held until somebody released it", () => {
  const draft = { stage: "DRAFT" as const, public: true, release: null };
  expect(standsAt(draft)).toBe("HELD");
  expect(standsAt({ ...draft, public: false })).toBe("DRAFT");
  expect(standsAt({ ...draft, public: false }, true)).toBe("HELD");
  expect(standsAt({ ...draft, release: { by: "a", at: "", digest: "" } })).toBe("RELEASED");
  expect(standsAt({ ...draft, stage: "RUNNING" })).toBe("RUNNING");
});

test("shares come in the order in which people look", () => {
  const counts = [
    { standing: "WAITING" as const, count: 4 },
    { standing: "NEEDS_HELP" as const, count: 1 },
    { standing: "ACCEPTED" as const, count: 0 },
  ];
  expect(shares(counts).map(({ standing }) => standing)).toEqual(["NEEDS_HELP", "WAITING"]);
});
