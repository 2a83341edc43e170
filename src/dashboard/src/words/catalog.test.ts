import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { called, resourceCalled, resourceNames, typedCalled } from "./catalog";
import { catalog } from "./es/catalog";
import { hazards } from "./es/catalog/hazards";
import { positions } from "./es/catalog/positions";
import { resources } from "./es/catalog/resources";

const ROOT = join(import.meta.dirname, "../../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const found = (text: string, what: RegExp) => [...text.matchAll(what)].map(([, one]) => one ?? "");

test("every kind of hazard has its Spanish name, and nothing else has", () => {
  const names = found(read("src/domain/hazard.rs"), /^ {4}row\("[^"]+", "([^"]+)"/gm);
  expect(names.length).toBeGreaterThan(40);
  expect(Object.keys(hazards)).toEqual(names);
});

test("every position has its Spanish title, and so has everybody who meets", () => {
  const titles = found(read("src/domain/structure/positions.yaml"), /title: ([^,]+),/g);
  const meetings = read("src/domain/period/meetings.rs");
  const [, leads = "", attendees = ""] = meetings.split(/pub const fn (?:leads|attendees)\(/);
  const meet = found(`${leads}${attendees.split("\n    }\n")[0] ?? ""}`, /"([^"]+)"/g).filter(
    (one) => !/briefing|meeting|preparation/.test(one),
  );
  expect(titles.length).toBeGreaterThan(70);
  expect(meet.length).toBeGreaterThan(20);
  expect(new Set(Object.keys(positions))).toEqual(new Set([...titles, ...meet]));
});

test("every kind of resource that comes with the hub is called by its name in each language", () => {
  const folder = join(ROOT, "ops/resource-types");
  const all = readdirSync(folder).map((file) => read(`ops/resource-types/${file}`));
  const known = all.flatMap((text) =>
    [...text.matchAll(/^- id: (.+)\n(?: {2}.+\n)*? {2}name: (.+)$/gm)].map(
      ([, id = "", name = ""]) => [id, name.replace(/^"|"$/g, "")] as const,
    ),
  );
  expect(Object.entries(resourceNames).sort()).toEqual(known.sort());
  expect(new Set(Object.keys(resources))).toEqual(new Set(Object.values(resourceNames)));
});

test("what somebody has named themselves stays as it is", () => {
  expect(called("Wildland fire", catalog)).toBe("Incendio forestal");
  expect(called("Wildland fire", {})).toBe("Wildland fire");
  expect(called("Pumping Group", catalog)).toBe("Pumping Group");
  expect(resourceCalled("fire-engine", catalog)).toBe("Autobomba");
  expect(resourceCalled("fire-engine", {})).toBe("Engine, fire");
  const typed = (type: number) => `tipo ${type}`;
  expect(typedCalled("Engine, fire, Type 3", catalog, typed)).toBe("Autobomba, tipo 3");
  expect(typedCalled("Rescue boat", catalog, typed)).toBe("Bote de rescate");
  expect(resourceCalled("our-own-kind", catalog)).toBe("our-own-kind");
});
