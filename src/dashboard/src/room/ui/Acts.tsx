/** Commands as buttons. The same entries are reached by key and by the palette. */
import { useEffect, useMemo, useRef } from "react";

import { Button } from "../../ui/Button";
import { useCommands, type CommandEntry } from "../../ui/commands";
import styles from "./ui.module.css";

export interface Act extends CommandEntry {
  look?: "plain" | "main" | "danger" | "quiet";
  /** What the button says, where that is shorter. */
  short?: string;
  /** It has been done: what it says keeps its place, and is no button any more. */
  done?: boolean;
}

/** Brings commands that need not be stable: what they do is that of the last drawing. */
export function useActs(acts: readonly Act[]): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const described = JSON.stringify(acts);
  const stable = useMemo(
    () =>
      (JSON.parse(described) as Act[]).map((act) => ({
        ...act,
        run: () => {
          latest.current.find((one) => one.id === act.id)?.run();
        },
      })),
    [described],
  );
  useCommands(stable);
}

export function Acts({ acts }: { acts: readonly Act[] }) {
  const open = acts.filter(({ done }) => !done);
  useActs(open);
  if (acts.length === 0) return null;
  return (
    <div className={styles.acts} data-no-print>
      {acts.map((one) =>
        one.done ? (
          <span key={one.id} className={styles.done}>
            {one.short ?? one.words}
          </span>
        ) : (
          <ActButton key={one.id} act={one} />
        ),
      )}
    </div>
  );
}

function ActButton({ act: { words, short, look, keys, obstacle, run } }: { act: Act }) {
  return (
    <Button
      look={look ?? "plain"}
      obstacle={obstacle ?? null}
      onPress={run}
      {...(keys === undefined ? {} : { keys })}
      {...(short === undefined ? {} : { "aria-label": words })}
    >
      {short ?? words}
    </Button>
  );
}

/** A command that opens something. */
export function act(
  id: string,
  words: string,
  run: () => void,
  more: Partial<Omit<Act, "id" | "words" | "run">> = {},
): Act {
  return { id, words, group: "act", run, ...more };
}
