/** What needs the reader now: asked for once, for all who show it. */
import { useEffect, useMemo } from "react";

import { graphql } from "../api/generated";
import { useLiveItems } from "../api/picture/shown";
import { useSession } from "../api/session";
import { createStore, useStore } from "../api/store";
import { useAnswer } from "../api/useAnswer";
import { MessagesOf } from "../messages/documents";
import { useDrafts } from "../messages/useDrafts";
import { useNow } from "../ui/now";
import { useWords } from "../words";
import { entriesOf } from "./entries";
import type { Entry } from "./entry";

const AttentionNow = graphql(`
  query AttentionNow {
    attention(first: 200) {
      totalCount
      nodes {
        code
        level
        sentence
        values {
          name
          value
        }
        since
        about {
          id
          kind
        }
        owner {
          code
        }
        waits {
          code
        }
        person {
          id
          name
        }
        incident {
          id
          number
          lead {
            code
          }
        }
      }
    }
  }
`);

const ClocksNow = graphql(`
  query ClocksNow {
    structures(live: true, first: 50) {
      nodes {
        incident {
          id
          number
        }
        transfers(open: true) {
          id
          joins
          stage
          steps {
            stage
            at
          }
          from {
            organization {
              code
            }
          }
          to {
            organization {
              code
            }
          }
        }
      }
    }
    incidents(filter: { live: true }, first: 100) {
      nodes {
        id
        number
        lead {
          code
        }
        currentPeriod {
          id
          number
          end
        }
        periods(first: 40) {
          nodes {
            id
            number
            periodState: state
            meetings {
              meeting
              due
              held {
                at
              }
            }
          }
        }
      }
    }
    offers(stages: [OFFERED, COUNTERED], first: 100) {
      nodes {
        id
        expires
        answers {
          code
        }
        by {
          code
        }
        request {
          id
          number
          incident {
            id
            number
          }
        }
      }
    }
  }
`);

const OwedNow = graphql(`
  query OwedNow {
    structures(live: true, first: 50) {
      nodes {
        incident {
          id
          number
          periods(first: 40) {
            nodes {
              id
              number
              periodState: state
              plan {
                number
                draftedAt
                approvedAt
                unsigned {
                  code
                }
                signatures {
                  agency {
                    code
                  }
                }
              }
            }
          }
        }
        jointDecisions {
          id
          what
          proposedAt
          agreedAt
          missing {
            code
          }
          signatures {
            agency {
              code
            }
          }
        }
      }
    }
    agreements(filter: { standing: PROPOSED }, first: 50) {
      nodes {
        id
        title
        changedAt
        parties {
          code
        }
        signatures {
          organization {
            code
          }
        }
      }
    }
  }
`);

/** Null until it is known. */
const entriesStore = createStore<readonly Entry[] | null>(null);

export const useEntries = (): readonly Entry[] | null => useStore(entriesStore);

const STEP_MS = 15_000;

/** Keeps the entries current; by one component that is always there. */
export function useKeptEntries(): readonly Entry[] | null {
  const { acting } = useSession();
  const own = acting?.code ?? null;
  const { attention: words, hub, room } = useWords();
  const { meetingKinds } = room.plan;
  const now = useNow(STEP_MS);
  const { data: attention } = useAnswer(AttentionNow, {});
  const { data: clocks } = useAnswer(ClocksNow, {});
  const { data: owed } = useAnswer(OwedNow, {});
  const { data: running } = useAnswer(MessagesOf, {
    incident: null,
    stages: ["RUNNING"],
    first: 200,
    after: null,
  });
  const drafts = useDrafts();
  const { items, version } = useLiveItems(1_000);
  const entries = useMemo(
    () =>
      attention && {
        version,
        all: entriesOf({
          attention: attention.attention.nodes,
          clocks,
          owed,
          running: running?.messages.nodes ?? [],
          drafts,
          items,
          own,
          now,
          words,
          meetingKinds,
          hub,
        }),
      },
    [attention, clocks, owed, running, drafts, items, version, own, now, words, meetingKinds, hub],
  );
  useEffect(() => {
    if (entries) entriesStore.set(entries.all);
  }, [entries]);
  return entries?.all ?? null;
}
