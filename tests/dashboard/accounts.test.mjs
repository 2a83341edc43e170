// An administrator lets a relief coordinator in at night, takes the rights back, and locks them out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { dialogOf, fill, press, said, submit, tick } from "./hands.mjs";
import { Hub, PASSWORD, loginOf } from "./hub.mjs";
import { faultsOf } from "./readable.mjs";

const NAME = "Relief Coordinator";
const LOGIN = "relief.coordinator";
/** People are out within seconds; the rest is for a machine that does other things too. */
const OUT_MS = 15_000;

let hub, browser, administrator, relief, link;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
  administrator = await sitDown(browser, hub, "HFD");
  relief = await sitDown(browser, hub, "HFD", { login: LOGIN });
  await logIn(administrator);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

const live = ({ page }) =>
  page.getByText("Live", { exact: true }).first().waitFor({ timeout: OUT_MS });

/** Chooses in the menu of what is seldom done with an account. */
async function more(page, name) {
  await page.getByRole("button", { name: `More for ${NAME}` }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

async function readable(person, name) {
  assert.deepEqual(await faultsOf(person, name), []);
}

test("an account is made, and its set-up link is shown once", { skip }, async () => {
  const { page } = administrator;
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Accounts" }).click();
  await page.getByRole("heading", { name: "Accounts", exact: true }).waitFor();
  await readable(administrator, "accounts");
  await press(page, "Create an account");
  const dialog = dialogOf(administrator);
  await dialog.getByLabel("Name", { exact: true }).fill(NAME);
  // A login is made of the name; one that somebody has is refused where it stands.
  assert.equal(await dialog.getByLabel("Login").inputValue(), LOGIN);
  await dialog.getByLabel("Login").fill(loginOf("HFD"));
  await dialog.getByRole("button", { name: "Create an account" }).click();
  await said(administrator, "belongs to another account");
  await readable(administrator, "a new account");
  await dialog.getByLabel("Login").fill(LOGIN);
  await dialog.getByRole("button", { name: "Create an account" }).click();
  await dialog.getByText("It is shown this once and not again.").waitFor();
  await shoot(administrator, "setup-link");
  link = await dialog.getByLabel("Set-up link").inputValue();
  assert.match(link, /\/setup#\w+$/);
  await submit(administrator, "Done");
  await page.getByRole("heading", { name: NAME }).waitFor();
  assert.equal(await page.getByText(link).count(), 0);
});

test("by the link somebody sets a password, and is in", { skip }, async () => {
  const { page } = relief;
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await fill(page, "Password, once more", PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.waitForURL((url) => !url.pathname.includes("setup"));
  await page.goto("/accounts");
  await live(relief);
  await said(relief, "Your account may not manage the accounts of HFD");
  await page.getByRole("button", { name: "Menu" }).click();
  assert.equal(await page.getByRole("menuitem", { name: "Accounts" }).count(), 0);
  await page.keyboard.press("Escape");
  await page.goto("/");
  await live(relief);
});

test("the rights are changed, and undone", { skip }, async () => {
  const { page } = administrator;
  await fill(page, "Find an account", "relief");
  await press(page, "Change rights");
  await tick(page, "Administer");
  await submit(administrator, "Save");
  await page.getByText("See the picture · Work · Administer").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("See the picture · Work", { exact: false }).waitFor();
  await page
    .getByText("See the picture · Work · Administer")
    .waitFor({ state: "detached", timeout: OUT_MS });
});

test("whoever loses the rights is told so on the page that is open", { skip }, async () => {
  const { page } = administrator;
  await live(relief);
  await more(page, "Take the rights away");
  await dialogOf(administrator).getByText("It ends at once").waitFor();
  await submit(administrator, "Take away");
  await relief.page
    .getByRole("heading", { name: "Your account may not act for anybody now" })
    .waitFor({ timeout: OUT_MS });
  await shoot(relief, "nobody-to-act-for");
  await page.getByRole("button", { name: "Undo" }).last().click();
  await live(relief);
});

test("whoever is disabled is out at once, until they are enabled", { skip }, async () => {
  const { page } = administrator;
  await page.getByRole("heading", { name: NAME }).waitFor();
  await press(page, "Disable");
  await submit(administrator, "Disable");
  await said(administrator, "Disabled: lets nobody in");
  await relief.page.waitForURL(/\/login/, { timeout: OUT_MS });
  await relief.page.getByLabel("Login").fill(LOGIN);
  await relief.page.getByLabel("Password").fill(PASSWORD);
  await relief.page.getByRole("button", { name: "Log in" }).click();
  await said(relief, "is disabled");
  await press(page, "Enable");
  await said(administrator, `${NAME} can log in again.`);
  await relief.page.getByRole("button", { name: "Log in" }).click();
  await live(relief);
});

test("a token is issued, shown once, lets a program in, and is taken back", { skip }, async () => {
  const { page } = administrator;
  await page.getByRole("link", { name: "Access tokens" }).click();
  await press(page, "Issue a token");
  const dialog = dialogOf(administrator);
  await dialog.getByLabel("What is it for?").fill("a/b");
  await dialog.getByRole("button", { name: "Issue a token" }).click();
  await said(administrator, "cannot be a label");
  await dialog.getByLabel("What is it for?").fill("dispatch");
  await dialog.getByRole("button", { name: "Issue a token" }).click();
  const secret = await dialog.getByLabel("Token", { exact: true }).inputValue();
  await submit(administrator, "Done");
  const asks = () =>
    fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ query: "{ me { principal } }" }),
    });
  assert.equal((await asks()).status, 200);
  await press(page, "Take back");
  await submit(administrator, "Take back");
  await said(administrator, "The token dispatch no longer works.");
  assert.equal((await asks()).status, 401);
  nothingWrong(administrator, relief);
});
