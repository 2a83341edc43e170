// Whether the page forgets what it does not show any more.
import { setTimeout as pause } from "node:timers/promises";

import { openPicture } from "./smooth.mjs";

/** Until every record has changed at least once, and what is kept of that is kept. */
const WARM_UP_MS = 60_000;
/** Looks in between, by which growth is told from noise. */
const LOOKS = 12;

/** What the page keeps, after a collection of garbage each, while the picture changes. */
export async function memory(browser, hub, { items, rate, minutes }) {
  const page = await openPicture(browser, hub, items);
  await hub.pace(rate);
  await pause(WARM_UP_MS);
  const [madeBefore, begun, looks] = [await hub.made(), Date.now(), []];
  for (let look = 0; look <= LOOKS; look += 1) {
    await pause(begun + (look * minutes * 60_000) / LOOKS - Date.now());
    looks.push({ hours: (Date.now() - begun) / 3_600_000, ...(await kept(browser, page)) });
  }
  const seconds = (Date.now() - begun) / 1_000;
  const changes = ((await hub.made()) - madeBefore) / seconds;
  await hub.pace(0);
  const { subscriptions } = await page.run(() => globalThis.counted);
  await page.close();
  return { minutes, changes_per_second: changes, subscriptions, looks };
}

/** The megabytes of the scripts' objects, of the process as a whole, and what the document has. */
async function kept(browser, page) {
  // A second time for what the first one has only let go of.
  for (let time = 0; time < 2; time += 1) await page.send("HeapProfiler.collectGarbage");
  const { usedSize } = await page.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await page.send("Memory.getDOMCounters");
  return { heap_mb: usedSize / 1e6, nodes, listeners: jsEventListeners };
}
