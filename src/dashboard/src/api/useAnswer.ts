/** Questions from components, asked again while the page is open. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ask, type Problem } from "./client";
import { connectionStore } from "./connection";
import type { TypedDocumentString } from "./generated/graphql";
import { livePicture } from "./picture/shown";
import { unlessPressed } from "./press";

export interface Answered<R> {
  /** The last answer; stays while a newer one is on its way or cannot be had. */
  data: R | null;
  /** Why there is no newer one. */
  problem: Problem | null;
  /** Whether the first question, or one by `again`, is on its way. */
  asking: boolean;
  /** When the answer came, by the clock of this browser. */
  at: number | null;
  /** Asks again, as after a command of one's own. */
  again: () => void;
}

interface Options {
  /** How often it is asked while nothing else tells of a change; never when null. */
  everyMs?: number | null;
  /** Asks only while true. */
  when?: boolean;
}

/** Changes of the picture that come at once lead to one question. */
const AFTER_CHANGE_MS = 400;
/** And however often it changes, a question is not asked more often than this. */
const NOT_BEFORE_MS = 2_000;

/**
 * The answer to a question, kept current: it is asked again after a change of the live picture,
 * after a reconnection, and every quarter of a minute, as some of what it tells is not part of the
 * picture.
 */
export function useAnswer<R, V extends Record<string, unknown>>(
  document: TypedDocumentString<R, V>,
  variables: V,
  { everyMs = 15_000, when = true }: Options = {},
): Answered<R> {
  const written = JSON.stringify(variables);
  const question = useMemo(
    () => ({ document, variables: JSON.parse(written) as V }),
    [document, written],
  );
  const [answer, setAnswer] = useState<{
    question: unknown;
    data: R | null;
    problem: Problem | null;
    at: number | null;
  }>({ question: null, data: null, problem: null, at: null });
  const [asking, setAsking] = useState(when);
  const round = useRef(0);

  const put = useCallback(() => {
    const mine = (round.current += 1);
    void ask(question.document, question.variables).then(({ data, problem }) => {
      const take = () => {
        // An answer to a question that was asked anew meanwhile counts for nothing.
        if (mine !== round.current) return;
        setAsking(false);
        setAnswer((last) =>
          problem
            ? { ...last, problem, ...(last.question === question ? {} : { data: null, at: null }) }
            : { question, data, problem: null, at: Date.now() },
        );
      };
      unlessPressed(take);
    });
  }, [question]);

  const again = useCallback(() => {
    setAsking(true);
    put();
  }, [put]);

  useEffect(() => {
    if (!when) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = Date.now();
    const soon = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          if (window.document.hidden) return;
          asked = Date.now();
          put();
        },
        Math.max(AFTER_CHANGE_MS, NOT_BEFORE_MS - (Date.now() - asked)),
      );
    };
    put();
    const unfollow = livePicture.follow(soon);
    const unwatch = connectionStore.follow(() => {
      if (connectionStore.get().state === "live") soon();
    });
    const interval = everyMs === null ? undefined : setInterval(soon, everyMs);
    return () => {
      unfollow();
      unwatch();
      clearTimeout(timer);
      clearInterval(interval);
      round.current += 1;
    };
  }, [put, everyMs, when]);

  // The answer to an earlier question is not shown as that to this one.
  const current = answer.question === question;
  return {
    data: current ? answer.data : null,
    problem: answer.problem,
    at: current ? answer.at : null,
    asking,
    again,
  };
}
