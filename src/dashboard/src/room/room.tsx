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

/** For whom one acts, and whether it is an exercise: what one side of a request has to know. */
export type Side = Pick<Room, "own"> & { exercise: boolean };

const SideContext = createContext<Side | null>(null);

/** Of those who look at a request without its incident. */
export const SideProvider = SideContext.Provider;

export function useSide(): Side {
  const room = useContext(RoomContext);
  const beside = useContext(SideContext);
  if (room) return { own: room.own, exercise: room.incident.exercise };
  if (!beside) throw new Error("this stands outside of an incident room and of a request");
  return beside;
}

/** Dialogs that can be opened on every tab. */
export type RoomDialog =
  "note" | "status" | "complexity" | "lead" | "reopen" | "transfer" | "request";

export const roomDialogStore = createStore<RoomDialog | null>(null);

export const openRoomDialog = (dialog: RoomDialog) => () => {
  roomDialogStore.set(dialog);
};
