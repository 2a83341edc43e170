// Takes screenshots of the dashboard, to be looked at.
//
//   PASSWORD=... node tools/look.mjs http://127.0.0.1:5173 LOGIN FOLDER [PATH ...] [--theme dark] [--width 400]
//     [--height 900] [--lang es] [--wait MS] [--keys "Control+k"] [--click "text=Engine 81"]
//
// Tells errors of the console and requests to other hosts on its standard error.
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

const option = (def) => ({ type: "string", default: def });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: option("light"),
    width: option("1440"),
    height: option("900"),
    lang: option("en"),
    wait: option("2500"),
    keys: option(""),
    click: option(""),
    name: option(""),
    print: { type: "boolean", default: false },
  },
});
const [base, login, folder, ...paths] = positionals;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
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
const context = await browser.newContext({
  viewport: { width: Number(values.width), height: Number(values.height) },
  locale: values.lang,
  colorScheme: values.theme,
  baseURL: base,
});
const entered = await context.request.post("/session", {
  data: { login, password: process.env.PASSWORD },
});
if (!entered.ok()) throw new Error(await entered.text());
const page = await context.newPage();
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) console.error(message.text());
});
page.on("pageerror", (error) => console.error(error));
page.on("request", (request) => {
  if (!request.url().startsWith(base) && /^https?:/.test(request.url())) {
    console.error(`another host was asked: ${request.url()}`);
  }
});
for (const path of paths.length > 0 ? paths : ["/"]) {
  await page.goto(path);
  await page.waitForTimeout(Number(values.wait));
  for (const target of values.click.split("|").filter(Boolean)) {
    await page.click(target, { timeout: 5_000 });
    await page.waitForTimeout(700);
  }
  for (const key of values.keys.split(" ").filter(Boolean)) await page.keyboard.press(key);
  if (values.keys) await page.waitForTimeout(700);
  const name = values.name || path.replace(/^\//, "").replace(/[^\w]+/g, "-") || "picture";
  const file = `${folder}/${name}-${values.theme}-${values.width}.png`;
  if (values.print) await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: file, fullPage: values.print });
  console.log(file);
}
await browser.close();
