import { expect, test } from "vitest";

import { isPast, outlookInput, outlookRows } from "./outlook";

const rows = outlookRows(undefined);

test("cents are kept on the way to the hub and back", () => {
  const input = outlookInput({ ...rows, cost: "125000.55", currency: " USD " });
  expect(input.cost).toEqual({ amount: 12_500_055, currency: "USD" });
  expect(outlookInput({ ...rows, cost: "0.29" }).cost?.amount).toBe(29);
});

test("what is not written is not reported", () => {
  const { size, contained, cost, completion } = outlookInput(rows);
  expect([size, contained, cost, completion]).toEqual([null, null, null, null]);
});

test("a moment has passed once it is before now; none has not", () => {
  const now = Date.parse("2026-03-04T12:00:00Z");
  const local = (at: number) => {
    const moved = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
    return moved.toISOString().slice(0, 16);
  };
  expect(isPast(local(now - 60_000), now)).toBe(true);
  expect(isPast(local(now + 60_000), now)).toBe(false);
  expect(isPast("", now)).toBe(false);
});
