// The mouse stays where it is: from the log-in to the room of an incident, and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { bringCast } from "./cast.mjs";
import { pick } from "./hands.mjs";
import { Hub, PASSWORD } from "./hub.mjs";

let hub, browser;

before(async () => {
  if (skip) return;
  [hub, browser] = await Promise.all([Hub.start(), launch()]);
  await bringCast(hub);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

/** What the keyboard stands on, as ears are told; a field by its label. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    const by = (at?.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const named = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    // What holds others says what they say, too.
    const text = at?.matches("body, main, [role=dialog]") ? "" : at?.textContent;
    return `${named} ${at?.labels?.[0]?.textContent ?? ""} ${at?.ariaLabel ?? ""} ${text}`;
  });

/** Goes on by Tab until the keyboard stands on something. */
async function tabTo(page, name, most = 40) {
  for (let n = 0; n < most; n += 1) {
    if (name.test(await focused(page))) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} is not reached by Tab; it ended at: ${await focused(page)}`);
}

test("an incident is led from log-in to its first request without a mouse", { skip }, async () => {
  const fire = await sitDown(browser, hub, "HFD");
  const { page } = fire;
  const { keyboard } = page;
  const dialog = page.getByRole("dialog");
  const opened = () => dialog.waitFor();
  const done = () => dialog.waitFor({ state: "detached" });

  await page.goto("/");
  // The page puts the keyboard where one begins to type.
  await page.locator("#name:focus").waitFor();
  await keyboard.type(fire.login);
  await keyboard.press("Tab");
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await page.getByText("Live", { exact: true }).first().waitFor();

  await keyboard.press("Tab");
  assert.match(await focused(page), /To the main part/);
  await shoot(fire, "keyboard-skip");
  await keyboard.press("Enter");

  await keyboard.press("n");
  await keyboard.press("i");
  await opened();
  await keyboard.type("Mill River flood");
  await tabTo(page, /Kind/);
  await pick(page, "Flood");
  await tabTo(page, /Place name/);
  await keyboard.type("Mill Street");
  await keyboard.press("Enter");
  await page.waitForURL(/\/incident\//);
  await done();
  await page.getByRole("heading", { name: "Mill River flood" }).waitFor();

  await keyboard.press("2");
  await page.getByRole("button", { name: "Assume command" }).waitFor();
  await keyboard.press("A");
  await opened();
  await tabTo(page, /Commander/);
  await pick(page, "Ada");
  await tabTo(page, /^\s*Assume command/);
  await keyboard.press("Enter");
  await done();
  await page.getByRole("row", { name: /Ada Stone/ }).first().waitFor();

  // Into the tree by Tab, and Enter on a post assigns somebody to it.
  await tabTo(page, /Incident Commander/, 60);
  await shoot(fire, "keyboard-tree");
  await keyboard.press("Enter");
  await opened();
  await keyboard.press("Escape");
  await done();
  // The keyboard is back where it was.
  await page.locator(":focus").filter({ hasText: "Incident Commander" }).waitFor();

  await keyboard.press("5");
  await page.getByText("Nothing is requested for this incident.").waitFor();
  await keyboard.press("R");
  await opened();
  await tabTo(page, /Kind of resource/);
  await pick(page, "Water pump");
  for (const [field, text] of [
    [/What it is for/, "Pump out the substation"],
    [/Contact/, "Ordering Manager, ICP"],
  ]) {
    await tabTo(page, field);
    await keyboard.type(text);
  }
  await keyboard.press("Enter");
  await done();
  await page.getByText("HFD-RR-").first().waitFor();
  await page.getByRole("button", { name: "Send it out" }).waitFor();
  await keyboard.press("E");
  await opened();
  await tabTo(page, /WATER/);
  await keyboard.press("Space");
  await keyboard.press("Enter");
  await done();
  await page.getByText("no answer yet").first().waitFor();

  await keyboard.press("N");
  await opened();
  await keyboard.type("Pump asked for");
  await tabTo(page, /^\s*Write a note/);
  await keyboard.press("Enter");
  await done();
  await keyboard.press("7");
  await page.getByText("Pump asked for").first().waitFor();

  // Into the past and back, from the picture.
  await keyboard.press("g");
  await keyboard.press("p");
  await page.getByRole("option").filter({ hasText: "Mill River flood" }).waitFor();
  await keyboard.press(",");
  await page.getByText("Not the live picture").waitFor();
  await shoot(fire, "keyboard-past");
  await keyboard.press("g");
  await keyboard.press("l");
  await page.getByText("Not the live picture").waitFor({ state: "detached" });
  nothingWrong(fire);
  await fire.context.close();
});
