/** Drafts of others that wait for somebody's release, whom the reader can be. */
import { useEffect, useRef, useState } from "react";

import { ask } from "../api/client";
import { graphql } from "../api/generated";
import type { MessageHeadFragment, MessagesOfQuery } from "../api/generated/graphql";
import { useMay, useSession } from "../api/session";
import { useAnswer } from "../api/useAnswer";
import { MessagesOf } from "./documents";

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

export function useApprovals(incident?: string): readonly MessageHeadFragment[] {
  const { session, acting } = useSession();
  const may = useMay("write");
  const { data } = useAnswer(
    MessagesOf,
    { incident: incident ?? null, stages: ["DRAFT"], first: DRAFTS_MAX, after: null },
    { when: may },
  );
  const [waiting, setWaiting] = useState<readonly MessageHeadFragment[]>([]);
  const login = session.account.login;
  const code = acting?.code;
  // The drafts are asked for often; what each needs is asked anew only when one changed.
  const drafts = useRef(data);
  useEffect(() => {
    drafts.current = data;
  });
  const state = data?.messages.nodes.map((one) => `${one.id} ${one.changedAt ?? ""}`).join();
  useEffect(() => {
    const data = drafts.current;
    if (!data || state === undefined) return;
    let current = true;
    void waitingOf(data, login, code).then((found) => {
      if (current) setWaiting(found);
    });
    return () => {
      current = false;
    };
  }, [state, login, code]);
  return waiting;
}

/** Only a preview knows how many a draft is for, and so whether it has to be released. */
async function waitingOf(
  { messages }: MessagesOfQuery,
  login: string,
  code: string | undefined,
): Promise<MessageHeadFragment[]> {
  const drafts = messages.nodes.filter(
    ({ author, organization }) => author !== login && organization?.code === code,
  );
  const needs = await Promise.all(
    drafts.map(async (draft) => {
      const { data } = await ask(NeedsRelease, { message: draft.id });
      const preview = data?.messagePreview;
      return preview?.needsRelease === true && draft.release?.digest !== preview.digest;
    }),
  );
  return drafts.filter((_, n) => needs[n] === true);
}
