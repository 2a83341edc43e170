/** What each organization is shown of a record, as far as its owner may ask. */
import { useEffect, useState } from "react";

import { ask } from "../api/client";
import { graphql } from "../api/generated";
import type { ExplainRecordQuery, RecordKind } from "../api/generated/graphql";
import { livePicture } from "../api/picture/shown";
import type { Organization } from "./useDirectory";

export const ExplainRecord = graphql(`
  query ExplainRecord($record: RecordInput!, $organization: ID) {
    explain(record: $record, organization: $organization) {
      group
      shown
      sentence
      exactness
      reasons {
        code
        sentence
        values {
          name
          value
        }
      }
    }
  }
`);

export type Explanation = NonNullable<ExplainRecordQuery["explain"]>[number];

export interface RecordOf {
  kind: RecordKind;
  id: string;
}

export interface Sights {
  /** What one is shown oneself; null before the answer, and where there is no such record. */
  own: readonly Explanation[] | null;
  /** What others are shown; null where only the owner may know. */
  others: readonly { organization: Organization; explained: readonly Explanation[] }[] | null;
  /** How many organizations were asked for so far; null once all were. */
  asked: number | null;
}

const nothing: Sights = { own: null, others: [], asked: 0 };

/** Whom it is shown to may change with the record or an agreement; it is asked so often at most. */
const AGAIN_MS = 10_000;

export function useSights(record: RecordOf, organizations: readonly Organization[]): Sights {
  const { kind, id } = record;
  const [sights, setSights] = useState<Sights>(nothing);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unfollow = livePicture.follow(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setRound((last) => last + 1);
      }, AGAIN_MS);
    });
    return () => {
      unfollow();
      clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    void readSights({ kind, id }, organizations, stop.signal, setSights);
    return () => {
      stop.abort();
    };
  }, [kind, id, organizations, round]);

  return sights;
}

/** One organization after the other: the answer to each is small, and there may be many. */
async function readSights(
  record: RecordOf,
  organizations: readonly Organization[],
  stop: AbortSignal,
  tell: (change: (last: Sights) => Sights) => void,
): Promise<void> {
  const stopped = () => stop.aborted;
  const explain = async (organization: string | null) => {
    const { data } = await ask(ExplainRecord, { record, organization });
    return data?.explain ?? null;
  };
  const own = await explain(null);
  if (stopped()) return;
  tell((last) => ({ ...last, own }));
  const others: { organization: Organization; explained: readonly Explanation[] }[] = [];
  for (const organization of organizations) {
    const explained = await explain(organization.id);
    if (stopped()) return;
    if (explained === null) {
      tell((last) => ({ ...last, others: null, asked: null }));
      return;
    }
    others.push({ organization, explained });
    // Those that were shown before stay until all are known anew.
    tell((last) => ({
      ...last,
      asked: others.length,
      others: (last.others?.length ?? 0) > others.length ? last.others : [...others],
    }));
  }
  tell((last) => ({ ...last, others, asked: null }));
}
