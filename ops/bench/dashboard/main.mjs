// Looks at the dashboard of a hub with a real browser, and prints one line of JSON.
import { parseArgs } from "node:util";

import { Browser } from "./browser.mjs";
import { Hub } from "./hub.mjs";
import { memory } from "./memory.mjs";
import { load, paint } from "./paint.mjs";
import { smoothness } from "./smooth.mjs";

const NAMES = [
  "browser",
  "hub",
  "login",
  "password",
  "items",
  "rate",
  "runs",
  "seconds",
  "minutes",
];
const { values } = parseArgs({
  options: Object.fromEntries(NAMES.map((name) => [name, { type: "string" }])),
});
const [items, rate, runs, seconds, minutes] = NAMES.slice(4).map((name) => Number(values[name]));

const hub = await Hub.reach(values);
const browser = new Browser(values.browser);
try {
  const { said, ...loaded } = await load(browser, hub, items);
  const paints = [];
  for (let run = 0; run < runs; run += 1) paints.push(await paint(browser, hub, items));
  const smooth = await smoothness(browser, hub, { items, rate, seconds, said });
  const kept = await memory(browser, hub, { items, rate, minutes });
  console.log(JSON.stringify({ loaded, paints, smooth, kept }));
} finally {
  await browser.close();
}
