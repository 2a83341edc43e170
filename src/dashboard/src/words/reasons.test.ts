import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { hub } from "./es/hub";
import { explainedText, namesIn } from "./hub";

const ROOT = join(import.meta.dirname, "../../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const found = (text: string, what: RegExp) => [...text.matchAll(what)].map(([, one]) => one ?? "");

const policies = found(read("ops/policies/default.cedar"), /^@id\("([^"]+)"\)\n@says\(/gm);
const explain = read("src/sharing/explain.rs");
const others = [...explain.matchAll(/sentence!\(\s*"(\w+)",\s*"([^"]*)"/g)].map(
  ([, code = "", text = ""]) => ({ code, names: namesIn(text) }),
);

/** How the whole begins, which is no reason. */
const wholes = ["SHOWN", "HIDDEN"];

test("every policy of the hub, and whatever else may decide, has its Spanish sentence", () => {
  expect(policies.length).toBeGreaterThan(30);
  expect(policies.length).toBe(found(read("ops/policies/default.cedar"), /^(@id)\(/gm).length);
  const codes = new Set([...policies, ...others.map(({ code }) => code)]);
  const told = Object.keys(hub.reasons).filter((code) => !wholes.includes(code));
  expect(told.sort()).toEqual([...codes].sort());
});

test("a reason tells all that is said of it", () => {
  for (const { code, names } of others) {
    const templates = [hub.reasons[code] ?? []].flat();
    expect(templates.map((one) => namesIn(one).sort())).toContainEqual(names.sort());
  }
});

test("how exactly something is shown has its Spanish words", () => {
  const said = found(explain, /Some\("(to [^"]+)"\)/g);
  expect(Object.keys(hub.phrases["exactness"] ?? {})).toEqual(said);
});

const reason = (code: string, sentence: string, values: Record<string, string> = {}) => ({
  code,
  sentence,
  values: Object.entries(values).map(([name, value]) => ({ name, value })),
});

test("an explanation is told with all its reasons", () => {
  const explained = {
    shown: true,
    exactness: "to 1 km",
    reasons: [
      reason("AGREEMENT_TERM", "term 2 of the agreement “Valley; and more” says so", {
        term: "2",
        title: "Valley; and more",
      }),
      reason("GLASS_BROKEN", "somebody broke the glass"),
      reason("of-next-year", "the policy `of-next-year` says so"),
    ],
    sentence:
      "shown to 1 km, because term 2 of the agreement “Valley; and more” says so; and somebody " +
      "broke the glass; and the policy `of-next-year` says so",
  };
  expect(explainedText(explained, hub)).toEqual([
    "se muestra con precisión de 1 km, porque lo dice el punto 2 del acuerdo «Valley; and more»",
    "alguien rompió el cristal",
    "the policy `of-next-year` says so",
  ]);
  expect(explainedText(explained, null)).toEqual([
    "shown to 1 km, because term 2 of the agreement “Valley; and more” says so",
    "somebody broke the glass",
    "the policy `of-next-year` says so",
  ]);
  const hidden = { ...explained, shown: false, exactness: null, reasons: [reason("red", "TLP")] };
  expect(explainedText(hidden, hub)).toEqual([
    "se oculta, porque TLP:RED es solo para la persona que lo marcó",
  ]);
});
