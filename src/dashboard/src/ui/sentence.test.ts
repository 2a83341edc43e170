import { expect, test } from "vitest";

import { readable } from "./sentence";

test("moments in a sentence are told in the zone of the incident", () => {
  const now = new Date("2026-11-22T14:00:00Z");
  const sentence = "period 1 ends at 2026-11-22T14:13:18.189396Z, and no next period is planned";
  expect(readable(sentence, now, "en", "America/Los_Angeles")).toBe(
    "Period 1 ends at 06:13, and no next period is planned.",
  );
  expect(readable("ends 2026-11-22 14:13 UTC", now, "en", "America/Los_Angeles")).toBe(
    "Ends 06:13.",
  );
});

test("what is meant word for word stands in quotes as people write them", () => {
  expect(readable("`a.b` may not do this", new Date(), "en")).toBe("“a.b” may not do this.");
});
