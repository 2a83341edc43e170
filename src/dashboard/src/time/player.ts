/** Plays the past forward: the next moment is asked for once the last one is shown. */
import { createStore } from "../api/store";
import { lensNow, lensStore, look } from "./lens";
import { played, type Speed } from "./moments";

/** At least so long each moment is shown. */
const FRAME_MS = 700;

export const playingStore = createStore(false);
export const speedStore = createStore<Speed>(60);

let turn = 0;

export function pause(): void {
  turn += 1;
  playingStore.set(false);
}

/** Plays from the moment that is looked at until the present, or until it is paused. */
export async function play(): Promise<void> {
  const mine = (turn += 1);
  if (lensNow().at === null) return;
  playingStore.set(true);
  let begun = Date.now();
  while (mine === turn) {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    const { eyes, at } = lensNow();
    // Somebody went elsewhere meanwhile, or back to the present.
    if (mine !== turn || at === null) break;
    const now = Date.now();
    const next = played(at, now - begun, speedStore.get(), now);
    begun = now;
    await look({ eyes, at: next });
    if (next === null || lensStore.get().problem !== null) break;
  }
  if (mine === turn) pause();
}
