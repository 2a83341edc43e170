/** Whether the page is as narrow as a telephone: where style sheets say `width < 40rem`. */
import { useSyncExternalStore } from "react";

const narrow = matchMedia("(width < 40rem)");

function follow(listener: () => void): () => void {
  narrow.addEventListener("change", listener);
  return () => {
    narrow.removeEventListener("change", listener);
  };
}

export const useNarrow = (): boolean => useSyncExternalStore(follow, () => narrow.matches);
