/** What one can do here, reachable by button, by key and by the palette. */
import { useEffect } from "react";

import { createStore } from "../api/store";

export interface CommandEntry {
  /** Unique, such as `room.transfer`. */
  id: string;
  /** What people call it; it begins with a verb. */
  words: string;
  /** Where it stands in the palette. */
  group: "go" | "act" | "view";
  /**
   * A key or a sequence of keys: `g p`, `?`, `mod+k`. `mod` is Ctrl, or ⌘ on a Mac. Single
   * letters count only while nobody types into a field.
   */
  keys?: string;
  /** More words by which it is found. */
  also?: string;
  /** Why it cannot be done now; it is shown, and says so. */
  obstacle?: string | null;
  run: () => void;
}

/** Every command that can be given now, in the order in which pages brought them. */
export const commandStore = createStore<readonly CommandEntry[]>([]);

const brought = new Map<object, readonly CommandEntry[]>();

/**
 * Brings commands for as long as the component is there. `commands` has to be stable, as by
 * `useMemo`.
 */
export function useCommands(commands: readonly CommandEntry[]): void {
  useEffect(() => {
    const key = {};
    brought.set(key, commands);
    publish();
    return () => {
      brought.delete(key);
      publish();
    };
  }, [commands]);
}

/** The one with an id that was brought last is the one that counts. */
function publish(): void {
  const all = new Map<string, CommandEntry>();
  for (const commands of brought.values()) {
    for (const command of commands) all.set(command.id, command);
  }
  commandStore.set([...all.values()]);
}

/** Those whose words have all the parts of what was typed, those that begin with it first. */
export function find(commands: readonly CommandEntry[], typed: string): CommandEntry[] {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  const fits = commands.filter((command) => {
    const text = plain(`${command.words} ${command.also ?? ""}`);
    return parts.every((part) => text.includes(part));
  });
  const begins = (command: CommandEntry) => plain(command.words).startsWith(plain(typed));
  return [...fits.filter(begins), ...fits.filter((command) => !begins(command))];
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
