/** Everything of a list that only grows, such as a journal: what is new is asked after the rest. */
import { useCallback, useEffect, useRef, useState } from "react";

import { ask, type Problem } from "../../api/client";
import type { TypedDocumentString } from "../../api/generated/graphql";
import { livePicture } from "../../api/picture/shown";

interface Page<T> {
  nodes: readonly T[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

const EVERY_MS = 15_000;
const AFTER_CHANGE_MS = 600;
const PAGE = 200;

interface Growing<T> {
  /** The oldest first; null before the first page has come. */
  items: readonly T[] | null;
  problem: Problem | null;
  again: () => void;
}

/** `pageOf` finds the page in an answer, and has to be stable. */
export function usePages<R, T>(
  document: TypedDocumentString<R, { id: string; first: number; after?: string | null }>,
  id: string,
  pageOf: (answer: R) => Page<T> | null | undefined,
): Growing<T> {
  const [state, setState] = useState<{ id: string; items: readonly T[] | null }>({
    id,
    items: null,
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = useRef<{ id: string; cursor: string | null; reading: boolean }>({
    id,
    cursor: null,
    reading: false,
  });

  const more = useCallback(async () => {
    if (read.current.id !== id) read.current = { id, cursor: null, reading: false };
    const mine = read.current;
    if (mine.reading) return;
    mine.reading = true;
    for (;;) {
      const { data, problem } = await ask(document, { id, first: PAGE, after: mine.cursor });
      if (read.current !== mine) return;
      setProblem(problem);
      const page = data && pageOf(data);
      if (!page) break;
      mine.cursor = page.pageInfo.endCursor ?? mine.cursor;
      setState((last) => ({
        id,
        items: [...(last.id === id ? (last.items ?? []) : []), ...page.nodes],
      }));
      if (!page.pageInfo.hasNextPage) break;
    }
    mine.reading = false;
  }, [document, id, pageOf]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void more();
      }, AFTER_CHANGE_MS);
    };
    void more();
    const unfollow = livePicture.follow(soon);
    const interval = setInterval(soon, EVERY_MS);
    return () => {
      unfollow();
      clearTimeout(timer);
      clearInterval(interval);
    };
  }, [more]);

  const again = useCallback(() => void more(), [more]);
  return { items: state.id === id ? state.items : null, problem, again };
}
