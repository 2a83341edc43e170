/** The time, for everything on the page that shows an age. */
import { createContext, use, useSyncExternalStore } from "react";

import { createStore, useStore } from "../api/store";

const SECOND = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function follow(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, SECOND);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time to the given step, in milliseconds; a component draws anew only when a step is over. */
export function useNow(stepMs = SECOND): number {
  return useSyncExternalStore(
    follow,
    () => Math.floor(Math.max(now, Date.now() - SECOND) / stepMs) * stepMs,
  );
}

/** The moment that is looked at, while it is one of the past. */
export const momentStore = createStore<number | null>(null);

const OfMoment = createContext(false);

/** What is below shows that moment, and tells ages as of it; everything else shows the present. */
export const AtMoment = OfMoment.Provider;

/** The time that ages count from. */
export function useMoment(stepMs = SECOND): number {
  const now = useNow(stepMs);
  const moment = useStore(momentStore);
  return (use(OfMoment) ? moment : null) ?? now;
}
