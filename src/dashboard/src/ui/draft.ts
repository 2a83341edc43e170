/** What somebody has written and not sent, kept in this browser for their account. */
import { useCallback, useState } from "react";

import { useSession } from "../api/session";

/**
 * Like `useState`, and it survives a reload. `key` names the form and the record, such as
 * `note:ID`. `discard` forgets it, as after it was sent.
 */
export function useDraft<T>(key: string, initial: T): [T, (value: T) => void, () => void] {
  const { session } = useSession();
  const name = `muster.draft.${session.account.id}.${key}`;
  const [value, setValue] = useState<T>(() => (read(name) as T | null) ?? initial);
  const set = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(name, JSON.stringify(next));
    },
    [name],
  );
  const discard = () => {
    setValue(initial);
    localStorage.removeItem(name);
  };
  return [value, set, discard];
}

function read(name: string): unknown {
  const kept = localStorage.getItem(name);
  if (kept === null) return null;
  try {
    return JSON.parse(kept);
  } catch {
    return null;
  }
}
