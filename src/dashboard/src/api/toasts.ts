/** Sentences that are announced to everybody who looks at or listens to the page. */
import { createStore } from "./store";

export interface Toast {
  id: number;
  sentence: string;
  tone: "done" | "trouble";
  /** What undoes it, where the domain has an inverse. */
  undo?: () => void;
}

/** How many are shown at a time; older ones give way. */
const TOASTS_MAX = 3;
const SHOWN_MS = 8_000;

export const toastStore = createStore<readonly Toast[]>([]);

let next = 1;

export function announce(
  sentence: string,
  options: Partial<Pick<Toast, "tone" | "undo">> = {},
): void {
  const toast: Toast = { id: next, sentence, tone: "done", ...options };
  next += 1;
  toastStore.set([...toastStore.get(), toast].slice(-TOASTS_MAX));
  // Trouble stays until somebody puts it away.
  if (toast.tone === "done") {
    setTimeout(() => {
      putAway(toast.id);
    }, SHOWN_MS);
  }
}

export function putAway(id: number): void {
  toastStore.set(toastStore.get().filter((toast) => toast.id !== id));
}
