import { expect, test } from "vitest";

import { missingApprovals, turnOfOffer, turnsOf, type OfferLine, type RequestLine } from "./turn";

const asker = { id: "a", code: "AHFPD" };
const giver = { id: "n", code: "NFIRE" };

const offer = (stage: string, more: object = {}) =>
  ({
    stage,
    since: "2026-01-01T00:00:00Z",
    by: giver,
    to: asker,
    answers: null,
    signatures: [],
    amendment: null,
    claim: null,
    ...more,
  }) as unknown as OfferLine;

const request = (requestStatus: string | null, more: object = {}) =>
  ({
    requestStatus,
    askedBy: asker,
    changedAt: "2026-01-01T00:00:00Z",
    approvals: [],
    approvalsNeeded: [],
    receivers: [],
    question: null,
    offers: { nodes: [] },
    ...more,
  }) as unknown as RequestLine;

test("an offer waits for whoever answers, then for signatures, then for the mission order", () => {
  expect(turnOfOffer(offer("OFFERED", { answers: asker }))?.owner).toBe("AHFPD");
  expect(turnOfOffer(offer("ACCEPTED", { signatures: [{ organization: asker }] }))).toMatchObject({
    what: "sign",
    owner: "NFIRE",
  });
  expect(turnOfOffer(offer("BINDING"))).toMatchObject({ what: "order", owner: "NFIRE" });
  expect(turnOfOffer(offer("DECLINED"))).toBeNull();
});

test("other terms wait for the side that has not signed them, and a claim for its payment", () => {
  const amendment = { by: asker, since: "2026-01-02T00:00:00Z" };
  expect(turnOfOffer(offer("ORDERED", { amendment }))).toMatchObject({
    what: "amendment",
    owner: "NFIRE",
  });
  expect(turnOfOffer(offer("CLAIMED"))).toMatchObject({ what: "pay", owner: "AHFPD" });
  const returned = offer("ORDERED", { claim: { returned: "the fuel is counted twice" } });
  expect(turnOfOffer(returned)).toMatchObject({ what: "claim", owner: "NFIRE" });
});

test("a sent request waits for those who have not answered, and what is one's own comes first", () => {
  const receivers = [
    { organization: giver, since: "2026-01-01T00:00:00Z", offers: 1, declined: null },
    { organization: { code: "SRFD" }, since: "2026-01-01T00:00:00Z", offers: 0, declined: null },
    { organization: { code: "PFFD" }, since: "2026-01-01T00:00:00Z", offers: 0, declined: "no" },
  ];
  const nodes = [offer("OFFERED", { answers: asker })];
  const turns = turnsOf(request("SENT", { receivers, offers: { nodes } }), "AHFPD");
  expect(turns.map(({ what, owner }) => `${what} ${owner ?? ""}`)).toEqual([
    "decide AHFPD",
    "answer SRFD",
  ]);
});

test("those who were asked see that their answer is awaited", () => {
  const question = { state: "AWAITED", since: "2026-01-01T00:00:00Z", reason: null };
  expect(turnsOf(request(null, { question }), "NFIRE")[0]).toMatchObject({
    what: "answer",
    owner: "NFIRE",
  });
});

test("approvals that are missing are those needed and not given", () => {
  const waiting = request("AWAITING_APPROVALS", {
    approvalsNeeded: ["SECTION_CHIEF", "FINANCE"],
    approvals: [{ approver: "FINANCE" }],
  });
  expect(missingApprovals(waiting)).toEqual(["SECTION_CHIEF"]);
});
