/** Commands to the hub from components: pending, refused, offline, and never carried out twice. */
import { useRef, useState } from "react";

import { order } from "./client";
import { connectionStore } from "./connection";
import { graphql } from "./generated";
import type { RefusedFragment, TypedDocumentString } from "./generated/graphql";
import { useStore } from "./store";
import { announce } from "./toasts";
import { shownStore } from "./picture/shown";

graphql(`
  fragment Refused on Refusal {
    code
    message
    values {
      name
      value
    }
  }
`);

/** Why the hub did not do something. */
export type Refusal = RefusedFragment;

/** What came of a command that did not succeed. */
export type Trouble =
  /** The hub said no. */
  | { kind: "refused"; refusal: Refusal }
  /** The hub was not reached: it may have been carried out. Giving it again is safe. */
  | { kind: "unreached" }
  /** The hub could not read or carry out the request. */
  | { kind: "failed"; message: string };

/** What may keep a command from being given now. */
export type Obstacle = "offline" | "not-live" | null;

/** The one field that a document of a mutation asks for. */
export type PayloadOf<R> = NonNullable<R[Exclude<keyof R, "__typename">]>;

export interface Command<R, I> {
  /**
   * Gives the command; without an idempotency key, which is added. Tells the payload, or null when
   * it came to nothing: then `trouble` says why.
   */
  give: (input: I) => Promise<PayloadOf<R> | null>;
  pending: boolean;
  trouble: Trouble | null;
  /** Forgets the trouble, as when somebody has changed their input. */
  clear: () => void;
  /** Why it cannot be given now; show it at the button. */
  obstacle: Obstacle;
}

/**
 * A mutation whose document is `mutation($input: SomeInput!) { verb(input: $input) { refusal {
 * ...Refused } … } }`. `done` is a sentence for the region that announces outcomes.
 */
export function useCommand<R, I extends { idempotencyKey?: string | null | undefined }>(
  document: TypedDocumentString<R, { input: I }>,
  done?: (payload: PayloadOf<R>) => string,
): Command<R, Omit<I, "idempotencyKey">> {
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const obstacle = useObstacle();
  // Kept until an answer has come: the same input then goes out with the same key.
  const unanswered = useRef<{ key: string; input: string } | null>(null);

  async function give(input: Omit<I, "idempotencyKey">): Promise<PayloadOf<R> | null> {
    const written = JSON.stringify(input);
    if (unanswered.current?.input !== written) {
      unanswered.current = { key: crypto.randomUUID(), input: written };
    }
    const withKey = { ...input, idempotencyKey: unanswered.current.key } as unknown as I;
    setPending(true);
    setTrouble(null);
    const { data, problem } = await order(document, { input: withKey });
    setPending(false);
    if (problem?.unreached) {
      setTrouble({ kind: "unreached" });
      return null;
    }
    unanswered.current = null;
    if (problem) {
      setTrouble({ kind: "failed", message: problem.message });
      return null;
    }
    const payload = payloadOf(data);
    if (!payload) return null;
    const refusal = (payload as { refusal?: Refusal | null }).refusal;
    if (refusal) {
      setTrouble({ kind: "refused", refusal });
      return null;
    }
    if (done) announce(done(payload));
    return payload;
  }

  const clear = () => {
    setTrouble(null);
  };
  return { give, pending, trouble, clear, obstacle };
}

/** Why no command can be given now: the hub is away, or what is shown is not the present. */
export function useObstacle(): Obstacle {
  const connection = useStore(connectionStore);
  const shown = useStore(shownStore);
  if (shown.instead !== null) return "not-live";
  return connection.state === "lost" ? "offline" : null;
}

function payloadOf<R>(data: R): PayloadOf<R> | null {
  const entries = Object.entries(data as Record<string, unknown>);
  const entry = entries.find(([name]) => name !== "__typename");
  return (entry?.[1] ?? null) as PayloadOf<R> | null;
}
