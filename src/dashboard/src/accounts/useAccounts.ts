/** The accounts that one may manage, the persons behind them, and for whom one manages them. */
import { useMemo } from "react";

import { useMay, useSession } from "../api/session";
import { useAnswer } from "../api/useAnswer";
import type {
  AccountPersonsQuery,
  AccountsPartQuery,
  TokensPartQuery,
} from "../api/generated/graphql";
import {
  AccountOrganizations,
  AccountPersons,
  AccountsPart,
  TokensPart,
  type Account,
  type Organization,
  type Person,
  type Token,
} from "./documents";
import { useAllOf, type AllOf } from "./useAllOf";

const accountsOf = (data: AccountsPartQuery) => data.accounts;
const tokensOf = (data: TokensPartQuery) => data.tokens;
const personsOf = (data: AccountPersonsQuery) => data.persons;

/** These seldom change. */
const PERSONS_EVERY_MS = 60_000;
const organizationsNow = { everyMs: 300_000 };

export const useAccounts = (): AllOf<Account> => useAllOf(AccountsPart, accountsOf);

export const useTokens = (): AllOf<Token> => useAllOf(TokensPart, tokensOf);

export interface Persons {
  persons: readonly Person[];
  /** Null for somebody whom one does not see. */
  nameOf: (id: string) => string | null;
}

export function usePersons(): Persons {
  const { nodes } = useAllOf(AccountPersons, personsOf, PERSONS_EVERY_MS);
  const names = new Map((nodes ?? []).map(({ id, name }) => [id, name]));
  return { persons: nodes ?? [], nameOf: (id) => names.get(id) ?? null };
}

/** Whoever manages accounts, and how far they reach. */
export interface Manager {
  /** Whether it is somebody who runs the hub, and so manages all accounts. */
  operates: boolean;
  /** The organization for which one manages; null for the hub as a whole. */
  own: Organization | null;
  /** For which organizations one can let somebody act; empty before the answer. */
  organizations: readonly Organization[];
  /** Whether it is known: before that nothing can be given. */
  known: boolean;
  /** The id of one's own account. */
  account: string;
}

export function useManager(): Manager {
  const { session } = useSession();
  const operates = useMay("operate");
  const { data } = useAnswer(AccountOrganizations, {}, organizationsNow);
  return useMemo(() => {
    const own = data?.me.organization ?? null;
    const all = [...(data?.organizations.nodes ?? [])];
    return {
      operates,
      own,
      organizations: operates
        ? all.sort((a, b) => a.code.localeCompare(b.code))
        : all.filter(({ id }) => id === own?.id),
      known: data !== null,
      account: session.account.id,
    };
  }, [data, operates, session]);
}
