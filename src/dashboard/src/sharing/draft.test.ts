import { describe, expect, test } from "vitest";

import { compare, isNothing, type Compared } from "./compare";
import {
  draftOf,
  inputOf,
  missing,
  newDraft,
  newTerm,
  sidesOf,
  type AgreementDraft,
} from "./draft";

const ready: AgreementDraft = { ...newDraft, title: "T", purpose: "P", others: ["b", "c"] };

describe("a draft", () => {
  test("says what is missing, and nothing once all is said", () => {
    expect(missing(newDraft, "a")).toEqual(["others", "title", "purpose", "sides"]);
    expect(missing(ready, "a")).toEqual([]);
    const kinds = { ...newTerm, scope: "kinds" as const, records: [] };
    expect(missing({ ...ready, terms: [kinds] }, "a")).toEqual(["records", "incidents"]);
    const ended = { ...ready, starts: "2026-01-02T00:00", ends: "2026-01-01T00:00" };
    expect(missing(ended, "a")).toEqual(["times"]);
  });

  test("has sides by its direction", () => {
    const sides = (direction: "ours" | "theirs" | "mutual") =>
      sidesOf({ ...newTerm, direction }, ["b"], "a");
    expect(sides("ours")).toEqual({ gives: ["a"], receives: ["b"] });
    expect(sides("theirs")).toEqual({ gives: ["b"], receives: ["a"] });
    expect(sides("mutual")).toEqual({ gives: ["a", "b"], receives: ["a", "b"] });
  });

  test("always shows what a record is, and limits only by what was chosen", () => {
    const these = { ...newTerm, scope: "these" as const, kinds: ["fire"], these: ["i"] };
    const [term] = inputOf({ ...ready, terms: [these] }, "a").terms;
    expect(term).toMatchObject({ kinds: null, these: ["i"], gives: ["a"], receives: ["b", "c"] });
    expect(term?.groups[0]).toBe("IDENTITY");
  });

  test("of an agreement becomes the same agreement again", () => {
    const of = (id: string) => ({ id, code: id.toUpperCase(), name: id });
    const input = inputOf({ ...ready, terms: [newTerm, { ...newTerm, direction: "mutual" }] }, "a");
    const agreement = {
      title: "T",
      purpose: "P",
      parties: ["b", "a", "c"].map(of),
      terms: input.terms.map((term) => ({
        ...term,
        gives: (term.gives as string[]).map(of),
        receives: (term.receives as string[]).map(of),
      })),
    } as unknown as Parameters<typeof draftOf>[0];
    const draft = draftOf(agreement, "a");
    expect(draft.terms.map((term) => term.direction)).toEqual(["ours", "mutual"]);
    expect(inputOf(draft, "a").terms).toEqual(input.terms);
  });
});

describe("a proposal beside what is in force", () => {
  const term: Compared = {
    gives: ["A"],
    receives: ["B"],
    records: ["INCIDENT"],
    groups: ["IDENTITY", "PLACE"],
    place: "KILOMETRE",
    time: "EXACT",
    limited: false,
  };

  test("is all new where there is nothing", () => {
    expect(compare([], [term])).toEqual([
      {
        gives: ["A"],
        receives: ["B"],
        records: ["INCIDENT"],
        more: ["IDENTITY", "PLACE"],
        already: [],
        finerPlace: null,
        finerTime: null,
        limited: false,
      },
    ]);
  });

  test("is nothing where it is in force already, and names a finer place", () => {
    expect(compare([term], [term]).every(isNothing)).toBe(true);
    expect(compare([term], [{ ...term, place: "COUNTY" }]).every(isNothing)).toBe(true);
    const [finer] = compare([term], [{ ...term, place: "EXACT" }]);
    expect(finer?.finerPlace).toBe("EXACT");
  });

  test("is told together for all for whom it is the same, and not for oneself", () => {
    const mutual = { ...term, gives: ["A", "B", "C"], receives: ["A", "B", "C"] };
    const rows = compare([], [{ ...mutual, records: ["INCIDENT", "NOTE"] }]);
    expect(rows.length).toBe(3);
    expect(rows[0]).toMatchObject({ gives: ["A"], receives: ["B", "C"] });
    expect(rows[0]?.records).toEqual(["INCIDENT", "NOTE"]);
  });
});
