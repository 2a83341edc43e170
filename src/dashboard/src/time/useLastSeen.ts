/** Notes that somebody looks at the picture, and tells since when changes are to be told. */
import { useEffect, useState } from "react";

import { connectionStore } from "../api/connection";
import { useSession } from "../api/session";
import { keepSeen, NOTE_EVERY_MS, noteSeen, readSeen } from "./lastSeen";

export function useLastSeen(): { since: number | null; seen: () => void } {
  const { session, acting } = useSession();
  const account = session.account.id;
  const organization = acting?.code ?? "";
  const [since, setSince] = useState<number | null>(null);

  useEffect(() => {
    const note = () => {
      // Only what is current and on screen has been seen.
      if (document.hidden || connectionStore.get().state !== "live") return;
      const next = noteSeen(readSeen(account, organization), Date.now());
      keepSeen(account, organization, next);
      setSince(next.since);
    };
    note();
    const timer = setInterval(note, NOTE_EVERY_MS);
    const unfollow = connectionStore.follow(note);
    document.addEventListener("visibilitychange", note);
    return () => {
      clearInterval(timer);
      unfollow();
      document.removeEventListener("visibilitychange", note);
    };
  }, [account, organization]);

  const seen = () => {
    keepSeen(account, organization, { at: Date.now(), since: null });
    setSince(null);
  };
  return { since, seen };
}
