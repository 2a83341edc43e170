import { expect, test } from "vitest";

import { happened, withHappened, type Line, type Note } from "./happened";

const incident = { id: "i", name: "Mill fire", number: "HFD-1" };
const at = (time: string) => `2026-11-22T${time}:00Z`;
const line = (time: string, code: string) =>
  ({ at: at(time), code, what: code, principal: "ic", values: [] }) as Line;
const note = (time: string) =>
  ({ id: time, text: time, author: "ic", writtenAt: at(time) }) as Note;
const since = Date.parse(at("12:00"));

test("what weighs is told with the notes, the newest first, and the rest is counted", () => {
  const found = happened(
    incident,
    [
      line("11:00", "COMMAND_ASSUMED"),
      line("12:10", "COMMAND_TRANSFERRED"),
      line("12:20", "RESOURCE_ASSIGNED"),
      line("12:40", "PLAN_APPROVED"),
    ],
    [note("11:30"), note("12:30")],
    since,
  );
  expect(found?.told.map(({ line, note }) => line?.code ?? note?.text)).toEqual([
    "PLAN_APPROVED",
    "12:30",
    "COMMAND_TRANSFERRED",
  ]);
  expect(found?.smaller).toBe(1);
  expect(happened(incident, [line("11:00", "PLAN_APPROVED")], [], since)).toBeNull();
});

test("an incident whose record looks as before is told of before what is beside incidents", () => {
  const other = { incident: null, entries: [] };
  const groups = withHappened([other], [{ incident, told: [], smaller: 3 }]);
  expect(groups.map((one) => one.incident?.id)).toEqual(["i", undefined]);
});
