/** The live connection to the hub, and whether it is there. */
import { createClient, type Client } from "graphql-ws";

import { identityHeaders } from "./session";
import { createStore } from "./store";

/** How often the hub is asked whether it is there. */
const PING_EVERY_MS = 1_000;
/** After so long a silence the connection counts as lost; people are told within 3 s. */
const SILENCE_MAX_MS = 2_200;
const LOOK_EVERY_MS = 250;

export interface Connection {
  state: "connecting" | "live" | "lost";
  /** When the hub was heard last, by the clock of this browser; null before the first time. */
  heard: number | null;
}

export const connectionStore = createStore<Connection>({ state: "connecting", heard: null });

let heard: number | null = null;

function note(state: Connection["state"]): void {
  if (connectionStore.get().state === state) return;
  connectionStore.set({ state, heard });
}

function noteHeard(): void {
  heard = Date.now();
  note("live");
}

/** When the hub was heard last. It changes too often to be followed. */
export const lastHeard = (): number | null => heard;

function address(): string {
  const url = new URL("/graphql/ws", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

/**
 * The socket that all subscriptions share. It does not subscribe anew by itself after a loss:
 * whoever subscribed does, with the cursor that they have come to.
 */
export const socket: Client = createClient({
  url: address(),
  connectionParams: identityHeaders,
  keepAlive: PING_EVERY_MS,
  retryAttempts: 0,
  lazyCloseTimeout: 5_000,
  on: {
    connected: noteHeard,
    message: noteHeard,
    pong: noteHeard,
    closed: () => {
      note("lost");
    },
  },
});

/** Gives up a connection that has fallen silent, and notices the loss of the network at once. */
export function watchConnection(): () => void {
  const lost = () => {
    if (connectionStore.get().state !== "live") return;
    note("lost");
    socket.terminate();
  };
  let looked = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    // After a pause of the page itself, what the hub said meanwhile has still to be read.
    const paused = now - looked > 4 * LOOK_EVERY_MS;
    looked = now;
    if (!paused && heard !== null && now - heard > SILENCE_MAX_MS) lost();
  }, LOOK_EVERY_MS);
  window.addEventListener("offline", lost);
  return () => {
    clearInterval(timer);
    window.removeEventListener("offline", lost);
  };
}
