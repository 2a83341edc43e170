// Debian's browser, moved by its debugging protocol over a pipe and by nothing else: what a library
// for tests switches on by itself, as telling of every frame of a WebSocket, costs the page time.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VIEWPORT = { width: 1440, height: 900 };
const ARGUMENTS = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--no-first-run",
  "--disable-gpu",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--window-size=${VIEWPORT.width},${VIEWPORT.height}`,
];

export class Browser {
  #waiting = new Map();
  #listeners = new Set();
  #last = 0;
  #text = [];

  constructor(program) {
    this.folder = mkdtempSync(join(tmpdir(), "muster-bench-browser-"));
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
    const folder = `--user-data-dir=${this.folder}`;
    this.process = spawn(program, [...ARGUMENTS, folder, "about:blank"], { stdio });
    this.ended = new Promise((resolve) => this.process.once("exit", resolve));
    [, , , this.input, this.output] = this.process.stdio;
    this.output.on("data", (part) => this.#read(part));
    this.process.once("exit", () => this.#fail(new Error("the browser ended")));
    this.process.once("error", (error) => this.#fail(error));
  }

  /** Sends a command to the browser or to one of its pages, and gives the answer. */
  send(method, params = {}, sessionId = undefined) {
    const id = (this.#last += 1);
    this.input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { method, resolve, reject }));
  }

  /** Calls with each event of a page, until the function that this gives is called. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A page that has nothing of any other: no cache, and only the cookies that it is given. */
  async open(cookies = []) {
    const { browserContextId } = await this.send("Target.createBrowserContext");
    if (cookies.length > 0) await this.send("Storage.setCookies", { cookies, browserContextId });
    return this.openIn(browserContextId);
  }

  /** Another page with what the pages of a context have kept. */
  async openIn(browserContextId) {
    const { targetId } = await this.send("Target.createTarget", {
      url: "about:blank",
      browserContextId,
      newWindow: true,
      ...VIEWPORT,
    });
    const attached = await this.send("Target.attachToTarget", { targetId, flatten: true });
    return new Page(this, { ...attached, targetId, browserContextId });
  }

  async close() {
    this.send("Browser.close").catch(() => {});
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #read(part) {
    const end = part.lastIndexOf(0);
    if (end < 0) return void this.#text.push(part);
    const whole = Buffer.concat([...this.#text, part.subarray(0, end)]).toString();
    this.#text = [part.subarray(end + 1)];
    for (const message of whole.split("\0")) this.#take(JSON.parse(message));
  }

  #take({ id, result, error, ...event }) {
    if (id === undefined) {
      for (const listener of this.#listeners) listener(event);
      return;
    }
    const { method, resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reject(new Error(`${method}: ${error.message}`));
    else resolve(result);
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** A page, by the session that moves it. */
class Page {
  constructor(browser, { sessionId, targetId, browserContextId }) {
    Object.assign(this, { browser, sessionId, targetId, browserContextId });
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  listen(listener) {
    return this.browser.listen((event) => {
      if (event.sessionId === this.sessionId) listener(event);
    });
  }

  /** Runs a function in every document of the page before anything else of it. */
  async before(work) {
    await this.send("Page.enable");
    await this.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${work})()` });
  }

  async go(url) {
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** Runs a function in the page, and gives what it gives or promises. */
  async run(work, ...given) {
    const evaluated = this.send("Runtime.evaluate", {
      expression: `(${work})(${given.map((value) => JSON.stringify(value)).join()})`,
      awaitPromise: true,
      returnByValue: true,
    });
    const { result, exceptionDetails: wrong } = await inTime(evaluated, work);
    if (wrong) throw new Error(wrong.exception?.description ?? wrong.text);
    return result.value;
  }

  /** Closes the page and forgets what it has kept. */
  async close() {
    const { browserContextId } = this;
    await this.browser.send("Target.disposeBrowserContext", { browserContextId });
  }
}

/** So long nothing takes that works. */
const PATIENCE_MS = 300_000;

function inTime(answer, work) {
  const tooLate = (_, reject) => {
    const error = new Error(`nothing came of: ${work}`);
    const timer = setTimeout(reject, PATIENCE_MS, error);
    answer.finally(() => clearTimeout(timer)).catch(() => {});
  };
  return Promise.race([answer, new Promise(tooLate)]);
}
