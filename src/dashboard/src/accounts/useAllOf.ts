/** A list that the hub gives in pages, as a whole: what is searched has to be there. */
import { useEffect, useRef, useState } from "react";

import { ask, type Problem } from "../api/client";
import type { TypedDocumentString } from "../api/generated/graphql";
import { useAnswer } from "../api/useAnswer";

/** The most that the hub gives at once. */
const PAGE = 200;
/** However often the first page is asked anew, the later ones are not more often than this. */
const REST_EVERY_MS = 30_000;

interface Part<N> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: N[];
}

type Variables = { first: number; after: string | null };
type Paged<R> = TypedDocumentString<R, { first: number; after?: string | null | undefined }>;

export interface AllOf<N> {
  /** Null before the first answer; may grow while later pages come. */
  nodes: readonly N[] | null;
  /** How many there are. */
  totalCount: number;
  problem: Problem | null;
  again: () => void;
}

/** `partOf` finds the list in an answer; it has to be stable. */
export function useAllOf<R, N extends { id: string }>(
  document: Paged<R>,
  partOf: (data: R) => Part<N>,
  everyMs = 15_000,
): AllOf<N> {
  const { data, at, problem, again } = useAnswer(
    document,
    { first: PAGE, after: null },
    { everyMs },
  );
  const [rest, setRest] = useState<readonly N[]>([]);
  const restAt = useRef(0);
  const part = data === null ? null : partOf(data);
  const cursor = part?.pageInfo.hasNextPage ? part.pageInfo.endCursor : null;

  useEffect(() => {
    if (cursor === null || at === null || at - restAt.current < REST_EVERY_MS) return;
    restAt.current = at;
    void readFrom(document, partOf, cursor).then((nodes) => {
      if (nodes) setRest(nodes);
      else restAt.current = 0;
    });
  }, [document, partOf, cursor, at]);

  return {
    nodes: part && onceEach([...part.nodes, ...(cursor === null ? [] : rest)]),
    totalCount: part?.totalCount ?? 0,
    problem,
    again: () => {
      restAt.current = 0;
      again();
    },
  };
}

/** Where pages were read at different times, one may stand on two of them. */
const onceEach = <N extends { id: string }>(nodes: readonly N[]): N[] => [
  ...new Map(nodes.map((node) => [node.id, node])).values(),
];

/** All later pages; null when one of them could not be had. */
async function readFrom<R, N>(
  document: Paged<R>,
  partOf: (data: R) => Part<N>,
  cursor: string,
): Promise<N[] | null> {
  const nodes: N[] = [];
  for (let after: string | null = cursor; after !== null;) {
    const variables: Variables = { first: PAGE, after };
    const { data, problem } = await ask(document, variables);
    if (problem) return null;
    const part: Part<N> = partOf(data);
    nodes.push(...part.nodes);
    after = part.pageInfo.hasNextPage ? part.pageInfo.endCursor : null;
  }
  return nodes;
}
