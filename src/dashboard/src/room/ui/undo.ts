/** What takes a command back, where the domain has an inverse. */
import { order } from "../../api/client";
import type { TypedDocumentString } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import type { Command, Refusal } from "../../api/useCommand";
import { readable } from "../../ui/sentence";
import { languageStore, words } from "../../words";
import { refusalText } from "../../words/hub";

type Keyed = { idempotencyKey?: string | null | undefined };

/** Gives the inverse of a command, and announces what came of it. */
export async function takeBack<R, I extends Keyed>(
  document: TypedDocumentString<R, { input: I }>,
  input: Omit<I, "idempotencyKey">,
  sentence: string,
): Promise<void> {
  const withKey = { ...input, idempotencyKey: crypto.randomUUID() } as unknown as I;
  const { data, problem } = await order(document, { input: withKey });
  if (problem) {
    const why = problem.unreached ? words().app.unreached : words().app.failed(problem.message);
    announce(why, { tone: "trouble" });
    return;
  }
  const [payload] = Object.values(data as Record<string, { refusal?: Refusal | null } | null>);
  if (!payload?.refusal) {
    announce(sentence);
    return;
  }
  const language = languageStore.get();
  const why = readable(refusalText(payload.refusal, words().hub), new Date(), language);
  announce(why, { tone: "trouble" });
}

/** The command, which calls `then` with the input and payload of what was carried out. */
export function andThen<R, I>(
  command: Command<R, I>,
  then: (payload: NonNullable<Awaited<ReturnType<Command<R, I>["give"]>>>, input: I) => void,
): Command<R, I> {
  return {
    ...command,
    give: async (input) => {
      const payload = await command.give(input);
      if (payload) then(payload, input);
      return payload;
    },
  };
}
