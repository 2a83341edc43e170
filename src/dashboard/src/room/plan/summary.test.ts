import { expect, test } from "vitest";

import { freshDamage, summaryInput, summaryRows } from "./summary";

test("a summary that nobody changed is written as it stands, without its last correction", () => {
  const people = {
    fatalities: 0,
    injured: 2,
    evacuated: 3900,
    trapped: 0,
    missing: 0,
    sheltering: 410,
    inShelters: 60,
    immunized: 0,
    needImmunization: 0,
    quarantined: 0,
  };
  const outlook = {
    size: { amount: 340, unit: "HECTARES" as const },
    contained: 60,
    measures: ["REPOPULATION_IN_PROGRESS" as const],
    projections: [{ within: "HOURS_12" as const, activity: "The wind turns", threats: null }],
    discussion: null,
    finalSize: null,
    completion: "2026-05-03T18:00:00.000Z",
    demobilization: null,
    cost: { amount: 1_250_50, currency: "USD" },
    finalCost: null,
  };
  const input = summaryInput(
    summaryRows({
      events: "Fire in Alder Heights",
      public: people,
      responders: { ...people, evacuated: 0 },
      confirmedBy: null,
      correction: "one was counted twice",
      damage: [{ kind: "SINGLE_RESIDENCE", threatened: 140, damaged: 6, destroyed: 3 }],
      needs: [
        {
          within: "HOURS_12",
          kind: "engine",
          type: 3,
          quantity: 5,
          ordered: true,
          request: { id: "r", number: "AHFPD-RR-2026-0001" },
          since: "2026-05-01T12:00:00Z",
        },
      ],
      weather: null,
      threats: null,
      remarks: null,
      outlook,
    }),
  );
  expect(input.outlook).toEqual(outlook);
  expect(input.public).toEqual(people);
  expect(input.correction).toBeNull();
  expect(input.damage).toEqual([
    { kind: "SINGLE_RESIDENCE", threatened: 140, damaged: 6, destroyed: 3 },
  ]);
  expect(input.needs).toEqual([
    { within: "HOURS_12", kind: "engine", type: 3, quantity: 5, request: "r" },
  ]);
});

test("another row of structures is of a kind that has none yet", () => {
  const first = freshDamage([]);
  expect([first.kind, freshDamage([first]).kind]).toEqual(["SINGLE_RESIDENCE", "NON_RESIDENTIAL"]);
});
