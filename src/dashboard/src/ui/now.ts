/** The time, for everything on the page that shows an age. */
import { useSyncExternalStore } from "react";

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
