// How soon the list of incidents is on the screen, and what was loaded for it.
import { allShown, noteFirstRow } from "./page.mjs";

/**
 * Milliseconds until the first record stands on the screen, of the dashboard with nothing kept, of
 * the dashboard as the browser has kept it, and of the same screen as plain HTML.
 */
export async function paint(browser, hub, items) {
  const page = await browser.open(hub.cookies);
  const cold = await firstRow(page, hub.url);
  const plain = await page.run(plainCopy);
  const whole = await page.run(allShown, items);
  const again = await browser.openIn(page.browserContextId);
  const warm = await firstRow(again, hub.url);
  await page.close();

  await hub.put("/file", "text/html; charset=utf-8", plain);
  const bare = await browser.open();
  const reference = await firstRow(bare, `${hub.url}/file`);
  await bare.close();
  return { cold, warm, reference, whole };
}

async function firstRow(page, url) {
  await page.before(noteFirstRow);
  await page.go(url);
  return page.run(() => globalThis.firstRow);
}

/** The page as it stands there, with its styles and without any program. */
function plainCopy() {
  const copy = document.documentElement.cloneNode(true);
  for (const part of copy.querySelectorAll("script, link:not([rel=stylesheet])")) part.remove();
  return `<!doctype html>${copy.outerHTML}`;
}

/** Bytes as they crossed the wire, their heads included, until the map is drawn. */
export async function load(browser, hub, items) {
  const page = await browser.open(hub.cookies);
  const loaded = new Map();
  const said = [];
  const forget = browser.listen(({ method, params, sessionId }) => {
    const key = `${sessionId} ${params.requestId}`;
    if (method === "Network.requestWillBeSent") loaded.set(key, { url: params.request.url });
    if (method === "Network.loadingFinished" && loaded.has(key)) {
      loaded.get(key).bytes = params.encodedDataLength;
    }
    if (method === "Network.webSocketFrameSent") {
      const { type } = JSON.parse(params.response.payloadData);
      if (type !== "ping") said.push(params.response.payloadData);
    }
    if (method === "Target.attachedToTarget") void watch(browser, params.sessionId);
  });
  await watch(browser, page.sessionId);
  await page.go(hub.url);
  await page.run(allShown, items);
  await settled(loaded);
  forget();
  await page.close();
  return { ...sum([...loaded.values()], hub.url), said };
}

/** What workers ask is counted, too, from their first request on. */
async function watch(browser, session) {
  await browser.send("Network.enable", {}, session);
  const attach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
  await browser.send("Target.setAutoAttach", attach, session);
  await browser.send("Runtime.runIfWaitingForDebugger", {}, session);
}

/** Nothing is asked any more for so long: then all is there that is loaded by itself. */
const QUIET_MS = 2_000;

async function settled(loaded) {
  const files = () => [...loaded.values()].filter(({ url }) => !isAnswer(url)).length;
  for (let before = -1; before !== files();) {
    before = files();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

const isAnswer = (url) => ["/graphql", "/session"].includes(new URL(url).pathname);

function sum(requests, base) {
  const own = requests.filter(({ url }) => url.startsWith(base));
  const foreign = requests.filter(({ url }) => /^(http|ws)/.test(url) && !url.startsWith(base));
  if (foreign.length > 0) throw new Error(`another host was asked: ${foreign[0].url}`);
  const total = (some) => some.reduce((bytes, one) => bytes + (one.bytes ?? 0), 0);
  const files = own.filter(({ url }) => !isAnswer(url));
  const largest = files.toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0))[0];
  return {
    files: files.length,
    bytes: total(files),
    largest: { name: new URL(largest.url).pathname, bytes: largest.bytes },
    answers: total(own.filter(({ url }) => isAnswer(url))),
  };
}
