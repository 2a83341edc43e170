// What the page's main thread does while the picture changes.
import { setTimeout as pause } from "node:timers/promises";

import { allShown, countMessages, followOnly, frames } from "./page.mjs";

/** Frames have to be done in so many milliseconds. */
const FRAME_MS_MAX = 50;
/** After so long the page does with a new pace what it goes on to do. */
const SETTLE_MS = 4_000;

/** The page when nothing changes, while everything does, and a page that only reads the changes. */
export async function smoothness(browser, hub, { items, rate, seconds, said }) {
  const page = await openPicture(browser, hub, items);
  const idle = await watched(page, hub, seconds);
  await hub.pace(rate);
  await pause(SETTLE_MS);
  const changing = await watched(page, hub, seconds);
  await hub.pace(0);
  await page.close();

  await hub.put("/file", "text/html", "<!doctype html>");
  const reader = await browser.open(hub.cookies);
  await reader.before(countMessages);
  await reader.go(`${hub.url}/file`);
  await reader.run(followOnly, said);
  await hub.pace(rate);
  await pause(SETTLE_MS);
  const reading = await watched(reader, hub, seconds);
  await hub.pace(0);
  await reader.close();
  return { idle, changing, reading };
}

/** The page with the whole picture, when it has come to rest. */
export async function openPicture(browser, hub, items) {
  const page = await browser.open(hub.cookies);
  await page.before(countMessages);
  await page.go(hub.url);
  await page.run(allShown, items);
  await pause(SETTLE_MS);
  return page;
}

/** What a page did for so long, and what came meanwhile. */
export async function watched(page, hub, seconds) {
  const before = { made: await hub.made(), ...(await page.run(() => globalThis.counted)) };
  let gaps;
  const tasks = await traced(page, async () => {
    gaps = await page.run(frames, seconds * 1_000);
  });
  const after = { made: await hub.made(), ...(await page.run(() => globalThis.counted)) };
  const rate = (name) => (after[name] - before[name]) / seconds;
  return {
    changes_per_second: rate("made"),
    messages_per_second: rate("messages"),
    bytes_per_second: rate("bytes"),
    subscriptions: after.subscriptions - before.subscriptions,
    frames: { count: gaps.length, p50: at(gaps, 50), p99: at(gaps, 99), longest: at(gaps, 100) },
    ...tasks,
  };
}

/** The tasks of the page's main thread while something goes on, by the trace of the browser. */
async function traced(page, work) {
  const { browser } = page;
  const events = [];
  let complete;
  const all = new Promise((resolve) => (complete = resolve));
  const forget = browser.listen(({ method, params }) => {
    if (method === "Tracing.dataCollected") events.push(...params.value);
    if (method === "Tracing.tracingComplete") complete();
  });
  const includedCategories = ["disabled-by-default-devtools.timeline", "blink.user_timing"];
  await browser.send("Tracing.start", { traceConfig: { includedCategories } });
  // Its marks in the trace tell which of all threads is the page's, and from when to when.
  await page.run(() => void performance.mark("bench"));
  await work();
  await page.run(() => void performance.mark("bench"));
  await browser.send("Tracing.end");
  await all;
  forget();
  return tasksOf(events);
}

/** By the clock on the wall, and by that of the thread, which other programs do not move. */
function tasksOf(events) {
  const [first, last] = events.filter(({ name, cat }) => {
    return name === "bench" && cat === "blink.user_timing";
  });
  // One that goes on when the trace ends has no duration.
  const tasks = events.filter(({ name, pid, tid, ts, dur, tdur }) => {
    const here = pid === first.pid && tid === first.tid && ts > first.ts && ts < last.ts;
    return here && name === "RunTask" && dur !== undefined && tdur !== undefined;
  });
  const walls = tasks.map(({ dur }) => dur / 1e3);
  const threads = tasks.map(({ tdur }) => tdur / 1e3);
  const sum = (some) => some.reduce((all, one) => all + one, 0);
  const long = walls.filter((ms) => ms > FRAME_MS_MAX);
  return {
    tasks: tasks.length,
    longest_ms: at(walls, 100),
    longest_thread_ms: at(threads, 100),
    long_tasks: long.length,
    long_share: sum(long) / ((last.ts - first.ts) / 1e3),
    busy_share: sum(threads) / ((last.ts - first.ts) / 1e3),
  };
}

/** The value that so many percent do not exceed; 0 of nothing. */
export function at(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
