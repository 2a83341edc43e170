import { expect, test } from "vitest";

import type { Item } from "../api/picture/reduce";
import { attention as words } from "../words/en/attention";
import { plan } from "../words/en/room/plan";
import { entriesOf } from "./entries";
import { levelOf, type Sources } from "./entry";
import { hrefOf } from "./hrefs";

const now = Date.parse("2026-11-22T12:00:00Z");
const nothing: Sources = {
  attention: [],
  clocks: null,
  owed: null,
  running: [],
  drafts: { toRelease: [], toLaunch: [], held: [] },
  items: new Map(),
  own: "HFD",
  now,
  words,
  meetingKinds: plan.meetingKinds,
  hub: null,
};

const concern = (part: Partial<Sources["attention"][number]>): Sources["attention"][number] => ({
  code: "SPAN_OF_CONTROL",
  level: "WARNING",
  sentence: "too many report to one",
  values: [],
  since: "2026-11-22T11:00:00Z",
  about: { id: "post", kind: "POST" },
  owner: { code: "HFD" },
  waits: null,
  person: null,
  incident: { id: "i", number: "HFD-1", lead: { code: "HFD" } },
  ...part,
});

test("what presses most comes first, then what is longest so", () => {
  const entries = entriesOf({
    ...nothing,
    attention: [
      concern({ sentence: "b" }),
      concern({ sentence: "a", since: "2026-11-22T10:00:00Z" }),
      concern({ sentence: "c", level: "ALARM" }),
    ],
  });
  expect(entries.map(({ sentence }) => sentence)).toEqual(["c", "a", "b"]);
});

test("each is mine, waited for by me, or others'", () => {
  const entries = entriesOf({
    ...nothing,
    attention: [
      concern({}),
      concern({ owner: { code: "WFO" }, waits: { code: "HFD" } }),
      concern({ owner: { code: "WFO" }, sentence: "another" }),
      concern({ owner: null, incident: { id: "i", number: "1", lead: { code: "WFO" } } }),
      concern({ owner: null, incident: null }),
    ],
  });
  const count = (whose: string) => entries.filter((entry) => entry.whose === whose).length;
  expect([count("mine"), count("waiting"), count("others")]).toEqual([2, 1, 2]);
});

test("what many have to do about one record is one entry", () => {
  const [entry, ...more] = entriesOf({
    ...nothing,
    attention: ["WFO", "GRID"].map((code) =>
      concern({ owner: { code }, waits: { code: "HFD" }, about: { id: "r", kind: "OFFER" } }),
    ),
  });
  expect([entry?.owner, more.length]).toEqual(["WFO, GRID", 0]);
});

test("a request that one was asked is answered from the column", () => {
  const request = {
    __typename: "ResourceRequest",
    id: "r",
    number: "WFO-RR-1",
    quantity: 2,
    need: { definition: "PUMP", type: null },
    question: { state: "AWAITED" },
  } as unknown as Item;
  const question = concern({
    code: "OPEN_QUESTION",
    about: { id: "r", kind: "RESOURCE_REQUEST" },
    waits: { code: "WFO" },
  });
  const [entry] = entriesOf({
    ...nothing,
    attention: [question],
    items: new Map([["r", request]]),
  });
  expect(entry?.act).toEqual({ what: "answer", id: "r" });
});

test("a moment presses when it is near, and more when it is past", () => {
  expect(levelOf("2026-11-22T14:00:00Z", now)).toBeNull();
  expect(levelOf("2026-11-22T12:59:00Z", now)).toBe("WARNING");
  expect(levelOf("2026-11-22T11:59:00Z", now)).toBe("ALARM");
  expect(levelOf(null, now)).toBeNull();
});

test("whoever needs help is an alarm, and who is silent a warning", () => {
  const running = {
    id: "m",
    subject: "Report",
    launchedAt: "2026-11-22T11:00:00Z",
    organization: { code: "HFD" },
    incident: null,
    counts: [
      { standing: "NEEDS_HELP", count: 1 },
      { standing: "SILENT", count: 2 },
      { standing: "UNREACHABLE", count: 1 },
    ],
  } as unknown as Sources["running"][number];
  const entries = entriesOf({ ...nothing, running: [running] });
  expect(entries.map(({ level, sentence }) => [level, sentence])).toEqual([
    ["ALARM", words.sentences.needsHelp("Report", 1)],
    ["WARNING", words.sentences.silent("Report", 3)],
  ]);
});

test("what is released and not launched needs the organization, and what is held its author", () => {
  const draft = (id: string) =>
    ({
      id,
      subject: id,
      draftedAt: "2026-11-22T11:00:00Z",
      priority: "LIFE_SAFETY",
      incident: null,
      release: null,
    }) as unknown as Sources["drafts"]["held"][number];
  const drafts = { toRelease: [], toLaunch: [draft("out")], held: [draft("in")] };
  const entries = entriesOf({ ...nothing, drafts });
  expect(entries.map(({ level, whose, act }) => [level, whose, act?.what])).toEqual([
    ["ALARM", "mine", "launch"],
    ["NOTICE", "waiting", undefined],
  ]);
});

test("of the meetings of a plan that is late, the first that nobody held is told", () => {
  const meeting = (kind: string, due: string, held = false) => ({
    meeting: kind,
    due: `2026-11-22T${due}:00Z`,
    held: held ? { at: "" } : null,
  });
  const meetings = [
    meeting("OBJECTIVES", "10:00", true),
    meeting("TACTICS", "11:00"),
    meeting("PLANNING", "11:30"),
    meeting("OPERATIONS_BRIEFING", "12:30"),
  ];
  const period = (periodState: string) => ({ id: periodState, number: 2, periodState, meetings });
  const incident = {
    id: "i",
    number: "HFD-1",
    lead: { code: "HFD" },
    currentPeriod: null,
    periods: { nodes: [period("CURRENT"), period("DRAFT")] },
  };
  const clocks = {
    structures: { nodes: [] },
    offers: { nodes: [] },
    incidents: { nodes: [incident] },
  } as unknown as Sources["clocks"];
  const [entry, ...more] = entriesOf({ ...nothing, clocks });
  expect([entry?.level, entry?.due, more.length]).toEqual(["WARNING", "2026-11-22T11:00:00Z", 0]);
  expect(entry?.sentence).toBe(
    words.sentences.meeting(plan.meetingKinds.TACTICS, 2, "HFD-1", true, 1),
  );
});

test("a plan is owed by who has not signed it, and waited for by who has", () => {
  const plan = {
    number: 2,
    draftedAt: "2026-11-22T11:00:00Z",
    approvedAt: null,
    unsigned: [{ code: "WFO" }, { code: "HFD" }],
    signatures: [{ agency: { code: "GRID" } }],
  };
  const periods = { nodes: [{ id: "p", number: 1, periodState: "CURRENT", plan: [plan] }] };
  const incident = { id: "i", number: "HFD-1", periods };
  const owed = {
    structures: { nodes: [{ incident, jointDecisions: [] }] },
    agreements: { nodes: [] },
  } as unknown as Sources["owed"];
  const items = new Map([
    ["i", { __typename: "Incident", name: "EXERCISE: Quarry Fire", exercise: true } as Item],
  ]);
  const seen = (own: string) => {
    const [entry] = entriesOf({ ...nothing, owed, items, own });
    return entry && [entry.whose, entry.owed, entry.owner];
  };
  expect(seen("HFD")).toEqual(["mine", true, "HFD"]);
  expect(seen("GRID")).toEqual(["waiting", false, "WFO, HFD"]);
  expect(seen("WATER")).toBeUndefined();
  const [entry] = entriesOf({ ...nothing, owed, items });
  expect(entry?.sentence).toBe(words.sentences.plan(2, 1, "Quarry Fire"));
  expect(entry?.incident?.called).toBe("Quarry Fire");
});

test("an agreement is owed by each party that has not signed it", () => {
  const agreement = {
    id: "a",
    title: "Flood",
    changedAt: "2026-11-22T11:00:00Z",
    parties: [{ code: "WFO" }, { code: "HFD" }],
    signatures: [{ organization: { code: "WFO" } }],
  };
  const owed = {
    structures: { nodes: [] },
    agreements: { nodes: [agreement] },
  } as unknown as Sources["owed"];
  const seen = (own: string) => {
    const [entry] = entriesOf({ ...nothing, owed, own });
    return entry && [entry.whose, entry.owner, entry.href];
  };
  expect(seen("HFD")).toEqual(["mine", "HFD", "/agreements/a"]);
  expect(seen("WFO")).toEqual(["waiting", "HFD", "/agreements/a"]);
});

test("a record is put right where it stands", () => {
  expect(hrefOf("POST", "p", "i")).toBe("/incident/i/command");
  expect(hrefOf("RESOURCE_REQUEST", "r", null)).toBe("/request/r");
  expect(hrefOf("OFFER", "o", null)).toBe("/offer/o");
});
