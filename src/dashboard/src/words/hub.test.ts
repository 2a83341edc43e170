import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { hub } from "./es/hub";
import { catalog } from "./es/catalog";
import {
  fixedIn,
  lineText,
  namesIn,
  reasonText,
  refusalText,
  watchText,
  type Templates,
} from "./hub";

const { phrases, refusals, timeline, watch } = hub;

const DOMAIN = join(import.meta.dirname, "../../../domain");
const paths = readdirSync(DOMAIN, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".rs"),
);
const read = (path: string) => readFileSync(join(DOMAIN, path), "utf8");
const sources = paths.map(read);

/** A sentence that the hub can say. */
interface Said {
  code: string;
  names: string[];
  text: string;
}

/** Sentences are `sentence!("CODE", "text with {names}", …)`. */
const saidIn = (source: string): Said[] =>
  [...source.matchAll(/sentence!\(\s*"(\w+)",\s*"((?:[^"\\]|\\[^])*)"/g)].map(
    ([, code = "", text = ""]) => ({ code, text, names: namesIn(text) }),
  );

/** What stands out is said by watchdogs and by the checks of a plan, and what happened elsewhere. */
const isWatch = (path: string) => path.startsWith("watch/") || path === "period/checks.rs";
const isSettled = ({ code }: Said) => code === "SETTLED";
const watched = paths.filter(isWatch).flatMap((path) => saidIn(read(path)));
const standsOut = watched.filter((said) => !isSettled(said));
const happened = [
  ...paths.filter((path) => !isWatch(path)).flatMap((path) => saidIn(read(path))),
  ...watched.filter(isSettled),
];

/** The text from `fn code` on. */
const codesOf = (source: string) => source.slice(source.indexOf("fn code(&self)"));

/** The enums of refusals: a variant has its text above it and its code in `code()`. */
const refused: Said[] = sources.flatMap((source) => {
  const [, variants = "", rest = ""] =
    /#\[serde\(untagged\)\]\n(?:#\[non_exhaustive\]\n)?pub enum \w+ \{\n([^]*?)\n\}([^]*)/.exec(
      source,
    ) ?? [];
  return variants
    .split(/^ {4}#\[error\(/m)
    .slice(1)
    .filter((variant) => !variant.startsWith("transparent"))
    .map((variant) => {
      const [text = "", head = ""] = variant.split(/\)\]\n/);
      const [, name = "", opens] = /^ +(\w+)([{(,]| \{)/.exec(head) ?? [];
      const fields = [...head.matchAll(/^ {8}(\w+):/gm)].map(([, field]) => field ?? "");
      const code = new RegExp(`Self::${name}\\b[^=]*=> "(\\w+)"`).exec(codesOf(rest))?.[1] ?? name;
      return { code, text, names: opens === "(" ? ["value"] : fields };
    });
});

const listed = (templates: Templates[string] | undefined) => [templates ?? []].flat();

/** What the hub says without there being a template all of whose values it gives. */
const untold = (all: Said[], table: Templates) =>
  all
    .filter(({ code, names }) =>
      listed(table[code]).every((one) => namesIn(one).some((name) => !names.includes(name))),
    )
    .map(({ code, names }) => [code, ...names].join(" "));

/** Templates that no sentence of the hub fits. */
const unsaid = (all: Said[], table: Templates) =>
  Object.entries(table).flatMap(([code, templates]) =>
    listed(templates).filter(
      (one) =>
        !all.some(
          (said) => said.code === code && namesIn(one).every((name) => said.names.includes(name)),
        ),
    ),
  );

/** Codes with more sentences of the hub than templates, or fewer. */
const miscounted = (all: Said[], table: Templates) =>
  Object.entries(table)
    .filter(([code, one]) => listed(one).length !== all.filter((said) => said.code === code).length)
    .map(([code]) => code);

const question = { code: "OPEN_QUESTION", text: "", names: ["question"] };

test("the sources are read", () => {
  expect(standsOut.length).toBeGreaterThan(15);
  expect(happened.length).toBeGreaterThan(65);
  expect(refused.length).toBeGreaterThan(240);
});

test("what stands out has its Spanish sentence", () => {
  expect(untold([...standsOut, question], watch)).toEqual([]);
  expect(unsaid([...standsOut, question], watch)).toEqual([]);
  expect(miscounted([...standsOut, question], watch)).toEqual([]);
});

test("what happened has its Spanish sentence", () => {
  expect(untold(happened, timeline)).toEqual([]);
  expect(unsaid(happened, timeline)).toEqual([]);
  expect(miscounted(happened, timeline)).toEqual([]);
});

test("each refusal has its Spanish sentence", () => {
  expect(untold(refused, refusals)).toEqual([]);
  expect(unsaid(refused, refusals)).toEqual([]);
  expect(miscounted(refused, refusals)).toEqual([]);
});

test("each question has its Spanish sentence", () => {
  const source = sources.find((text) => text.includes("pub enum Question")) ?? "";
  const codes = [...source.matchAll(/Self::\w+ => "([A-Z_]+)"/g)].map(([, code]) => code);
  expect(Object.keys(phrases["question"] ?? {})).toEqual(codes);
});

test("what policies permit people to do is told as the policies name it", () => {
  const schema = readFileSync(join(DOMAIN, "../../schema/policies.cedarschema"), "utf8");
  // The operator's actions, in the last group, are the hub's own.
  const [people = ""] = schema.split("action operate;");
  const actions = [...people.matchAll(/\baction ([\w,\s]+?)(?= in \[| appliesTo)/g)]
    .flatMap(([, names]) => (names ?? "").split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "see" && !/^(see|know)[A-Z]/.test(name));
  expect(actions.length).toBeGreaterThan(90);
  expect(Object.keys(phrases["NOT_PERMITTED.action"] ?? {}).sort()).toEqual(actions.sort());
});

test("what is told of fixed values is what the hub says", () => {
  const keys = Object.values(phrases).flatMap((known) => Object.keys(known));
  const catalogued = new Set(Object.keys(catalog).flatMap((name) => [name, name.toLowerCase()]));
  // Types of resources are counted, so they stand nowhere.
  const said = keys.filter((key) => /[a-z] /i.test(key) && !/^Type \d$/.test(key));
  // What varies may have been put together from several texts.
  const isIn = (source: string) => (key: string) => {
    const parts = fixedIn(key);
    return parts.length === 1
      ? source.includes(`"${key}"`)
      : parts.every((part) => source.includes(part.trim()));
  };
  const unknown = said.filter((key) => !catalogued.has(key));
  const all = [...sources, read("../sharing/explain.rs")];
  expect(unknown.filter((key) => !all.some((source) => isIn(source)(key)))).toEqual([]);
});

test("a refusal gives no value that its sentence does not tell", () => {
  const hidden = refused.filter(({ text, names }) =>
    names.some(
      (name) => !new RegExp(name === "value" ? "\\{(0|value)\\}" : `\\b${name}\\b`).test(text),
    ),
  );
  expect(hidden).toEqual([]);
});

test("a sentence is told in the language of the page, and in English where there is no other", () => {
  const span = {
    code: "SPAN_OF_CONTROL",
    sentence: "9 report to Planning",
    values: [
      { name: "reports", value: "9" },
      { name: "post", value: "Planning" },
    ],
  };
  expect(watchText(span, null)).toBe("9 report to Planning");
  expect(watchText(span, hub)).toMatch(/^9 dependen de Planning; /);
  expect(watchText({ ...span, code: "NEW" }, hub)).toBe("9 report to Planning");
  expect(watchText({ ...span, values: [] }, hub)).toBe("9 report to Planning");
});

test("the first of several sentences is told whose values are there", () => {
  const vacant = (values: { name: string; value: string }[]) =>
    watchText({ code: "SAFETY_OFFICER_VACANT", sentence: "", values }, hub);
  expect(vacant([{ name: "level", value: "3" }])).toContain("el incidente es de tipo 3");
  expect(vacant([])).toContain("lesionan al personal");
});

test("what varies within a value goes over into the other language", () => {
  const told = (problem: string) =>
    refusalText(
      {
        code: "PLACE_UNUSABLE",
        message: "",
        values: [
          { name: "field", value: "location.point" },
          { name: "problem", value: problem },
        ],
      },
      hub,
    );
  expect(told("longitude 91.5 and latitude -120 are not on the globe; are they swapped?")).toBe(
    "«punto» no es un lugar utilizable: longitud 91.5 y latitud -120 no están en el globo; ¿están intercambiadas?",
  );
  expect(
    told("its sides meet near longitude 1.50000, latitude 2.00000; draw rings that do not cross"),
  ).toContain("no se crucen");
  expect(told("something new")).toContain("something new");
});

test("values from a list are told in the language too, and others as they are", () => {
  const values = Object.entries({
    number: "HFD-1",
    from: "active",
    to: "reported",
    allowed: "contained, controlled",
  }).map(([name, value]) => ({ name, value }));
  expect(refusalText({ code: "STATUS_STEP_MISSING", message: "", values }, hub)).toBe(
    "el incidente HFD-1 está activo y no puede pasar a notificado; de ahí puede pasar a contenido, controlado",
  );
});

describe("a line of the timeline", () => {
  const line = (code: string, values: Record<string, string>, what = "said in English") =>
    lineText(
      { code, what, values: Object.entries(values).map(([name, value]) => ({ name, value })) },
      hub,
    );

  test("is told with the reason behind it, where one was given", () => {
    const values = { before: "active", after: "closed" };
    expect(line("INCIDENT_STATUS", values)).toBe("activo → cerrado");
    expect(line("INCIDENT_STATUS", { ...values, reason: "the water is down" })).toBe(
      "activo → cerrado: the water is down",
    );
    expect(line("INCIDENT_STATUS", { ...values, reason: "its last signal was expired" })).toBe(
      "activo → cerrado: su última señal quedó vencida",
    );
    const closed = { outcome: "met", objective: "No one in the water", reason: "all out" };
    expect(line("OBJECTIVE_CLOSED", closed)).toBe(
      "objetivo logrado: No one in the water (all out)",
    );
  });

  test("of a watchdog is told as what stands out is, and what is settled by that again", () => {
    const values = { hours: "16", post: "Safety Officer" };
    const told = "la misma persona ocupa Oficial de Seguridad desde hace 16 horas; relévela";
    expect(line("ON_DUTY_TOO_LONG", values)).toBe(told);
    const settled = { ...values, code: "ON_DUTY_TOO_LONG", item: "Safety Officer is held by …" };
    expect(line("SETTLED", settled)).toBe(`resuelto: ${told}`);
    expect(line("SETTLED", { ...settled, code: "NEW" })).toBe(
      "resuelto: Safety Officer is held by …",
    );
  });

  test("is English where there is no other, and none where it is withheld", () => {
    expect(line("NEW", {})).toBe("said in English");
    expect(lineText({ code: null, what: null, values: [] }, hub)).toBeNull();
  });
});

test("a reason of the rules is told, and what a person wrote stays as it is", () => {
  expect(
    reasonText(
      "its area overlaps incident HF-7 Mill, Pond, flash flood is a kind of flood, 3 hours apart",
      hub,
    ),
  ).toBe(
    "su área se superpone con el incidente HF-7 Mill, Pond, inundación repentina es una clase de inundación, con 3 horas de diferencia",
  );
  expect(
    reasonText(
      "rule `Floods` opened the incident from this message (rule `Old` could not be evaluated: no such key)",
      hub,
    ),
  ).toBe(
    "la regla «Floods» abrió el incidente a partir de este mensaje (no se pudo evaluar la regla «Old»: no such key)",
  );
  expect(reasonText("another valley, constructor (seen from the air)", hub)).toBe(
    "another valley, constructor (seen from the air)",
  );
});
