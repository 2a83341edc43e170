// A plan that is signed, read again, and asks for what it lacks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { bringCast } from "./cast.mjs";
import { choose, dialogOf, fill, press, said, submit } from "./hands.mjs";
import { Hub } from "./hub.mjs";

let hub, browser, fire, room;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
  await bringCast(hub);
  room = `/incident/${await hub.openIncident("HFD", "Mill River flood")}`;
  fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
  const { page } = fire;
  await page.goto(`${room}/command`);
  await press(page, "Assume command");
  await choose(page, "Commander", "Ada Stone");
  await submit(fire, "Assume command");
  await page.keyboard.press("3");
  await press(page, "Plan the next period");
  await submit(fire, "Plan the next period");
  await page.getByRole("button", { name: /^Period 1 .*Runs/ }).waitFor();
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

async function setObjective(objective) {
  const { page } = fire;
  await press(page, "Set an objective");
  await fill(page, "What is to be reached", objective);
  await fill(page, "By what one will know", "The floor is dry");
  await submit(fire, "Set an objective");
  await said(fire, objective);
}

test("what a revision said is read after the plan has changed", { skip }, async () => {
  const { page } = fire;
  await setObjective("Keep the water out of the substation");
  await press(page, "Draft a revision");
  await press(page, "Sign revision 1");
  await said(fire, "Revision 1 in force");
  await setObjective("Open Mill Street again");
  await press(page, "Read revision 1");
  const dialog = dialogOf(fire);
  await dialog.getByText("Keep the water out of the substation").waitFor();
  assert.equal(await dialog.getByText("Open Mill Street again").count(), 0);
  // Nobody can write in what was signed.
  assert.equal(await dialog.getByRole("button", { name: "Set an objective" }).count(), 0);
  await shoot(fire, "plan-revision");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("what a line of the worksheet lacks is asked for", { skip }, async () => {
  const { page } = fire;
  await press(page, "Write: What the work needs");
  await press(page, "Add a line");
  await fill(page, "Place", "Pumping Group");
  await choose(page, "Kind", "Water pump, de-watering");
  await fill(page, "Required", "3");
  await fill(page, "There", "1");
  await fill(page, "Where they report", "Mill Street gate");
  await submit(fire, "Write");
  await press(page, /^Ask for what is lacking: Water pump/);
  const dialog = dialogOf(fire);
  assert.equal(await dialog.getByLabel("How many").inputValue(), "2");
  assert.equal(await dialog.getByLabel("Report or deliver to").inputValue(), "Mill Street gate");
  await fill(page, "Contact (a role)", "Ordering Manager, ICP");
  await shoot(fire, "plan-request");
  await submit(fire, "Request");
  await page.waitForURL(/\/requests$/);
  await page.keyboard.press("3");
  await page.getByText(/^Ordered: HFD-RR-/).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Ask for what is lacking/ }).count(), 0);
  nothingWrong(fire);
});
