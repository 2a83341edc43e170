import { expect, test } from "vitest";

import { isWritten, languageOptions, OTHER } from "./languages";

const ids = (...of: Parameters<typeof languageOptions>) =>
  languageOptions(...of).map(({ id }) => id);

test("languages stand by their names, that of the reader first", () => {
  const [first, second] = languageOptions("es", [], "es", "Otro idioma…");
  expect(first).toEqual({ id: "es", label: "Español" });
  expect(second?.label).toBe("Alemán");
  expect(languageOptions("en", [], "en", "Another…").at(-1)).toEqual({
    id: OTHER,
    label: "Another…",
  });
});

test("one in which the message is put already is not offered again", () => {
  expect(ids("es", ["en"], "en", "")).not.toContain("en");
  expect(ids("es", ["en", "es"], "en", "")).toContain("es");
});

test("another tag that has a name is a choice of its own, and one without is written", () => {
  expect(ids("cy", [], "en", "")).toContain("cy");
  expect(isWritten("cy", "en")).toBe(false);
  for (const tag of ["", "c", "qzz"]) {
    expect(isWritten(tag, "en")).toBe(true);
    expect(ids(tag, [], "en", "")).not.toContain(tag);
  }
});
