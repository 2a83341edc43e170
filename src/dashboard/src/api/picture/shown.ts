/** The picture that is shown: the live one, or one of the past or of another's eyes. */
import { useCallback, useSyncExternalStore } from "react";

import { createStore, useStore } from "../store";
import { Picture } from "./picture";
import type { Item } from "./reduce";

/** The live picture. There is one. */
export const livePicture = new Picture();

export interface Shown {
  picture: Picture;
  /** What is shown instead of the live picture, in words; null for the live one. */
  instead: string | null;
}

export const shownStore = createStore<Shown>({ picture: livePicture, instead: null });

/** Shows another picture, with a sentence that says what it is. */
export function showInstead(picture: Picture, sentence: string): void {
  shownStore.set({ picture, instead: sentence });
}

export function showLive(): void {
  shownStore.set({ picture: livePicture, instead: null });
}

export const useShown = (): Shown => useStore(shownStore);

/**
 * A value worked out from the shown picture, anew whenever that changes. Keep `select` cheap, and
 * let it return the same value where nothing changed; for what takes longer see `useItems`.
 */
export function usePicture<T>(
  select: (items: ReadonlyMap<string, Item>, picture: Picture) => T,
): T {
  const { picture } = useShown();
  return useSyncExternalStore(picture.follow, () => select(picture.items, picture));
}

/** One record of the shown picture. */
export function useItem(id: string | null): Item | undefined {
  return usePicture((items) => (id === null ? undefined : items.get(id)));
}

/**
 * The records and their version, at most a few times a second: for lists and counts over all of
 * them, which nobody can read any faster. The records are changed in place: name the version among
 * what a `useMemo` depends on.
 */
export function useItems(everyMs = 250): Items {
  return useItemsOf(useShown().picture, everyMs);
}

/** Those of the present, whatever is shown. */
export function useLiveItems(everyMs = 250): Items {
  return useItemsOf(livePicture, everyMs);
}

interface Items {
  items: ReadonlyMap<string, Item>;
  version: number;
}

function useItemsOf(picture: Picture, everyMs: number): Items {
  const follow = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const unfollow = picture.follow(() => {
        timer ??= setTimeout(() => {
          timer = undefined;
          listener();
        }, everyMs);
      });
      return () => {
        unfollow();
        clearTimeout(timer);
      };
    },
    [picture, everyMs],
  );
  const version = useSyncExternalStore(follow, () => picture.version);
  return { items: picture.items, version };
}
