import { expect, test } from "vitest";

import type { Period } from "./objectives";
import { requestFor, withOrder } from "./parts";

type Need = Period["needs"][number];

const need = (place: string, more: Partial<Need> = {}): Need => ({
  place,
  kind: "engine",
  type: 3,
  required: 5,
  have: 2,
  need: 3,
  reporting: null,
  arrival: null,
  overhead: null,
  equipment: null,
  request: null,
  since: "2026-01-01T00:00:00Z",
  riskAccepted: null,
  riskAcceptedBy: null,
  ...more,
});
const assignments = [{ place: "Division A", tasks: "Hold the line" }] as Period["assignments"];

test("what a line lacks is asked for, to where the work begins", () => {
  const asked = requestFor(need("Division A", { reporting: "Mill gate" }), { assignments });
  expect(asked).toEqual({
    kind: "engine",
    type: "3",
    quantity: "3",
    purpose: "Hold the line",
    place: "Mill gate",
  });
});

test("where nobody said where to report, it is the place of the work", () => {
  expect(requestFor(need("Division B"), { assignments })).toMatchObject({
    purpose: "Division B",
    place: "Division B",
  });
});

test("one line is ordered, and the others stay as they are", () => {
  const needs = [need("Division A"), need("Division B", { request: "HFD-RR-2026-0001" })];
  const written = withOrder(needs, need("Division A"), "HFD-RR-2026-0002");
  expect(written.map(({ request }) => request)).toEqual(["HFD-RR-2026-0002", "HFD-RR-2026-0001"]);
});
