// Measures how smooth the picture stays with many records and many changes a second.
//
//   npm run build && node tools/load.mjs [--items 20000] [--rate 1000] [--seconds 15]
//     [--path /] [--shot FILE]
//
// The hub is played by this program, with the policy that the real one sends.
// Prints one line of JSON: how long tasks of the main thread took (a frame stays under 50 ms where
// no task is longer), what share of the time it was busy by them, frames, and memory.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";
import { WebSocketServer } from "ws";

const option = (def) => ({ type: "string", default: def });
const { values } = parseArgs({
  options: {
    items: option("20000"),
    rate: option("1000"),
    seconds: option("15"),
    path: option("/"),
    shot: option(""),
  },
});
const count = Number(values.items);
const rate = Number(values.rate);
const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const now = () => new Date().toISOString();

/** A record of the picture: one of a hundred an incident, five signals, five requests. */
function record(n, round = 0) {
  const at = [-124 + ((n * 7919) % 5000) / 100 + round * 0.001, 26 + ((n * 104729) % 2200) / 100];
  const common = { id: id(n), exercise: n % 3 === 0, changedAt: now(), withheld: [] };
  const organization = { id: id(n % 40), code: `ORG${n % 40}` };
  if (n % 100 === 0) {
    return {
      __typename: "Incident",
      ...common,
      number: `X-${n}`,
      name: `Incident ${n}`,
      status: ["ACTIVE", "REPORTED", "CONTAINED"][n % 3],
      marking: null,
      openedByRule: null,
      kind: { code: "flood", name: "Flood", category: "MET" },
      lead: organization,
      owner: organization,
      parent: null,
      complexity: null,
      attention: [],
      location: { name: `Place ${n}`, point: at, perimeter: null },
    };
  }
  if (n % 20 === 1) {
    return {
      __typename: "Signal",
      ...common,
      headline: `Signal ${n}`,
      severity: "SEVERE",
      certainty: "OBSERVED",
      urgency: "IMMEDIATE",
      state: "LIVE",
      messageStatus: "ACTUAL",
      expires: null,
      marking: null,
      via: "feed",
      source: null,
      point: at,
      key: { sender: "w", sent: now() },
      infos: [{ event: "Flood", categories: ["MET"], senderName: "Weather", areas: [] }],
      attachments: [],
      suggestion: null,
    };
  }
  return {
    __typename: "Resource",
    ...common,
    name: `Engine ${n}`,
    statusPlace: null,
    statusSince: now(),
    resourceStatus: ["ASSIGNED", "AVAILABLE"][n % 2],
    type: 3,
    position: at,
    positionAt: now(),
    positionSource: "gps",
    resourceKind: { id: "fire-engine", name: "Engine", class: "EQUIPMENT" },
    owner: organization,
    commitments: [],
  };
}

function answer(body) {
  const { query, variables } = JSON.parse(body);
  if (query.includes("query HubState")) return { hub: { staleSince: null, version: "0" } };
  if (!query.includes("query PicturePage")) return null;
  const from = Number(variables.after ?? 0);
  const to = Math.min(from + variables.first, count);
  const nodes = Array.from({ length: to - from }, (_, n) => record(from + n));
  const pageInfo = { hasNextPage: to < count, endCursor: String(to) };
  return { cop: { sequence: "s0", records: { totalCount: count, pageInfo, nodes } } };
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' " +
  "data: blob:; font-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";
const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** A file of the build, or its first page. */
function file(path, response) {
  const name = /\.\w+$/.test(path) ? path : "/index.html";
  const type = types[name.split(".").at(-1)] ?? "application/json";
  response.setHeader("content-type", type);
  response.setHeader("content-security-policy", policy);
  response.end(readFileSync(new URL(`../dist${name}`, import.meta.url)));
}

const session = {
  account: { id: "a", login: "l", name: "Load" },
  session: "s",
  expires: now(),
  csrf: "c",
  organizations: [{ code: "ORG0", name: "Organization", scopes: ["read", "write"] }],
};
const server = createServer((request, response) => {
  if (request.url === "/session") {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(session));
  } else if (request.url === "/graphql") {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      const data = answer(body);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(data ? { data } : { errors: [{ message: "not played" }] }));
    });
  } else file(new URL(request.url, "http://x").pathname, response);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

let sent = 0;
let timer;
new WebSocketServer({ server, path: "/graphql/ws" }).on("connection", (socket) => {
  const send = (message) => socket.send(JSON.stringify(message));
  socket.on("close", () => clearInterval(timer));
  socket.on("message", (text) => {
    const { type, id, payload } = JSON.parse(text);
    if (type === "connection_init") send({ type: "connection_ack" });
    if (type === "ping") send({ type: "pong" });
    if (type !== "subscribe" || !payload.query.includes("PictureChanges")) return;
    const begun = Date.now();
    sent = 0;
    timer = setInterval(() => {
      const due = Math.floor(((Date.now() - begun) / 1000) * rate);
      for (; sent < due; sent += 1) {
        const updated = [record((sent * 37) % count, sent % 100)];
        const copChanges = { sequence: `s${sent}`, added: [], updated, removed: [] };
        send({ type: "next", id, payload: { data: { copChanges } } });
      }
    }, 10);
  });
});

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
  ],
});
const baseURL = `http://127.0.0.1:${server.address().port}`;
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL });
const page = await context.newPage();
page.on("console", (message) => {
  if (message.type() === "error") console.error(message.text());
});

const begun = Date.now();
await page.goto(values.path);
await page.getByRole("option").first().waitFor({ timeout: 60_000 });
const firstRow = Date.now() - begun;
await page.waitForFunction((n) => document.body.innerText.includes(n), count.toLocaleString("en"), {
  timeout: 60_000,
});
await page.waitForTimeout(6_000);
const memory = async () => {
  await page.evaluate(() => globalThis.gc?.());
  return page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 1e6));
};
const before = await memory();
const from = sent;
// By the clock of the thread: what other programs on the machine do does not count.
const cdp = await context.newCDPSession(page);
await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
const busy = async () => {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};
const busyBefore = await busy();
const measured = await page.evaluate(
  (ms) =>
    new Promise((resolve) => {
      const tasks = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) tasks.push(entry.duration);
      });
      observer.observe({ type: "longtask" });
      const gaps = [];
      let last = performance.now();
      const end = last + ms;
      const frame = (at) => {
        gaps.push(at - last);
        last = at;
        if (at < end) requestAnimationFrame(frame);
        else {
          observer.disconnect();
          resolve({ tasks, gaps });
        }
      };
      requestAnimationFrame(frame);
    }),
  Number(values.seconds) * 1000,
);
const busyAfter = await busy();
const share = (name) =>
  Math.round(((busyAfter[name] - busyBefore[name]) / Number(values.seconds)) * 1000) / 1000;
const told = sent - from;
if (values.shot) await page.screenshot({ path: values.shot });
const sorted = [...measured.gaps].sort((a, b) => a - b);
const at = (share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
console.log(
  JSON.stringify({
    items: count,
    changes_per_second: Math.round(told / Number(values.seconds)),
    first_row_ms: firstRow,
    frames: measured.gaps.length,
    frame_ms: { median: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    tasks_over_50_ms: measured.tasks.length,
    longest_task_ms: Math.round(Math.max(0, ...measured.tasks)),
    main_thread_share: { all: share("TaskDuration"), scripts: share("ScriptDuration") },
    heap_mb: { before, after: await memory() },
  }),
);
await browser.close();
server.closeAllConnections();
server.close();
process.exit(0);
