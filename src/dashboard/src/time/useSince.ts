/** The changes since a moment: the picture of then is asked for once, and compared as it goes on. */
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { Item } from "../api/picture/reduce";
import { livePicture } from "../api/picture/shown";
import { collect } from "./reading";
import { since, type Group } from "./since";

export interface Changes {
  /** Null until the picture of then is there. */
  groups: Group[] | null;
  failed: boolean;
}

/** Comparing takes a while where there are many records, and nobody reads faster. */
const COMPARE_EVERY_MS = 2_000;

function followSlowly(listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unfollow = livePicture.follow(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      listener();
    }, COMPARE_EVERY_MS);
  });
  return () => {
    unfollow();
    clearTimeout(timer);
  };
}

/** `at` is null while nothing is to be compared. */
export function useSince(at: number | null): Changes {
  const [before, setBefore] = useState<{ at: number; items: Map<string, Item> | null } | null>(
    null,
  );
  const version = useSyncExternalStore(followSlowly, () => livePicture.version);
  const { complete } = livePicture;

  useEffect(() => {
    if (at === null) return;
    const stop = new AbortController();
    void collect({ organization: null, at: new Date(at).toISOString() }, stop.signal).then(
      (answer) => {
        if (answer === null) return;
        const items = answer.data && new Map(answer.data.map((item) => [item.id, item]));
        setBefore({ at, items });
      },
    );
    return () => {
      stop.abort();
    };
  }, [at]);

  const items = before !== null && before.at === at ? before.items : null;
  // Compared anew with each version: the records are changed in place.
  const groups = useMemo(
    () => (items && complete ? { of: since(items, livePicture.items), version }.of : null),
    [items, complete, version],
  );
  return { groups, failed: before !== null && before.at === at && before.items === null };
}
