/** Brings what a page needs from the hub, also when the hub is away at that moment. */

const AGAIN_MS = 1_000;
/** After these it is not the hub's absence; a newer release may have taken the file away. */
const TRIES_MAX = 120;

/** Loads something, and tries again as long as that fails: a page must not break by it. */
export async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (problem) {
      if (tries >= TRIES_MAX) throw problem;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
