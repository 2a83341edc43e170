import { expect, test } from "vitest";

import { refusalText, valueText, watchText } from "../../hub";
import { hub } from "./index";

const values = (all: Record<string, string>) =>
  Object.entries(all).map(([name, value]) => ({ name, value }));

test("a post that is called by its position is named in Spanish, and others as they are", () => {
  const span = (post: string) =>
    watchText(
      { code: "SPAN_OF_CONTROL", sentence: "", values: values({ reports: "9", post }) },
      hub,
    );
  expect(span("Planning Section Chief")).toMatch(
    /^9 dependen de Jefe de la Sección de Planificación; /,
  );
  expect(span("Water Rescue Group")).toMatch(/^9 dependen de Water Rescue Group; /);
});

test("a kind of resource that a check names by its id is called by its name", () => {
  const need = values({
    kind: "fire-engine Type 3",
    lacking: "1",
    number: "2",
    place: "Staging Area Manager",
    required: "4",
  });
  expect(watchText({ code: "NEED_NOT_ORDERED", sentence: "", values: need }, hub)).toMatch(
    /^a Encargado del Área de Espera le faltan 1 de 4 Autobomba tipo 3 en el período 2; /,
  );
});

test("what somebody lacks for a post is told, one by one and together", () => {
  const few = "qualified as IC type 4, and type 3 is needed";
  const told = "tiene la calificación IC tipo 4, y se necesita el tipo 3";
  expect(valueText("reasons", few, hub)).toBe(told);
  const reasons = `${few}; the qualification as OSC has expired`;
  const message = refusalText(
    { code: "WAIVER_NEEDED", message: "", values: values({ name: "Dana", reasons }) },
    hub,
  );
  expect(message).toContain(`${told}; la calificación como OSC venció;`);
});
