/** What an account may do for whom. Pure. */
import type { Account, Organization, Scope } from "./documents";

/** What it may do for an organization, or for the hub as a whole (null); nothing where it may not act. */
export function grantFor({ grants }: Account, organization: string | null): readonly Scope[] {
  return grants.find((grant) => (grant.organization?.id ?? null) === organization)?.scopes ?? [];
}

export const sameScopes = (some: readonly Scope[], others: readonly Scope[]): boolean =>
  some.length === others.length && some.every((scope) => others.includes(scope));

/** Whose rights can be taken away: an administrator's own organization, or all where one runs the hub. */
export function takable(
  { grants }: Account,
  { operates, own }: { operates: boolean; own: Organization | null },
): (Organization | null)[] {
  return grants
    .map(({ organization }) => organization)
    .filter((organization) => operates || organization?.id === own?.id);
}
