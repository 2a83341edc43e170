import { expect, test } from "vitest";

import { inForce, maySign, type Decision, type Delegation } from "./decisions";

const [fire, police, state] = [
  { id: "f", code: "AHFPD" },
  { id: "p", code: "CCSO" },
  { id: "s", code: "STFIRE" },
];
const decision = { agreedAt: null, missing: [police] } as unknown as Decision;
const lets = { power: "SIGNATURE", from: police, to: state } as unknown as Delegation;

test("an agency signs for itself, and for those that let it", () => {
  expect(maySign(decision, [], "p")).toBe(true);
  expect(maySign(decision, [lets], "s")).toBe(true);
  expect(maySign(decision, [lets], fire.id)).toBe(false);
  expect(maySign(decision, [{ ...lets, power: "TACTICS" }], "s")).toBe(false);
  expect(maySign({ ...decision, agreedAt: "2026-01-01T00:00:00Z" }, [lets], "p")).toBe(false);
});

test("a delegation holds until its end", () => {
  const now = Date.parse("2026-01-01T12:00:00Z");
  expect(inForce({ until: null }, now)).toBe(true);
  expect(inForce({ until: "2026-01-01T11:59:00Z" }, now)).toBe(false);
});
