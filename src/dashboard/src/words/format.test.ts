import { expect, test } from "vitest";

import { ageText, languageText, timeText, zonedText } from "./format";

test("ages are as short as a list needs them", () => {
  const minute = 60_000;
  expect([4_200, 61_000, 59 * minute, 61 * minute, 120 * minute].map(ageText)).toEqual([
    "4 s",
    "1 min",
    "59 min",
    "1 h 1 min",
    "2 h",
  ]);
  expect([30 * 60 * minute, 50 * 60 * minute].map(ageText)).toEqual(["30 h", "2 d"]);
  expect(ageText(-5)).toBe("0 s");
});

test("languages are called by their names, and what is no code stays as it is", () => {
  expect(languageText("es", "en")).toBe("Spanish");
  expect(languageText("en", "es")).toBe("Inglés");
  expect(languageText("e", "en")).toBe("e");
  expect(languageText("qzz", "en")).toBe("qzz");
});

test("a moment of another day has its date, and one of another year its year", () => {
  const now = new Date("2026-11-22T14:00:00Z");
  const told = (at: string) => timeText(new Date(at), now, "en", "UTC");
  expect(told("2026-11-22T13:05:00Z")).toBe("13:05");
  expect(told("2026-11-21T13:05:00Z")).toBe("Nov 21 13:05");
  expect(told("2020-11-22T13:05:00Z")).toBe("Nov 22, 2020 13:05");
});

test("a moment beside a field is told at the incident and in UTC, each once and with its zone", () => {
  const now = new Date("2026-11-22T14:00:00Z");
  const told = (zone: string) => zonedText(new Date("2026-11-23T02:05:00Z"), now, "en", zone);
  expect(told("America/Los_Angeles")).toBe("18:05 PST · Nov 23 02:05 UTC");
  expect(told("UTC")).toBe("Nov 23 02:05 UTC");
});
