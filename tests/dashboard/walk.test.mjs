// Three agencies walk one incident through the dashboard, from the alert to the last release. Each
// test begins where the one before it ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { bringCast, floodWatch } from "./cast.mjs";
import {
  choose,
  dialogOf,
  fill,
  follow,
  listed,
  listField,
  pick,
  press,
  said,
  submit,
  tick,
} from "./hands.mjs";
import { Hub } from "./hub.mjs";
import { faultsOf } from "./readable.mjs";

const INCIDENT = "Mill River flood";
/** Each part of it takes seconds. */
const WITHIN_MS = 120_000;
const WATCH = "Flood Watch for the Mill River";

let hub, browser, fire, chief, hospital, water, room;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
  await hub.openAccount("HFD", "chief.hfd");
  await bringCast(hub);
  fire = await sitDown(browser, hub, "HFD");
  chief = await sitDown(browser, hub, "HFD", { login: "chief.hfd" });
  hospital = await sitDown(browser, hub, "MEMORIAL");
  water = await sitDown(browser, hub, "WATER");
  for (const person of [fire, chief, hospital, water]) await logIn(person);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

/** A part of the walk. What comes after one that failed is not tried. */
let failed = null;
function walk(name, part) {
  test(name, { skip, timeout: WITHIN_MS }, async () => {
    assert.equal(failed, null, `not walked, as this failed: ${failed}`);
    failed = name;
    try {
      await part();
    } catch (error) {
      const people = [fire, chief, hospital, water];
      for (const one of people) await shoot(one, `walk-failed-${one.login}`);
      throw error;
    }
    failed = null;
  });
}

walk("an alert is on everybody's picture, and an incident is opened from it", async () => {
  await hub.ingest("HFD", floodWatch());
  for (const person of [fire, hospital, water]) await listed(person, WATCH).waitFor();
  const { page } = fire;
  await listed(fire, WATCH).click();
  await shoot(fire, "walk-signal");
  await press(page, "Open an incident from this signal");
  await fill(page, "What people call it", INCIDENT);
  await choose(page, "Kind", "Flood");
  await submit(fire, "Open an incident");
  await page.getByRole("heading", { name: INCIDENT }).waitFor();
  room = new URL(page.url()).pathname;
  await page.getByText(WATCH).first().waitFor();
  await shoot(fire, "walk-summary");
  assert.equal(await listed(hospital, INCIDENT).count(), 0);
});

walk("what an agreement shows is there once the last party has signed", async () => {
  const { page } = fire;
  await follow(fire, "Agreements");
  await press(page, "Propose an agreement");
  await tick(page, /MEMORIAL/);
  await tick(page, /WATER/);
  await fill(page, "What is it called?", "Flood response");
  await fill(page, "What may it be used for?", "To help each other in the flood");
  await choose(page, "Who shows whom?", "All show each other");
  for (const record of ["Journal notes", "Persons", "Periods and plans", "Command structures"]) {
    await tick(page, record);
  }
  for (const record of ["Posts", "Qualifications", /^Resources/]) await tick(page, record);
  for (const fact of [/^command/, /^links/, /^content/, /^source/]) await tick(page, fact);
  await press(page, "Try it: who would see what?");
  await page.getByText("would appear").first().waitFor();
  await shoot(fire, "walk-agreement");
  // The page is as high as the screen; only its main part scrolls.
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await press(page, "Propose and sign for HFD");
  await said(fire, "Waits for the signature of");

  for (const person of [hospital, water]) {
    await follow(person, "Agreements");
    await follow(person, "Flood response");
    await press(person.page, `Sign for ${person.code}`);
    await dialogOf(person).getByText("Dry run").waitFor();
    await submit(person, `Sign for ${person.code}`);
    await follow(person, "Picture");
    if (person === hospital) assert.equal(await listed(hospital, INCIDENT).count(), 0);
  }
  for (const person of [hospital, water]) await listed(person, INCIDENT).waitFor();
  await shoot(hospital, "walk-partner-picture");
});

walk("command is assumed, and posts are opened and filled by keyboard and mouse", async () => {
  const { page } = fire;
  await page.goto(`${room}/command`);
  await press(page, "Assume command");
  await choose(page, "Commander", "Ada Stone");
  await submit(fire, "Assume command");
  await page.getByText("Ada Stone (HFD)").first().waitFor();
  await page.getByRole("row", { name: /Ada Stone/ }).first().waitFor();

  const { keyboard } = page;
  // The letter is a command of the tab, wherever the focus is.
  await keyboard.press("O");
  await dialogOf(fire).waitFor();
  await listField(page, "Position").focus();
  await pick(page, "Operations Section");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await dialogOf(fire).waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Operations Section Chief/ }).waitFor();

  await keyboard.press("A");
  await listField(page, "Person").focus();
  await pick(page, "Ben");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await dialogOf(fire).waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Operations Section Chief.*Ben Ortiz/ }).waitFor();

  await press(page, "Open a post");
  await choose(page, "Position", "Group Supervisor");
  await dialogOf(fire).getByLabel("Name").fill("Pumping Group");
  await submit(fire, "Open a post");
  await page.getByRole("row", { name: /Pumping Group/ }).waitFor();
  await shoot(fire, "walk-command");
});

walk("a period is planned and started, and has an objective", async () => {
  const { page } = fire;
  await page.keyboard.press("3");
  await page.getByRole("heading", { name: "Operational periods" }).waitFor();
  await press(page, "Plan the next period");
  await submit(fire, "Plan the next period");
  // It begins now unless somebody says otherwise, so nobody has to start it.
  await page.getByRole("button", { name: /^Period 1 .*Runs/ }).waitFor();
  await press(page, "Set an objective");
  await fill(page, "What is to be reached", "Keep the water out of the substation");
  await fill(page, "By what one will know", "The floor is dry");
  await submit(fire, "Set an objective");
  await said(fire, "Keep the water out of the substation");
  await shoot(fire, "walk-plan");
});

walk("a pump is asked for, offered, agreed by both, and ordered", async () => {
  const { page } = fire;
  await page.keyboard.press("5");
  await page.getByText("Nothing is requested for this incident.").waitFor();
  await page.keyboard.press("R");
  await choose(page, "Kind of resource", "Water pump, de-watering");
  await fill(page, "What it is for", "Pump out the substation");
  await fill(page, "Report or deliver to", "Mill Street gate");
  await fill(page, "Contact (a role)", "Ordering Manager, ICP");
  await submit(fire, "Request");
  await press(page, "Send it out");
  await tick(page, "WATER");
  await submit(fire, "Send it out");

  const asked = water.page;
  await asked.getByRole("button", { name: "Answer", exact: true }).click();
  await tick(asked, "Pump 3");
  await shoot(water, "walk-offer");
  await dialogOf(water).getByRole("button", { name: "Offer", exact: true }).last().click();
  await said(water, "Your offer is made.");

  await press(page, "Accept the offer of WATER");
  await submit(fire, "Accept");
  await press(page, "Sign the agreement with WATER");
  await said(fire, "Signed; the other side has still to sign.");
  await asked.goto(`${room}/requests`);
  await press(asked, "Sign the agreement with WATER");
  await said(water, "Both have signed: the agreement is binding.");
  await press(asked, "Issue the mission order");
  await fill(asked, "Assignment", "Pump out the substation");
  await fill(asked, "Report to", "Operations Section Chief");
  await submit(water, "Issue the mission order");
  await page.getByText("Mission ordered").first().waitFor();
  await shoot(fire, "walk-requests");
});

walk("the pump is mobilized, checked in and assigned", async () => {
  const board = water.page;
  await board.keyboard.press("4");
  await board.getByRole("row", { name: "Pump 3" }).click();
  const next = board.getByRole("button", { name: "Is on its way" });
  const place = await next.boundingBox();
  await press(board, "Gets ready");
  await said(water, "Pump 3 gets ready.");
  // What is done is no button any more, and the others stay where they were.
  await board.getByRole("button", { name: "Gets ready" }).waitFor({ state: "detached" });
  assert.deepEqual(await next.boundingBox(), place);
  await press(board, "Is on its way");
  await said(water, "Pump 3 is on its way.");

  const { page } = fire;
  await page.keyboard.press("4");
  await page.getByRole("row", { name: "Pump 3" }).filter({ hasText: "En route" }).click();
  await press(page, "Check Pump 3 in");
  await fill(page, "Where", "Mill Street gate");
  await submit(fire, "Check in");
  await page.getByRole("button", { name: "Assign Pump 3" }).waitFor();
  await page.keyboard.press("A");
  await choose(page, "Works at", "Pumping Group");
  await submit(fire, "Assign");
  await page.getByRole("region", { name: "Pumping Group" }).getByText("Pump 3").waitFor();
  await shoot(fire, "walk-resources");
});

walk("a note stands in the journal of whoever may read it", async () => {
  const { page } = fire;
  await page.keyboard.press("N");
  await dialogOf(fire).getByLabel("Note").fill("Water stands 40 cm deep at the gate.");
  await submit(fire, "Write a note");
  await hospital.page.goto(`${room}/journal`);
  await said(hospital, "Water stands 40 cm deep at the gate.");
  await shoot(hospital, "walk-journal");
});

walk("a message is released by a second person, told, and answered live", async () => {
  const { page } = fire;
  await page.keyboard.press("6");
  await follow(fire, "Write a message");
  await fill(page, "What happened, or is asked", "Can you come to the Mill Street gate?");
  await tick(page, "For the public");
  await press(page, "Add an answer");
  await press(page, "Add an answer");
  await choose(page, "Add to whom", "Persons");
  for (const name of ["Ben Ortiz", "Cam Lee"]) await press(page, new RegExp(`^\\+ ${name}`));
  await shoot(fire, "walk-compose");
  await press(page, "Save and preview");
  await said(fire, "2 people are told");
  await said(fire, "Somebody other than its author has to release this message.");
  await shoot(fire, "walk-preview");

  await press(chief.page, "Look and release");
  await press(chief.page, "Release it as shown");
  await said(chief, "The message is released.");
  await said(fire, "Released by chief.hfd.");
  await press(page, "Launch it as shown");
  await submit(fire, "Launch it as shown");
  await page.getByText(/Reached, no answer yet 2|Sent, arrival unknown 2/).waitFor();

  const { page: phone, context } = await sitDown(browser, hub, "HFD");
  await phone.goto("/sandbox");
  await phone.getByRole("link", { name: "+15550100002" }).click();
  await phone.getByLabel(/Reply as/).fill("1");
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.waitForURL(/\/sandbox$/);
  await context.close();
  await page.getByText("Coming 1").waitFor();
  await page.getByRole("row", { name: /Cam Lee.*Coming/ }).waitFor();
  await shoot(fire, "walk-delivery");
});

walk("command goes over to the waterworks with its briefing", async () => {
  const { page } = fire;
  await page.goto(`${room}/command`);
  await press(page, "Propose a transfer of command");
  await choose(page, "Who takes over", "Dee Park");
  await dialogOf(fire).getByLabel("Reason", { exact: true }).fill("What is left is pumping");
  await submit(fire, "Propose a transfer of command");
  await page.getByText("Briefing", { exact: true }).waitFor();

  await follow(water, "Picture");
  await water.page.getByRole("link", { name: /is offered to your organization by HFD/ }).click();
  await water.page.getByRole("region", { name: "Briefing" }).getByText("Pump 3").first().waitFor();
  await shoot(water, "walk-transfer");
  await press(water.page, "Accept command");
  await said(water, "Command is accepted.");
  await page.getByText("Dee Park (WATER)").first().waitFor();
});

walk("every tab of the room can be read by everybody, on a desk and in the hand", async () => {
  const { page } = fire;
  const tabs = ["summary", "command", "plan", "resources", "requests", "messages", "journal"];
  const screens = [
    { colorScheme: "light", width: 1280, height: 720 },
    { colorScheme: "dark", width: 400, height: 800 },
  ];
  const found = [];
  for (const { colorScheme, width, height } of screens) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    for (const tab of [...tabs, "sharing", "timeline"]) {
      await page.goto(`${room}/${tab}`);
      await page.getByRole("heading", { name: INCIDENT }).waitFor();
      await page.waitForLoadState("networkidle");
      const name = `walk-${tab}-${colorScheme}-${width}`;
      found.push(...(await faultsOf(fire, name)));
      await shoot(fire, name);
    }
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ colorScheme: "light" });
  assert.deepEqual(found, []);
});

walk("the pump is demobilized, and the incident is closed", async () => {
  const { page } = fire;
  await page.keyboard.press("4");
  await page.getByRole("row", { name: "Pump 3" }).click();
  await press(page, "Demobilize Pump 3");
  await submit(fire, "Demobilize");
  for (const box of ["Supply", "Documentation", "Demobilization unit", "Time"]) {
    await press(page, new RegExp(`Sign: ${box}`));
  }
  await page.getByText("All signed.").waitFor();
  await shoot(fire, "walk-demobilization");
  await press(page, "Release Pump 3");
  await submit(fire, "Release");
  await page.getByRole("row", { name: "Pump 3" }).waitFor({ state: "detached" });

  for (const status of ["Active", "Contained", "Controlled", "Demobilizing", "Closed"]) {
    await page.keyboard.press("S");
    const dialog = dialogOf(fire);
    await choose(page, "New status", status);
    const reason = dialog.getByLabel("Reason", { exact: true });
    if (await reason.isVisible()) await reason.fill("The water has gone");
    await submit(fire, `Set to ${status}`);
    await said(fire, `The incident is now: ${status}.`);
  }
  await shoot(fire, "walk-closed");
  await follow(hospital, "Picture");
  await listed(hospital, INCIDENT).waitFor({ state: "detached" });
});

walk("nothing went wrong behind what they saw", async () => {
  nothingWrong(fire, chief, hospital, water);
});
