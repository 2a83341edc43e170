/** A value that components can follow. */
import { useSyncExternalStore } from "react";

export interface Store<T> {
  get: () => T;
  set: (value: T) => void;
  follow: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.follow, store.get);
}

/** A store whose value survives a reload, in this browser. */
export function createKeptStore<T extends string>(
  key: string,
  initial: T,
  known: readonly T[],
): Store<T> {
  const kept = localStorage.getItem(key);
  const store = createStore(known.find((value) => value === kept) ?? initial);
  store.follow(() => {
    localStorage.setItem(key, store.get());
  });
  return store;
}
