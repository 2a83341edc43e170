import { expect, test } from "vitest";

import { contradictions, current, type AttachedSignal } from "./compare";

const report = (signal: object) =>
  ({
    signal: { state: "LIVE", infos: [], severity: null, certainty: null, urgency: null, ...signal },
  }) as unknown as AttachedSignal;

test("reports contradict each other by what both say, not by what one leaves open", () => {
  const reports = [
    report({ severity: "SEVERE", certainty: "UNKNOWN", urgency: "FUTURE" }),
    report({ severity: "MINOR", certainty: "OBSERVED", urgency: "FUTURE" }),
  ];
  expect([...contradictions(reports)]).toEqual(["severity"]);
});

test("what does not count any more is left out while something counts", () => {
  const [live, old] = [report({}), report({ state: "SUPERSEDED" })];
  expect(current([live, old])).toEqual([live]);
  expect(current([old])).toEqual([old]);
  const over = report({ state: "EXPIRED" });
  expect(current([old, over])).toEqual([over]);
});
