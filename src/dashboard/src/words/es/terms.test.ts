import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { SaidTerm } from "../hub";
import { termText } from "./terms";

const fire = { name: "Harlan Ferry Fire Department" };
const sheriff = { name: "Merrow County Sheriff" };
const hospital = { name: "Iris Hospital" };

const plain: SaidTerm = {
  gives: [fire],
  receives: [sheriff],
  records: ["INCIDENT"],
  kinds: null,
  these: null,
  area: null,
  exercise: null,
  upTo: "AMBER",
  groups: ["STATUS", "IDENTITY"],
  place: "EXACT",
  time: "EXACT",
  passesOn: false,
  tellsWithheld: false,
  onward: false,
};

const said = (term: Partial<SaidTerm>, numbers: string[] | null = null) =>
  termText({ ...plain, ...term }, numbers);

test("a plain term says who shows whom what, and that it goes no further", () => {
  expect(said({})).toBe(
    "Harlan Ferry Fire Department muestra a Merrow County Sheriff sus incidentes (reales y de ejercicio), con marca TLP:AMBER a lo sumo: qué es y cómo está; no se pasa a otros.",
  );
});

test("a term has no part of which the sentence knows nothing", () => {
  const schema = join(import.meta.dirname, "../../../../../schema/hub.graphql");
  const [, type = ""] = /^type Term \{\n([^]*?)^\}/m.exec(readFileSync(schema, "utf8")) ?? [];
  const parts = [...type.matchAll(/^\t(\w+):/gm)].map(([, part]) => part);
  expect(Object.keys(plain).sort()).toEqual(parts.sort());
});

test("every part of a term is said", () => {
  const term = said({
    gives: [fire, hospital],
    receives: [],
    records: ["SIGNAL", "INCIDENT"],
    kinds: [{ name: "Flood" }, { name: "Dam failure" }],
    area: [[]],
    exercise: true,
    upTo: "GREEN",
    groups: ["HISTORY", "PLACE", "IDENTITY"],
    place: "KILOMETRE",
    time: "HOUR",
    passesOn: true,
    tellsWithheld: true,
    onward: true,
  });
  expect(term).toBe(
    "Harlan Ferry Fire Department e Iris Hospital muestran a nadie que usted pueda ver sus señales e incidentes (solo de ejercicio) que pertenecen a incidentes de las clases inundación y rotura de presa, en el área dibujada en el acuerdo, con marca TLP:GREEN a lo sumo: qué es, el lugar con precisión de 1 km y las horas con precisión de una hora; incluye lo que otros dieron y dejaron pasar; lo que se reserva se nombra como reservado; se puede pasar a otros.",
  );
});

test("incidents are named by their numbers where all are known, and counted else", () => {
  const these = ["a", "b"];
  expect(said({ these }, ["HF-1", "HF-2"])).toContain(
    "sus incidentes (reales y de ejercicio), solo HF-1 y HF-2, con marca",
  );
  expect(said({ these })).toContain(", solo 2 que se nombran en el acuerdo, con");
  expect(said({ these: ["a"] })).toContain(", solo uno que se nombra en el acuerdo, con");
  const many = ["a", "b", "c", "d", "e", "f"];
  expect(said({ these: many }, many)).toContain(", solo 6 que se nombran en el acuerdo, con");
  expect(said({ records: ["NOTE"], exercise: false, these }, ["HF-1", "HF-2"])).toContain(
    "sus notas del diario (solo reales) que pertenecen a incidentes, solo HF-1 y HF-2, con",
  );
});
