/** The live connection to the hub, and whether it is there. */
import { createClient, type Client } from "graphql-ws";

import { identityHeaders } from "./session";
import { createStore } from "./store";

/** How often the hub is asked whether it is there. */
const PING_EVERY_MS = 1_000;
/** After so long a silence the connection counts as lost; people are told within 3 s. */
const SILENCE_MAX_MS = 2_000;
/** After so long it is not waited for any more. */
const GIVE_UP_MS = 6_000;
const LOOK_EVERY_MS = 200;

export interface Connection {
  state: "connecting" | "live" | "lost";
  /** When the hub was heard last, by the clock of this browser; null before the first time. */
  heard: number | null;
}

export const connectionStore = createStore<Connection>({ state: "connecting", heard: null });

let heard: number | null = null;
let connected = false;

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
    connected: () => {
      connected = true;
      noteHeard();
    },
    message: noteHeard,
    pong: noteHeard,
    closed: () => {
      connected = false;
      note("lost");
    },
  },
});

/**
 * Says after a short silence that the connection is lost, and gives it up after a longer one: on a
 * slow network the hub may be heard again in between, and a new connection would be slower still.
 */
export function watchConnection(): () => void {
  const timer = setInterval(() => {
    if (heard === null) return;
    const silence = Date.now() - heard;
    if (silence > SILENCE_MAX_MS) note("lost");
    if (silence > GIVE_UP_MS && connected) giveUp();
  }, LOOK_EVERY_MS);
  const offline = () => {
    note("lost");
    giveUp();
  };
  window.addEventListener("offline", offline);
  return () => {
    clearInterval(timer);
    window.removeEventListener("offline", offline);
  };
}

function giveUp(): void {
  connected = false;
  socket.terminate();
}
