/** Whether the hub itself sees the present: its store may be away while it answers. */
import { ask } from "./client";
import { graphql } from "./generated";
import { createStore } from "./store";

const ASK_EVERY_MS = 15_000;

const HubState = graphql(`
  query HubState {
    hub {
      staleSince
      version
    }
  }
`);

/** Since when the hub's store has not answered; null while it does. */
export const staleStore = createStore<string | null>(null);

/** Asks now and then until it is told to stop. */
export function watchHub(): () => void {
  const look = () => {
    void ask(HubState, {}).then(({ data }) => {
      if (data) staleStore.set(data.hub.staleSince);
    });
  };
  look();
  const timer = setInterval(look, ASK_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}
