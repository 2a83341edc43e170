import { expect, test } from "vitest";

import { tellsLead } from "./lead";

const incident = { lead: null, owner: null, openedByRule: null, withheld: [] };

test("that nobody leads is taken for true only where it would be told who does", () => {
  expect(tellsLead({ ...incident, owner: { code: "HFD" } })).toBe(true);
  expect(tellsLead({ ...incident, openedByRule: "flood-warning" })).toBe(true);
});

test("what a person opened has an owner, so where none is told, it is not shown", () => {
  expect(tellsLead(incident)).toBe(false);
  expect(tellsLead({ ...incident, openedByRule: "flood", withheld: ["COMMAND"] })).toBe(false);
});
