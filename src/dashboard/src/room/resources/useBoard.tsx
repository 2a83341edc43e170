/** What the parts of the resources tab share. */
import { createContext, useContext } from "react";

import type { RoomResourcesQuery } from "../../api/generated/graphql";
import type { BoardPost, BoardResource, Card, Column } from "./board";

export type Par = NonNullable<RoomResourcesQuery["incident"]>["pars"][number];

export type BoardDialog =
  | { what: "assign"; cards: readonly Card[]; to: string | null }
  | { what: "checkIn"; card: Card }
  | { what: "status"; card: Card }
  | { what: "demobilize"; card: Card }
  | { what: "cancel"; card: Card }
  | { what: "release"; card: Card }
  | { what: "par" }
  | { what: "commit" };

export interface BoardState {
  cards: readonly Card[];
  /** What is committed without being on the board. */
  beyond: readonly BoardResource[];
  columns: readonly Column[];
  posts: readonly BoardPost[];
  pars: readonly Par[];
  selected: readonly Card[];
  select: (keys: readonly string[]) => void;
  dialog: BoardDialog | null;
  show: (dialog: BoardDialog | null) => void;
  again: () => void;
}

const Context = createContext<BoardState | null>(null);

export const BoardProvider = Context.Provider;

export function useBoard(): BoardState {
  const state = useContext(Context);
  if (!state) throw new Error("this stands outside of the status board");
  return state;
}
