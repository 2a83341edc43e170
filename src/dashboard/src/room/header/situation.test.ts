import { expect, test } from "vitest";

import type { RoomIncident } from "../room";
import { dueOf, strengthOf } from "./situation";

const commitment = (stage: string, more: object = {}) => ({
  stage,
  people: 4,
  ended: null,
  expected: null,
  assignedTo: null,
  incident: { id: "i" },
  ...more,
});

const resources = (...all: object[]) =>
  all.map((one, n) => ({
    id: `${n}`,
    status: null,
    commitments: [one],
  })) as unknown as RoomIncident["resources"]["nodes"];

test("strength counts what is here, what comes and what leaves, on this incident alone", () => {
  const strength = strengthOf(
    resources(
      commitment("CHECKED_IN"),
      commitment("CHECKED_IN", { assignedTo: { name: "Division A" } }),
      commitment("EN_ROUTE"),
      commitment("DEMOBILIZING"),
      commitment("CHECKED_IN", { incident: { id: "other" } }),
      commitment("RELEASED", { ended: "2026-01-01T00:00:00Z" }),
    ),
    "i",
  );
  expect(strength).toEqual({ here: 2, people: 12, waiting: 1, coming: 1, leaving: 1, beyond: 1 });
});

test("what falls due comes in its order, without what is closed or filled", () => {
  const incident = {
    currentPeriod: {
      number: 2,
      end: "2026-01-01T18:00:00Z",
      objectives: [
        { text: "Hold the ridge", deadline: "2026-01-01T16:00:00Z", closed: null },
        { text: "Done", deadline: "2026-01-01T15:00:00Z", closed: { outcome: "MET" } },
      ],
    },
    requests: {
      nodes: [
        { number: "R1", requestStatus: "FILLED", wantedBy: "2026-01-01T14:00:00Z" },
        { number: "R2", requestStatus: "SENT", wantedBy: "2026-01-01T17:00:00Z" },
        {
          number: "R3",
          requestStatus: null,
          question: { state: "OFFERED" },
          wantedBy: "2026-01-01T13:00:00Z",
        },
      ],
    },
  } as unknown as RoomIncident;
  expect(dueOf(incident).map((due) => due.name)).toEqual(["Hold the ridge", "R2", "2"]);
});
