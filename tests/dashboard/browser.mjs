// Debian's browser, and pages of the dashboard in it that may speak to the hub alone.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { PASSWORD, loginOf } from "./hub.mjs";

const CHROMIUM = "/usr/bin/chromium";
const SHOTS = new URL("../../target/dashboard", import.meta.url).pathname;

/** Why the browser's tests cannot run here; false where they can. */
export const skip = existsSync(CHROMIUM) ? false : "chromium is not installed: run `ops/setup --test`";

export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/**
 * Somebody of an agency at a browser of their own. What goes wrong there is kept in `wrong`.
 * `login` is for those who are not the duty officer; `alsoAsked` are hosts besides the hub that the
 * operator named.
 */
export async function sitDown(
  browser,
  hub,
  code,
  { login = loginOf(code), alsoAsked = [], ...options } = {},
) {
  const context = await browser.newContext({ baseURL: hub.url, locale: "en", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    const known = [new URL(hub.url).host, ...alsoAsked];
    const own = known.includes(host) || ["data:", "blob:"].includes(protocol);
    if (!own) wrong.push(`asked another host: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) wrong.push(message.text());
  });
  return { page, wrong, context, code, login };
}

/** Logs in as a person would, on the page for that. */
export async function logIn({ page, login }) {
  await page.goto("/");
  await page.getByLabel("Login").fill(login);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText("Live", { exact: true }).first().waitFor();
}

/** A picture of what is on the screen, for people to look at. */
export async function shoot({ page }, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** That nothing went wrong behind what was seen. */
export function nothingWrong(...people) {
  for (const { code, wrong } of people) assert.deepEqual(wrong, [], code);
}
