// A hub of its own for a test: the real program, on a free port and an empty store, with three
// agencies. Agencies log in by accounts that are made the way an administrator makes them.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const PROGRAM = new URL("../../target/debug/muster", import.meta.url).pathname;
export const PASSWORD = "a password for tests";
export const AGENCIES = [
  { code: "HFD", name: "Harbor Fire Department", kind: "fire" },
  { code: "MEMORIAL", name: "Memorial Hospital", kind: "hospital" },
  { code: "WATER", name: "Harbor Water", kind: "utility" },
];

const secrets = new Map(AGENCIES.map(({ code }) => [code, `mstr_${randomBytes(32).toString("hex")}`]));

function tokensFile() {
  const quoted = (value) => JSON.stringify(value);
  return AGENCIES.map(({ code, name, kind }) => {
    const digest = createHash("sha256").update(secrets.get(code)).digest("hex");
    return [
      `[[organization]]\ncode = ${quoted(code)}\nname = ${quoted(name)}\nkind = ${quoted(kind)}\n`,
      `[[token]]\nprincipal = "system.${code.toLowerCase()}"\norganization = ${quoted(code)}`,
      `scopes = ["read", "write", "ingest", "administer", "break-glass"]\nsha256 = "${digest}"\n`,
    ].join("\n");
  }).join("\n");
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A hub that is started, killed and started again on the same store and port. */
export class Hub {
  static async start() {
    const hub = new Hub();
    hub.folder = mkdtempSync(join(tmpdir(), "muster-dashboard-"));
    writeFileSync(join(hub.folder, "tokens.toml"), tokensFile());
    hub.configure("");
    hub.url = `http://127.0.0.1:${await freePort()}`;
    await hub.run();
    for (const { code } of AGENCIES) await hub.openAccount(code);
    return hub;
  }

  /** What it is told when it starts the next time, besides what every test needs. */
  configure(more) {
    writeFileSync(join(this.folder, "muster.toml"), `sandbox = true\n${more}`);
  }

  async run() {
    const options = [
      ["--config", join(this.folder, "muster.toml")],
      ["--store", `sqlite:${join(this.folder, "muster.db")}`],
      ["--listen", new URL(this.url).host],
      ["--tokens", join(this.folder, "tokens.toml")],
    ];
    this.process = spawn(PROGRAM, ["serve", ...options.flat()], { stdio: "ignore" });
    const ended = new Promise((_, reject) => {
      this.process.once("error", reject);
      this.process.once("exit", (code) => reject(new Error(`the hub ended: ${code}`)));
    });
    ended.catch(() => {});
    await Promise.race([ended, this.ready()]);
  }

  async ready() {
    for (;;) {
      const reply = await fetch(`${this.url}/readyz`).catch(() => null);
      if (reply?.ok) return;
      await pause(50);
    }
  }

  /** As when the machine fails: nothing is finished. */
  async kill() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }

  async stop() {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  /** Asks the API as an agency's system, and gives the data; a refusal is an error. */
  async ask(code, query, variables = {}) {
    const reply = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secrets.get(code)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await reply.json();
    if (errors) throw new Error(errors[0].message);
    for (const answer of Object.values(data)) {
      if (answer?.refusal) throw new Error(answer.refusal.message);
    }
    return data;
  }

  /** Hands in an alert as an agency's system. */
  async ingest(code, alert) {
    const reply = await fetch(`${this.url}/ingest/cap`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${secrets.get(code)}`,
        "content-type": "application/cap+xml",
      },
      body: alert,
    });
    if (!reply.ok) throw new Error(await reply.text());
  }

  /** An account with which somebody of the agency logs in at the dashboard. */
  async openAccount(code, login = loginOf(code)) {
    const { me } = await this.ask(code, "{ me { organization { id } } }");
    const created = await this.ask(
      code,
      `mutation($input: CreateAccountInput!) {
        createAccount(input: $input) { account { id } refusal { message } }
      }`,
      {
        input: {
          login,
          name: `${login} of ${code}`,
          organization: me.organization.id,
          scopes: ["READ", "WRITE", "ADMINISTER"],
        },
      },
    );
    const made = await this.ask(
      code,
      `mutation($input: AccountInput!) {
        createSetupLink(input: $input) { link refusal { message } }
      }`,
      { input: { account: created.createAccount.account.id } },
    );
    const secret = new URL(made.createSetupLink.link).hash.slice(1);
    const reply = await fetch(`${this.url}/setup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret, login, name: login, password: PASSWORD }),
    });
    if (!reply.ok) throw new Error(await reply.text());
  }

  /** Opens an incident of an agency, and gives its id. */
  async openIncident(code, name, point = [-71.05, 42.36]) {
    const { openIncident } = await this.ask(
      code,
      `mutation($input: OpenIncidentInput!) {
        openIncident(input: $input) { incident { id } refusal { message } }
      }`,
      { input: { name, kind: "flood", location: { name: "Mill Street", point } } },
    );
    return openIncident.incident.id;
  }
}

export function loginOf(code) {
  return `duty.${code.toLowerCase()}`;
}
