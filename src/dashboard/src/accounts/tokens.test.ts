import { expect, test } from "vitest";

import type { Token } from "./documents";
import { sorted, standing } from "./tokens";

const NOW = Date.parse("2026-06-01T00:00:00Z");

const token = (label: string, expires: string, revoked: string | null = null): Token => ({
  id: label,
  label,
  account: null,
  scopes: ["INGEST"],
  created: "2026-01-01T00:00:00Z",
  expires,
  revoked,
  lastUsed: null,
  organization: null,
  storedQueries: null,
});
const late = token("late", "2027-01-01T00:00:00Z");
const soon = token("soon", "2026-06-02T00:00:00Z");
const over = token("over", "2026-05-01T00:00:00Z");
const back = token("back", "2027-01-01T00:00:00Z", "2026-05-01T00:00:00Z");

test("a token works until it expires or is taken back", () => {
  expect([late, over, back].map((one) => standing(one, NOW))).toEqual([
    "works",
    "expired",
    "revoked",
  ]);
});

test("what ends soonest comes first, what works no longer apart", () => {
  const { working, past } = sorted([late, soon, over, back], NOW);
  expect(working).toEqual([soon, late]);
  expect(past).toEqual([over, back]);
});
