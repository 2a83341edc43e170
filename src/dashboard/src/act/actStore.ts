/** Which of the dialogs is open by which people act from anywhere. */
import { createStore } from "../api/store";

export type Act =
  | { what: "incident"; signal: string | null }
  | { what: "request"; incident: string | null }
  | { what: "answer"; request: string }
  | { what: "own"; request: string }
  | { what: "note"; incident: string | null };

export const actStore = createStore<Act | null>(null);

/** Opens an incident by hand, or from a signal. */
export const openIncident = (signal: string | null = null): void => {
  actStore.set({ what: "incident", signal });
};

export const requestResources = (incident: string | null = null): void => {
  actStore.set({ what: "request", incident });
};

/** Answers a request that one's own organization was asked. */
export const answerRequest = (request: string): void => {
  actStore.set({ what: "answer", request });
};

/** Approves or sends a request of one's own organization. */
export const goOnWithRequest = (request: string): void => {
  actStore.set({ what: "own", request });
};

export const writeNote = (incident: string | null = null): void => {
  actStore.set({ what: "note", incident });
};

export const closeAct = (): void => {
  actStore.set(null);
};
