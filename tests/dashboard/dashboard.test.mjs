import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { fill, press } from "./hands.mjs";
import { Hub, PASSWORD } from "./hub.mjs";
import { faultsOf } from "./readable.mjs";

let hub, browser;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

const listed = (page, name) => page.getByRole("option").filter({ hasText: name });

/** Shows the incidents of one agency to another, and gives the agreement. */
async function show(by, to) {
  const { organizations } = await hub.ask(by, "{ organizations(first: 10) { nodes { id code } } }");
  const id = (code) => organizations.nodes.find((one) => one.code === code).id;
  const agreement = {
    title: `${by} shows ${to} its incidents`,
    purpose: "To send help in time",
    parties: [id(by), id(to)],
    terms: [
      {
        gives: [id(by)],
        receives: [id(to)],
        records: ["INCIDENT"],
        groups: ["IDENTITY", "STATUS", "ASSESSMENT", "PLACE", "COMMAND"],
      },
    ],
  };
  const proposed = await hub.ask(
    by,
    `mutation($input: ProposeAgreementInput!) {
      proposeAgreement(input: $input) { agreement { id } refusal { message } }
    }`,
    { input: { agreement } },
  );
  const input = { agreement: proposed.proposeAgreement.agreement.id };
  await hub.ask(
    to,
    "mutation($input: SignAgreementInput!) { signAgreement(input: $input) { refusal { message } } }",
    { input },
  );
  return input.agreement;
}

async function end(by, agreement) {
  await hub.ask(
    by,
    "mutation($input: EndAgreementInput!) { endAgreement(input: $input) { refusal { message } } }",
    { input: { agreement, reason: "it is over" } },
  );
}

test("who mistypes the password is told so, and comes to the page they wanted", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  const { page, login } = fire;
  await page.goto("/messages");
  await page.waitForURL(/\/login\?next=/);
  await fill(page, "Login", login);
  await fill(page, "Password", "not the password");
  await press(page, "Log in");
  await page.getByRole("alert").filter({ hasText: "wrong" }).waitFor();
  await shoot(fire, "login");
  await fill(page, "Password", PASSWORD);
  await press(page, "Log in");
  await page.waitForURL(/\/messages$/);
  await page.getByRole("link", { name: "Write a message" }).waitFor();
  nothingWrong(fire);
  await fire.context.close();
});

test("three agencies see at once what is theirs and what is agreed, and no more", { skip }, async () => {
  const people = await Promise.all(
    ["HFD", "MEMORIAL", "WATER"].map((code) => sitDown(browser, hub, code)),
  );
  const [fire, hospital, water] = people;
  for (const person of people) await logIn(person);

  await hub.openIncident("HFD", "Mill River flood");
  await listed(fire.page, "Mill River flood").waitFor();
  assert.equal(await listed(hospital.page, "Mill River flood").count(), 0);

  const agreement = await show("HFD", "MEMORIAL");
  await listed(hospital.page, "Mill River flood").waitFor();
  assert.equal(await listed(water.page, "Mill River flood").count(), 0);
  await shoot(fire, "picture");

  // It vanishes from the open screen of the other.
  await end("HFD", agreement);
  await listed(hospital.page, "Mill River flood").waitFor({ state: "detached" });
  assert.equal(await listed(fire.page, "Mill River flood").count(), 1);

  nothingWrong(...people);
  for (const { context } of people) await context.close();
});

test("an open page tells that the hub is gone, and goes on by itself when it is back", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
  await hub.openIncident("HFD", "Pier fire");
  await listed(fire.page, "Pier fire").waitFor();
  await fire.page.evaluate(() => (window.loadedOnce = true));

  await hub.kill();
  const alarm = fire.page.getByText("Connection lost for");
  await alarm.waitFor({ timeout: 3_000 });
  // Reading goes on.
  assert.equal(await listed(fire.page, "Pier fire").count(), 1);
  await shoot(fire, "connection-lost");

  await hub.run();
  await alarm.waitFor({ state: "detached" });
  await hub.openIncident("HFD", "Quarry slide");
  await listed(fire.page, "Quarry slide").waitFor();
  assert.equal(await fire.page.evaluate(() => window.loadedOnce), true);
  nothingWrong(fire);
  await fire.context.close();
});

test("an incident is opened and a note is written by the keyboard alone", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
  const { keyboard } = fire.page;
  await keyboard.press("Control+k");
  await keyboard.type("Open an incident");
  await keyboard.press("Enter");
  const dialog = fire.page.getByRole("dialog");
  await dialog.waitFor();
  await keyboard.type("Tank farm fire");
  await keyboard.press("Tab");
  await keyboard.type("struct");
  await fire.page.getByRole("dialog").getByLabel("Place name").focus();
  await keyboard.type("Harbor Road");
  await keyboard.press("Enter");
  await fire.page.waitForURL(/\/incident\//);
  await fire.page.getByText("Tank farm fire").first().waitFor();
  await shoot(fire, "incident-room");
  nothingWrong(fire);
  await fire.context.close();
});

test("who chooses another language reads it from then on, and its words alone are loaded", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  const { page } = fire;
  const loaded = new Set();
  page.on("request", (request) => {
    const [, language] = /\/assets\/(en|es)-[^/]+\.js$/.exec(request.url()) ?? [];
    if (language) loaded.add(language);
  });
  await logIn(fire);
  assert.deepEqual([...loaded], ["en"]);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Español");
  await page.keyboard.press("Enter");
  await page.getByText("En vivo", { exact: true }).first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
  loaded.clear();
  await page.reload();
  await page.getByText("En vivo", { exact: true }).first().waitFor();
  assert.deepEqual([...loaded], ["es"]);
  nothingWrong(fire);
  await fire.context.close();
});

test("the room of an incident does not show the present as the past", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
  const { page } = fire;
  const incident = await hub.openIncident("HFD", "Viaduct collapse");
  await page.goto(`/incident/${incident}`);
  const name = page.getByRole("heading", { name: "Viaduct collapse" });
  await name.waitFor();
  await page.getByRole("link", { name: "Picture", exact: true }).click();
  await listed(page, "Viaduct collapse").waitFor();
  // A minute ago there was no such incident.
  await page.keyboard.press(",");
  await page.getByText("Not the live picture").waitFor();
  await page.goBack();
  await page.getByText("The incident was not on this picture.").waitFor();
  assert.equal(await name.count(), 0);
  await shoot(fire, "room-of-the-past");
  await page.getByRole("button", { name: "Back to the live picture" }).click();
  await name.waitFor();
  nothingWrong(fire);
  await fire.context.close();
});

test("whose glass is broken is told on every page", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
  await fire.page.getByRole("link", { name: "Messages", exact: true }).click();
  const { organization: owner } = (await hub.ask("HFD", "{ me { organization { id } } }")).me;
  await hub.ask(
    "MEMORIAL",
    "mutation($input: BreakGlassInput!) { breakGlass(input: $input) { refusal { message } } }",
    { input: { owner: owner.id, reason: "Eight patients and no word", minutes: 15 } },
  );
  await fire.page.getByText("(MEMORIAL) broke the glass and sees your records").waitFor();
  await shoot(fire, "broken-glass");
  nothingWrong(fire);
  await fire.context.close();
});

test("every page can be read by everybody, in both themes and on a telephone", { skip }, async () => {
  const incident = await hub.openIncident("HFD", "Culvert washout");
  const pages = ["/", `/incident/${incident}`, "/messages", "/agreements", "/outbox"];
  const screens = [
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { colorScheme: "light", viewport: { width: 400, height: 800 } },
  ];
  const found = [];
  for (const options of screens) {
    const fire = await sitDown(browser, hub, "HFD", options);
    await logIn(fire);
    for (const path of pages) {
      await fire.page.goto(path);
      await fire.page.getByRole("main").waitFor();
      await fire.page.waitForLoadState("networkidle");
      const width = options.viewport?.width ?? 1280;
      const name = `${path === "/" ? "picture" : path.split("/")[1]}-${options.colorScheme}-${width}`;
      await shoot(fire, name);
      found.push(...(await faultsOf(fire, name)));
    }
    nothingWrong(fire);
    await fire.context.close();
  }
  assert.deepEqual(found, []);
});
