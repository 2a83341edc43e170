/** The zone in which people where something happens tell the time; the device's where none is given. */
import { createContext, useContext } from "react";

export const Zone = createContext<string | undefined>(undefined);

export const useZone = (): string | undefined => useContext(Zone);
