import { expect, test } from "vitest";

import { guess, namesIn } from "./calendar";

const file = [
  "BEGIN:VCALENDAR",
  "SUMMARY:Not an event",
  "BEGIN:VEVENT",
  "SUMMARY:Maria",
  "  Solis",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "SUMMARY;LANGUAGE=en:Maria Solis",
  'ATTENDEE;CN="Beck, Tom";ROLE=REQ-PARTICIPANT:mailto:tom@example.org',
  "ATTENDEE:mailto:dan@example.org",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

test("the names of a calendar are what its events are called and who takes part", () => {
  expect(namesIn(file)).toEqual([
    { text: "Maria Solis", events: 2 },
    { text: "Beck, Tom", events: 1 },
    { text: "dan@example.org", events: 1 },
  ]);
});

test("somebody's whole name means them, in whichever case", () => {
  const persons = [{ id: "1", name: "Maria Solis" }];
  expect(guess("maria solis", persons)).toBe("1");
  expect(guess("Maria", persons)).toBeNull();
});
