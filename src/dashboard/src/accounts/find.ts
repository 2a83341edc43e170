/** Finding accounts and persons by what somebody types, and a login for a name. Pure. */
import type { Account, Person } from "./documents";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

const hasAll = (text: string, typed: string) => {
  const whole = plain(text);
  return plain(typed)
    .split(/\s+/)
    .every((part) => whole.includes(part));
};

/**
 * Accounts by name, login, organization or the person behind them: those that let somebody in
 * first, each by name.
 */
export function findAccounts(
  accounts: readonly Account[],
  typed: string,
  personName: (id: string) => string | null,
): Account[] {
  const textOf = ({ name, login, grants, person }: Account) =>
    [
      name,
      login,
      ...grants.flatMap(({ organization }) => [organization?.code, organization?.name]),
      person === null ? "" : personName(person),
    ].join(" ");
  return accounts
    .filter((account) => hasAll(textOf(account), typed))
    .sort(
      (a, b) =>
        Number(b.enabled) - Number(a.enabled) ||
        a.name.localeCompare(b.name) ||
        a.login.localeCompare(b.login),
    );
}

/** What persons are there, and where; past memberships count for nothing. */
export function postsOf({ memberships }: Person): { code: string; title: string }[] {
  return memberships
    .filter(({ until }) => until === null)
    .map(({ title, organization }) => ({ code: organization.code, title }));
}

/**
 * Persons who can be said to be behind an account: an organization says so of its own members only
 * (`of`), whoever runs the hub of everybody.
 */
export function findPersons(
  persons: readonly Person[],
  typed: string,
  of: string | null,
): Person[] {
  const member = ({ memberships }: Person) =>
    of === null ||
    memberships.some(({ until, organization }) => until === null && organization.id === of);
  return persons
    .filter((person) => person.forgotten !== true && member(person))
    .filter((person) =>
      hasAll(
        [person.name, ...postsOf(person).map(({ code, title }) => `${code} ${title}`)].join(" "),
        typed,
      ),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A login as people make them of a name: `Ana Ruíz Peña` becomes `ana.ruiz.pena`. */
export const loginFor = (name: string): string =>
  plain(name)
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.+|\.+$/g, "")
    .slice(0, 64);
