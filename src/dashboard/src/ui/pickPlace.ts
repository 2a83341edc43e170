/**
 * A place chosen on the map for a field elsewhere. The field asks; whatever map is on the screen
 * answers: while `pickStore` has a request, a click on it calls `picked` instead of selecting.
 */
import { createStore } from "../api/store";

export interface PlaceRequest {
  /** What the place is for, in words to be shown over the map. */
  why: string;
  take: (point: [number, number]) => void;
  /** Nobody chose after all. */
  giveUp: () => void;
}

export const pickStore = createStore<PlaceRequest | null>(null);

/** How many maps on the screen can answer. */
export const mapsStore = createStore(0);

/** To be called by a map for as long as it is there. */
export function offerMap(): () => void {
  mapsStore.set(mapsStore.get() + 1);
  return () => {
    mapsStore.set(mapsStore.get() - 1);
  };
}

/** The place that somebody chooses, longitude first; null when they give up. */
export function pickPlace(why: string): Promise<[number, number] | null> {
  pickStore.get()?.giveUp();
  return new Promise((resolve) => {
    const end = (point: [number, number] | null) => {
      pickStore.set(null);
      resolve(point);
    };
    pickStore.set({
      why,
      take: end,
      giveUp: () => {
        end(null);
      },
    });
  });
}
