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
  const [value, setValue] = useState<T>(() => kept(name, initial));
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

/** What was kept. A form that has got another field since shows it as it is at first. */
function kept<T>(name: string, initial: T): T {
  const value = read(name) as T | null;
  if (value === null) return initial;
  return isRow(initial) && isRow(value) ? { ...initial, ...value } : value;
}

const isRow = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function read(name: string): unknown {
  const kept = localStorage.getItem(name);
  if (kept === null) return null;
  try {
    return JSON.parse(kept);
  } catch {
    return null;
  }
}
