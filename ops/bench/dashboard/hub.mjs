// The hub that is looked at, from outside of the browser.

export class Hub {
  /** Logs in as the page for that does, and keeps the cookie for browsers. */
  static async reach({ hub: url, login, password }) {
    const hub = new Hub();
    hub.url = url;
    const page = await (await fetch(url, { headers: { accept: "text/html" } })).text();
    if (!page.includes("/assets/")) throw new Error("the dashboard is not built: run ops/setup");
    const reply = await hub.#ask("POST", "/session", "application/json", { login, password });
    const [name, value] = reply.headers.getSetCookie()[0].split(";")[0].split("=");
    hub.cookies = [{ name, value, url, httpOnly: true }];
    return hub;
  }

  put(path, type, body) {
    return this.#ask("PUT", path, type, body);
  }

  /** How many changes a second there are from now on. */
  async pace(rate) {
    await this.#ask("PUT", "/pace", "text/plain", String(rate));
  }

  /** How many changes there were. */
  async made() {
    return Number(await (await this.#ask("GET", "/pace")).text());
  }

  async #ask(method, path, type = "text/plain", body = undefined) {
    const reply = await fetch(this.url + path, {
      method,
      headers: { "content-type": type, origin: this.url },
      body: typeof body === "object" ? JSON.stringify(body) : body,
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  }
}
