/** What an account can be allowed to do, and who can allow it. Pure. */
import type { Scope } from "./documents";

/** In the order in which people ask for them. */
const ofOrganizations: readonly Scope[] = ["READ", "WRITE", "INGEST", "ADMINISTER", "BREAK_GLASS"];

/** Rights that reach over all organizations stand beside those of whoever works for the hub. */
const ofHub: readonly Scope[] = ["READ", "WRITE", "INGEST", "OPERATE", "AUDIT", "METRICS"];

/** All of them, as they are explained. */
export const scopes: readonly Scope[] = [...new Set([...ofOrganizations, ...ofHub])];

/** What whoever comes to work on incidents needs. */
export const usual: readonly Scope[] = ["READ", "WRITE"];

/** Sight past what others agreed to show is for whoever runs the hub to give. */
const givenByHub: readonly Scope[] = ["BREAK_GLASS"];

interface Giving {
  /** Whether they are for an organization, and not for the hub as a whole. */
  organization: boolean;
  /** Whether whoever gives them runs the hub. */
  operates: boolean;
}

/** What can be chosen: what can be given there, and what the account has, so that it can be taken. */
export function choices(has: readonly Scope[], { organization, operates }: Giving): Scope[] {
  const there = organization ? ofOrganizations : ofHub;
  const given = there.filter((scope) => operates || !givenByHub.includes(scope));
  return scopes.filter((scope) => given.includes(scope) || has.includes(scope));
}

/** Why these cannot be given, or what would be surprising about them; null when nothing is. */
export function doubt(chosen: readonly Scope[], operates: boolean): Doubt | null {
  if (chosen.length === 0) return "none";
  if (!operates && chosen.some((scope) => givenByHub.includes(scope))) return "beyond";
  // One that only reads the numbers of the hub is meant for a machine that needs nothing else.
  const sees = chosen.includes("READ") || chosen.every((scope) => scope === "METRICS");
  return sees ? null : "blind";
}

export type Doubt = "none" | "beyond" | "blind";

/** In the order in which they are shown. */
export const inOrder = (some: readonly Scope[]): Scope[] =>
  scopes.filter((scope) => some.includes(scope));
