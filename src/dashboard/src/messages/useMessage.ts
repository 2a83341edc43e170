/** One message as it stands, followed live where it can be. */
import { useCallback, useEffect, useState } from "react";

import type { Problem } from "../api/client";
import { connectionStore, socket } from "../api/connection";
import type { MessageFollowedSubscription, MessageWholeFragment } from "../api/generated/graphql";
import { useStore } from "../api/store";
import { useAnswer } from "../api/useAnswer";
import { MessageById, MessageFollowed } from "./documents";

export interface FollowedMessage {
  /** Null where there is none that one may see. */
  message: MessageWholeFragment | null;
  /** Whether it has been told at all whether there is one. */
  known: boolean;
  /** Whether each change is told as it happens. */
  live: boolean;
  /** Grows with each change that was told. */
  version: number;
  problem: Problem | null;
  again: () => void;
}

export function useMessage(id: string): FollowedMessage {
  const [told, setTold] = useState<{ id: string; message: MessageWholeFragment | null }>();
  const [version, setVersion] = useState(0);
  const [live, setLive] = useState(false);
  const connected = useStore(connectionStore).state === "live";
  const asked = useAnswer(MessageById, { id }, { when: !live });

  // The socket does not subscribe anew by itself after a loss; the first event tells all of it.
  useEffect(() => {
    if (!connected) return;
    const ended = () => {
      setLive(false);
    };
    const unsubscribe = socket.subscribe<MessageFollowedSubscription>(
      { query: MessageFollowed.toString(), variables: { id } },
      {
        next: ({ data }) => {
          if (!data) return;
          setLive(true);
          setTold({ id, message: data.messageProgress.message });
          setVersion((last) => last + 1);
        },
        error: ended,
        complete: ended,
      },
    );
    return () => {
      unsubscribe();
      ended();
    };
  }, [id, connected]);

  const byQuestion = asked.data;
  const current = live && told?.id === id ? told.message : (byQuestion?.message ?? told?.message);
  const { again: ask } = asked;
  const again = useCallback(() => {
    setVersion((last) => last + 1);
    ask();
  }, [ask]);
  return {
    message: current?.id === id ? current : null,
    known: byQuestion !== null || told?.id === id,
    live,
    version,
    problem: asked.problem,
    again,
  };
}
