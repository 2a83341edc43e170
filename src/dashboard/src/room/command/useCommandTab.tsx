/** What the parts of the command tab share. */
import { createContext, useContext } from "react";

import type { Person, Position, Post, Structure } from "./tree";

export interface CommandTabState {
  structure: Structure;
  posts: readonly Post[];
  people: readonly Person[];
  positions: readonly Position[];
  selected: Post | null;
  select: (id: string | null) => void;
  dialog: CommandDialog | null;
  show: (dialog: CommandDialog | null) => void;
  /** Asks again, as after a command. */
  again: () => void;
}

export type CommandDialog =
  | { what: "assign"; post: string | null; person: string | null }
  | { what: "relieve"; post: string; assignment: string }
  | { what: "open"; under: string | null }
  | { what: "move"; post: string; to: string | null }
  | { what: "dissolve"; post: string }
  | { what: "join" }
  | { what: "leave" };

const Context = createContext<CommandTabState | null>(null);

export const CommandTabProvider = Context.Provider;

export function useCommandTab(): CommandTabState {
  const state = useContext(Context);
  if (!state) throw new Error("this stands outside of the command tab");
  return state;
}
