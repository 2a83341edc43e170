/** The drawing of military symbols, once somebody has chosen them and it is loaded. */
import { createStore, useStore } from "../../api/store";
import { persistently } from "../../api/persistently";
import { symbolSetStore } from "../../ui/symbolSet";

export type Military = typeof import("./draw");

const loadedStore = createStore<Military | null>(null);

let asked = false;

function load(): void {
  if (asked || symbolSetStore.get() !== "military") return;
  asked = true;
  void persistently(() => import("./draw")).then(loadedStore.set);
}

load();
symbolSetStore.follow(load);

/** Null while the other symbols are chosen, and until these are there. */
export function useMilitary(): Military | null {
  const loaded = useStore(loadedStore);
  return useStore(symbolSetStore) === "military" ? loaded : null;
}
