import { expect, test } from "vitest";

import type { MessageHeadFragment } from "../api/generated/graphql";
import { sorted, type Need } from "./drafts";

const need: Need = { needsRelease: true, digest: "now" };
const draft = (id: string, author: string, released: string | null) => ({
  draft: {
    id,
    author,
    release: released === null ? null : { by: "chief", at: "", digest: released },
  } as MessageHeadFragment,
  need,
});

test("a draft waits for another, for the reader, or for its launch", () => {
  const { held, toRelease, toLaunch } = sorted(
    [
      draft("mine", "me", null),
      draft("theirs", "you", null),
      draft("ready", "me", "now"),
      draft("changed since", "you", "before"),
    ],
    "me",
  );
  const ids = (all: readonly MessageHeadFragment[]) => all.map(({ id }) => id);
  expect(ids(held)).toEqual(["mine"]);
  expect(ids(toRelease)).toEqual(["theirs", "changed since"]);
  expect(ids(toLaunch)).toEqual(["ready"]);
});

test("what needs nobody else, or cannot be launched, waits for nobody", () => {
  const plain = { ...draft("plain", "me", null), need: { needsRelease: false, digest: "now" } };
  const broken = { ...draft("broken", "me", null), need: null };
  expect(sorted([plain, broken], "me")).toEqual({ toRelease: [], toLaunch: [], held: [] });
});
