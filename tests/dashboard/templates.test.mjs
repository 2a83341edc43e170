// What is often told is kept as a template, begun with, and thrown away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { choose, dialogOf, fill, follow, press, said, submit } from "./hands.mjs";
import { Hub } from "./hub.mjs";

const TEMPLATE = "Shelter opens";
const WORDS = "The school in Mill Street is open as a shelter.";
const WHAT = "What happened, or is asked";

let hub, browser, fire;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
  fire = await sitDown(browser, hub, "HFD");
  await logIn(fire);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

test("what is written is kept as a template", { skip }, async () => {
  const { page } = fire;
  await follow(fire, "Messages");
  await follow(fire, "Write a message");
  await fill(page, WHAT, WORDS);
  await press(page, "Keep as a template");
  await dialogOf(fire).getByLabel("Name").fill(TEMPLATE);
  await submit(fire, "Keep as a template");
  await said(fire, "The template is kept.");
});

test("a message begins with a template, and the template is replaced", { skip }, async () => {
  const { page } = fire;
  await follow(fire, "Templates");
  await page.getByRole("heading", { name: TEMPLATE }).waitFor();
  await shoot(fire, "templates");
  await follow(fire, "Write with it");
  await page.waitForURL(/like=/);
  assert.equal(await page.getByLabel(WHAT).inputValue(), WORDS);

  // The same words stand there for whoever chooses it while they write.
  await page.goto("/messages/new");
  await choose(page, "Begin with a template", TEMPLATE);
  await page.waitForURL(/like=/);
  await fill(page, WHAT, `${WORDS} Bring blankets.`);
  await press(page, "Keep as a template");
  await said(fire, `Replaces the template ${TEMPLATE}.`);
  await submit(fire, "Replace the template");
  await follow(fire, "Templates");
  await page.getByRole("heading", { name: TEMPLATE }).waitFor();
  assert.equal(await page.getByRole("heading", { name: TEMPLATE }).count(), 1);
  await follow(fire, "Write with it");
  await page.getByText(`${WORDS} Bring blankets.`).waitFor();
});

test("a template is thrown away, once somebody is sure", { skip }, async () => {
  const { page } = fire;
  await follow(fire, "Templates");
  await press(page, "Throw away");
  await dialogOf(fire).getByText(`Throw the template ${TEMPLATE} away?`).waitFor();
  await submit(fire, "Throw away");
  await said(fire, "No templates yet.");
  nothingWrong(fire);
});
