/** What the scrubber spans, and how its wishes go out: at once by keys, gathered while dragged. */
import { useCallback, useEffect, useRef, useState } from "react";

import { useStore } from "../api/store";
import { lensNow, lensStore, look } from "./lens";
import { momentOf, spanFor, speedFor, stepAt, stepOf, STEPS, type Span } from "./moments";
import { pause, speedStore } from "./player";

/** A wish made while dragging goes out after so long without another. */
const GATHER_MS = 220;
/** While the present is shown, the end of the scrubber follows it. */
const FOLLOW_MS = 5_000;

export function useScrubber() {
  const { shown, wanted } = useStore(lensStore);
  const at = (wanted ?? shown)?.at ?? null;
  const [span, keepSpan] = useState<Span>(() => (at === null ? "1h" : spanFor(at, Date.now())));
  const [end, setEnd] = useState(() => Date.now());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // While the past is shown the end stays: a scrubber that moves under the hand cannot be held.
  useEffect(() => {
    if (at !== null) return;
    const follow = setInterval(() => {
      setEnd(Date.now());
    }, FOLLOW_MS);
    return () => {
      clearInterval(follow);
    };
  }, [at]);

  const setSpan = useCallback((next: Span) => {
    keepSpan(next);
    setEnd(Date.now());
    speedStore.set(speedFor(next));
  }, []);

  const goTo = useCallback(
    async (step: number, gather = false) => {
      clearTimeout(timer.current);
      const wish = { eyes: lensNow().eyes, at: momentOf(step, end, span) };
      if (!gather) return look(wish).then(() => undefined);
      // The thumb follows the hand at once; the question waits.
      lensStore.set({ ...lensStore.get(), wanted: wish });
      timer.current = setTimeout(() => void look(wish), GATHER_MS);
    },
    [end, span],
  );

  const step = useCallback(
    (by: number) => {
      pause();
      const { eyes, at: from } = lensNow();
      const wish = (from ?? Date.now()) + by * stepOf(span);
      const current = stepAt(from, end, span) + by;
      if (current < 0) return;
      void look({ eyes, at: current >= STEPS || wish >= Date.now() ? null : Math.round(wish) });
    },
    [end, span],
  );

  return { span, setSpan, end, goTo, step };
}
