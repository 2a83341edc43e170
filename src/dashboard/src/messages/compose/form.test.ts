import { expect, test } from "vitest";

import type { MessageWholeFragment } from "../../api/generated/graphql";
import { contentInput, emptyForm, formOf, planInput, type MessageForm } from "./form";
import { audienceInput } from "./selectors";

const form: MessageForm = {
  ...emptyForm("en", "incident"),
  wordings: [
    { language: "en", what: " Come ", who: "", where: "ICP", when: "", toDo: "", until: "" },
    { language: "es", what: "Vengan", who: "", where: "", when: "", toDo: "", until: "" },
  ],
  responses: [
    { meaning: "ACCEPT", labels: ["", ""] },
    { meaning: "OTHER", labels: ["Later"] },
  ],
  enough: [
    { count: "3", position: "OSC", organization: "" },
    { count: "", position: "", organization: "" },
  ],
};

test("texts are trimmed, and empty ones are not said", () => {
  expect(contentInput(form).wordings[0]).toEqual({
    language: "en",
    what: "Come",
    where: "ICP",
    who: null,
    when: null,
    toDo: null,
    until: null,
  });
});

test("an answer has the usual words, or one label for each language", () => {
  expect(contentInput(form).responses).toEqual([
    { meaning: "ACCEPT", labels: [] },
    { meaning: "OTHER", labels: ["Later", ""] },
  ]);
});

test("a condition without a number is none", () => {
  expect(planInput(form).enough).toEqual([{ count: 3, position: "OSC", organization: null }]);
});

test("parts of an audience that are not whole are left out", () => {
  const audience = audienceInput([
    { kind: "persons", persons: [{ id: "a", name: "A" }] },
    { kind: "persons", persons: [{ id: "a", name: "A" }] },
    { kind: "position", incident: "i", position: "" },
    { kind: "qualified", organization: "o", position: "OSC", type: "3" },
    { kind: "near", point: "37.5, -121.25", km: "2.5" },
    { kind: "near", point: "north", km: "2" },
  ]);
  expect(audience).toMatchObject({
    persons: ["a"],
    positions: [],
    qualified: [{ organization: "o", position: "OSC", type: 3 }],
    near: [{ position: [-121.25, 37.5], meters: 2_500 }],
  });
});

test("what was drafted comes back into the form as it was written", () => {
  const empty = { ...audienceInput([]), near: [], persons: [] };
  const message = {
    priority: "URGENT",
    public: true,
    exercise: false,
    incident: { id: "incident" },
    wordings: [
      { language: "en", what: "Come", who: null, where: null, when: null, toDo: null, until: null },
    ],
    responses: [],
    plan: {
      channels: ["SMS"],
      enough: [],
      expects: "ANSWER",
      until: "2026-11-22T14:30:00Z",
      intervalSeconds: 60,
      cycles: 3,
      askAgainMinutes: null,
      waves: [
        { afterMinutes: 0, anyOf: { ...empty, groups: [{ id: "g", name: "G" }] }, except: empty },
      ],
    },
  } as unknown as MessageWholeFragment;
  const back = formOf(message);
  expect(planInput(back)).toMatchObject({
    channels: ["SMS"],
    until: "2026-11-22T14:30:00.000Z",
    intervalSeconds: 60,
    waves: [{ afterMinutes: 0, anyOf: { groups: ["g"] }, except: null }],
  });
  expect(contentInput(back)).toMatchObject({ priority: "URGENT", public: true });
});
