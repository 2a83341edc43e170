/** What happened since a moment at the incidents on the picture: read once, and again as it goes on. */
import { useEffect, useRef, useState } from "react";

import { ask } from "../api/client";
import { graphql } from "../api/generated";
import type { Item } from "../api/picture/reduce";
import { livePicture } from "../api/picture/shown";
import { RoomTimeline } from "../room/record/documents";
import { useNow } from "../ui/now";
import { happened, type Happened, type Line, type Note } from "./happened";

const SinceNotes = graphql(`
  query SinceNotes($id: ID!, $first: Int!, $after: String) {
    journal(incident: $id, first: $first, after: $after) {
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        text
        author
        writtenAt
      }
    }
  }
`);

const PAGE = 200;
/** A history that is longer is read in its room; the hub tells it from its beginning. */
const PAGES_MAX = 20;
/** Reading them costs the hub something, and nobody reads faster. */
const AGAIN_MS = 30_000;

type Incident = Extract<Item, { __typename: "Incident" }>;

/** Null until it is known. */
export function useHappened(since: number | null): readonly Happened[] | null {
  const tick = useNow(AGAIN_MS);
  const changed = since === null ? [] : changedSince(since);
  const ids = changed.map(({ id }) => id).join();
  const asked = useRef("");
  const [found, setFound] = useState<{ since: number; all: readonly Happened[] } | null>(null);
  // Looked at now and then: an incident in full swing changes every second.
  useEffect(() => {
    if (since === null) return;
    const incidents = changedSince(since);
    const key = [since, ...incidents.map(({ id, changedAt }) => `${id} ${changedAt}`)].join(";");
    if (key === asked.current) return;
    asked.current = key;
    void Promise.all(incidents.map((one) => read(one, since))).then((all) => {
      if (asked.current === key) setFound({ since, all: all.filter((one) => one !== null) });
    });
  }, [since, ids, tick]);
  return found !== null && found.since === since ? found.all : null;
}

const changedSince = (since: number): Incident[] =>
  [...livePicture.items.values()]
    .filter((item) => item.__typename === "Incident")
    .filter(({ changedAt }) => changedAt !== null && Date.parse(changedAt) > since);

async function read({ id, name, number }: Incident, since: number): Promise<Happened | null> {
  const [lines, notes] = await Promise.all([
    pages<Line>(async (after) => {
      const { data } = await ask(RoomTimeline, { id, first: PAGE, after });
      return data?.incident?.timeline ?? null;
    }),
    pages<Note>(async (after) => {
      const { data } = await ask(SinceNotes, { id, first: PAGE, after });
      return data?.journal ?? null;
    }),
  ]);
  return happened({ id, name, number }, lines, notes, since);
}

interface Page<T> {
  nodes: readonly T[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

async function pages<T>(page: (after: string | null) => Promise<Page<T> | null>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let n = 0; n < PAGES_MAX; n += 1) {
    const found: Page<T> | null = await page(after);
    if (!found) break;
    all.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) break;
    after = found.pageInfo.endCursor;
  }
  return all;
}
