/** When somebody last looked at the picture, kept in this browser for their account. */

/** Away for less is no absence: nobody wants to be told of the last minutes again. */
export const AWAY_MS = 10 * 60_000;
/** How often it is noted that somebody is here. */
export const NOTE_EVERY_MS = 20_000;

export interface Seen {
  /** When the picture was on screen last. */
  at: number;
  /** Since when changes are to be told of; null where somebody has seen them all. */
  since: number | null;
}

/**
 * What is kept after somebody is found here. After an absence changes are told of since its
 * beginning; those that were not yet seen to stay from the absence before.
 */
export function noteSeen(kept: Seen | null, now: number): Seen {
  if (kept === null) return { at: now, since: null };
  const away = now - kept.at > AWAY_MS;
  return { at: now, since: kept.since ?? (away ? kept.at : null) };
}

const keyOf = (account: string, organization: string) => `muster.seen.${account}.${organization}`;

export function readSeen(account: string, organization: string): Seen | null {
  try {
    const kept = JSON.parse(
      localStorage.getItem(keyOf(account, organization)) ?? "null",
    ) as unknown;
    if (typeof kept !== "object" || kept === null) return null;
    const { at, since } = kept as Partial<Seen>;
    return typeof at === "number" ? { at, since: typeof since === "number" ? since : null } : null;
  } catch {
    return null;
  }
}

export function keepSeen(account: string, organization: string, seen: Seen): void {
  localStorage.setItem(keyOf(account, organization), JSON.stringify(seen));
}
