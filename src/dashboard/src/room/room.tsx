/** What every tab of the room knows of the incident. */
import { createContext, useContext } from "react";

import type { RoomIncidentQuery } from "../api/generated/graphql";
import { createStore } from "../api/store";

export type RoomIncident = NonNullable<RoomIncidentQuery["incident"]>;
export type Concern = RoomIncidentQuery["attention"]["nodes"][number];

export interface Room {
  incident: RoomIncident;
  /** What wants attention, the most pressing first. */
  concerns: readonly Concern[];
  /** The organization that one acts for. */
  own: { id: string; code: string } | null;
  /** Asks again, as after a command. */
  again: () => void;
}

const RoomContext = createContext<Room | null>(null);

export const RoomProvider = RoomContext.Provider;

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("this stands outside of an incident room");
  return room;
}

/** Dialogs that can be opened on every tab. */
export type RoomDialog =
  "note" | "status" | "complexity" | "lead" | "reopen" | "transfer" | "request";

export const roomDialogStore = createStore<RoomDialog | null>(null);

export const openRoomDialog = (dialog: RoomDialog) => () => {
  roomDialogStore.set(dialog);
};
