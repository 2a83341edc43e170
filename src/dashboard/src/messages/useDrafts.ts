/** Drafts of one's organization that need two persons, and whom each waits for. */
import { useEffect, useRef, useState } from "react";

import { ask } from "../api/client";
import { graphql } from "../api/generated";
import type { MessagesOfQuery } from "../api/generated/graphql";
import { useMay, useSession } from "../api/session";
import { useAnswer } from "../api/useAnswer";
import { MessagesOf } from "./documents";
import { noDrafts, sorted, type Drafts } from "./drafts";

const NeedsRelease = graphql(`
  query NeedsRelease($message: ID!) {
    messagePreview(message: $message) {
      needsRelease
      digest
    }
  }
`);

/** So many drafts are looked at; whoever has more has other troubles. */
const DRAFTS_MAX = 40;

export function useDrafts(incident?: string): Drafts {
  const { session, acting } = useSession();
  const may = useMay("write");
  const { data } = useAnswer(
    MessagesOf,
    { incident: incident ?? null, stages: ["DRAFT"], first: DRAFTS_MAX, after: null },
    { when: may },
  );
  const [found, setFound] = useState(noDrafts);
  const login = session.account.login;
  const code = acting?.code;
  // The drafts are asked for often; what each needs is asked anew only when one changed.
  const drafts = useRef(data);
  useEffect(() => {
    drafts.current = data;
  });
  const state = data?.messages.nodes
    .map((one) => `${one.id} ${one.changedAt ?? ""} ${one.release?.digest ?? ""}`)
    .join();
  useEffect(() => {
    const data = drafts.current;
    if (!data || state === undefined) return;
    let current = true;
    void draftsOf(data, login, code).then((found) => {
      if (current) setFound(found);
    });
    return () => {
      current = false;
    };
  }, [state, login, code]);
  return found;
}

/** Only a preview knows how many a draft is for, and so whether it has to be released. */
async function draftsOf(
  { messages }: MessagesOfQuery,
  login: string,
  code: string | undefined,
): Promise<Drafts> {
  const own = messages.nodes.filter(({ organization }) => organization?.code === code);
  const known = own.map(async (draft) => {
    const { data } = await ask(NeedsRelease, { message: draft.id });
    return { draft, need: data?.messagePreview ?? null };
  });
  return sorted(await Promise.all(known), login);
}
