// The map that whoever runs the hub adds, in a real browser.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { launch, logIn, nothingWrong, shoot, sitDown, skip } from "./browser.mjs";
import { said } from "./hands.mjs";
import { Hub } from "./hub.mjs";
import { TileHost, worldOfWater } from "./tiles.mjs";

/** As in `picture/map/style.ts`, by day. */
const [WATER, LAND] = ["207,221,230", "246,245,241"];
/** Where the coarse map has land as far as one sees. */
const KANSAS = [-98.4, 38.6];

let hub, browser, host, fire, asked;

before(async () => {
  if (skip) return;
  [hub, browser, host] = await Promise.all([Hub.start(), launch(), TileHost.start([90, 160, 90])]);
  await hub.openIncident("HFD", "Grain elevator fire", KANSAS);
  const options = { alsoAsked: [new URL(host.origin).host], viewport: { width: 900, height: 600 } };
  fire = await sitDown(browser, hub, "HFD", options);
  fire.page.on("response", (reply) => asked.push([new URL(reply.url()), reply.status()]));
});

beforeEach(() => (asked = []));

afterEach(() => {
  if (!skip) nothingWrong(fire);
});

after(async () => {
  await browser?.close();
  await hub?.stop();
});

/** Starts the hub again with a map. */
async function show(section) {
  await hub.kill();
  hub.configure(`[map]\n${section}`);
  await hub.run();
}

/** The colour that most of the map's ground has. */
async function ground({ page }) {
  const { x, y, width, height } = await page.locator(".maplibregl-canvas").boundingBox();
  const clip = { x: x + width * 0.6, y: y + height * 0.6, width: width / 4, height: height / 4 };
  const shot = await page.screenshot({ clip });
  return page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.slice(at, at + 3).join(",");
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0][0];
  }, `data:image/png;base64,${shot.toString("base64")}`);
}

/** Waits until the ground has a colour. */
async function hasGround(person, colour) {
  let seen;
  for (let tries = 0; tries < 100 && seen !== colour; tries += 1) seen = await ground(person);
  assert.equal(seen, colour);
}

const isHub = ({ origin }) => origin === hub.url;

test("who has no map of their own loads nothing for one", { skip }, async () => {
  await logIn(fire);
  await hasGround(fire, LAND);
  assert.deepEqual(asked.filter(([{ pathname }]) => /^\/map\/|\/tiles-/.test(pathname)), []);
});

test("a file on the hub is drawn, and no other host is asked", { skip }, async () => {
  writeFileSync(join(hub.folder, "world.pmtiles"), worldOfWater('<a href="https://x.example">© A maker</a>'));
  await show(`pmtiles = ${JSON.stringify(join(hub.folder, "world.pmtiles"))}`);
  await fire.page.reload();
  await hasGround(fire, WATER);
  await said(fire, "Map: © A maker.");
  const parts = asked.filter(([{ pathname }]) => pathname.startsWith("/map/"));
  assert.ok(parts.length >= 3);
  for (const [address, status] of parts) assert.equal(status, 206, address);
  assert.ok(asked.every(([address]) => isHub(address) || address.protocol === "blob:"));
  await shoot(fire, "map-of-a-file");
});

test("tiles of a host are drawn, and without it the coarse map is there and says so", { skip }, async () => {
  await show(`tiles = "${host.origin}/{z}/{x}/{y}.png"\nattribution = "© Green County"`);
  await fire.page.reload();
  await hasGround(fire, "90,160,90");
  await said(fire, "Map: © Green County.");
  await shoot(fire, "map-of-a-host");

  await host.stop();
  await fire.page.reload();
  await said(fire, "The detailed map does not come");
  await hasGround(fire, LAND);
  // Everything else is there.
  await said(fire, "Grain elevator fire");
  await shoot(fire, "map-without-its-host");
});
