/** The records that the filter lets through, in the order of the list. */
import { useMemo } from "react";

import type { Item } from "../api/picture/reduce";
import { useItems } from "../api/picture/shown";
import { useStore } from "../api/store";
import { boundsStore, filterStore } from "./filter";
import { listed } from "./order";

export function useListed(): { shown: Item[]; of: number } {
  const { items, version } = useItems(400);
  const filter = useStore(filterStore);
  const bounds = useStore(boundsStore);
  return useMemo(
    () => ({ shown: listed(items.values(), filter, bounds), of: items.size, version }),
    [items, version, filter, bounds],
  );
}
