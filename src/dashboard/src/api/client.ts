/** Questions and commands over HTTP. What went wrong is data, never an exception. */
import { Client, fetchExchange, type CombinedError } from "@urql/core";

import type { TypedDocumentString } from "./generated/graphql";
import { askSession, identityHeaders } from "./session";

const client = new Client({
  url: "/graphql",
  exchanges: [fetchExchange],
  requestPolicy: "network-only",
  preferGetMethod: false,
  fetchOptions: () => ({ headers: identityHeaders() }),
});

/** Why there is no answer. */
export interface Problem {
  /** Whether the hub was not reached: what was sent may or may not have arrived. */
  unreached: boolean;
  /** The hub's name of the reason, for programs. */
  code: string | null;
  /** The hub's sentence; empty when it was not reached. */
  message: string;
}

export type Answer<T> = { data: T; problem: null } | { data: null; problem: Problem };

/** Asks a question. */
export async function ask<R, V extends Record<string, unknown>>(
  document: TypedDocumentString<R, V>,
  variables: V,
): Promise<Answer<R>> {
  return answer(await client.query<R>(document.toString(), variables).toPromise());
}

/** Gives a command; use `useCommand` in components. */
export async function order<R, V extends Record<string, unknown>>(
  document: TypedDocumentString<R, V>,
  variables: V,
): Promise<Answer<R>> {
  return answer(await client.mutation<R>(document.toString(), variables).toPromise());
}

function answer<R>(result: { data?: R | undefined; error?: CombinedError | undefined }): Answer<R> {
  if (result.data && !result.error) return { data: result.data, problem: null };
  const problem = problemOf(result.error);
  // The log-in has ended, or what one may do has changed.
  if (problem.code === "UNAUTHENTICATED") void askSession();
  return { data: null, problem };
}

function problemOf(error: CombinedError | undefined): Problem {
  const first = error?.graphQLErrors[0];
  if (first) {
    const code = first.extensions["code"];
    return {
      unreached: false,
      code: typeof code === "string" ? code : null,
      message: first.message,
    };
  }
  const reply = error?.response as Response | undefined;
  const status = reply?.status;
  if (status === 401) return { unreached: false, code: "UNAUTHENTICATED", message: "" };
  // A proxy that stands before the hub answers so while the hub is away.
  return { unreached: true, code: null, message: error?.networkError?.message ?? "" };
}
