// What people do with a page: everything by what it says, as they find it.

const plain = (label) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Presses a button by what it says; keys that do the same may stand behind it. */
export async function press(page, name) {
  const said = name instanceof RegExp ? name : new RegExp(`^${plain(name)}( ?\\w){0,2}$`);
  await page.getByRole("button", { name: said }).click();
}

export const fill = (page, label, text) => page.getByLabel(label).fill(text);

/** Ticks a box, or takes the tick away. */
export const tick = (page, name) => page.locator("label").filter({ hasText: name }).click();

/** A field that has a list; it is called by what is chosen and its label. */
export const listField = (page, label) =>
  page
    .locator("[aria-haspopup=listbox]")
    .and(page.getByRole("button", { name: new RegExp(`(^|\\s)${plain(label)}$`) }));

/** Chooses in a field that has a list. */
export async function choose(page, label, option) {
  await listField(page, label).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Chooses in the list of the field that the keyboard stands on, by typing what it begins with. */
export async function pick(page, typed) {
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").getByRole("option").first().waitFor();
  await page.locator("[role=listbox]:focus, [role=listbox] :focus").waitFor();
  await page.keyboard.type(typed);
  await page.locator("[role=option]:focus").filter({ hasText: typed }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor({ state: "detached" });
  await page.locator("[aria-haspopup=listbox]:focus").waitFor();
}

/** Goes to a page by its link. */
export async function follow({ page }, name) {
  await page.getByRole("link", { name }).first().click();
}

/** A record in the list of the picture. */
export const listed = ({ page }, name) => page.getByRole("option").filter({ hasText: name });

/** Waits until the page says something. */
export const said = ({ page }, sentence) => page.getByText(sentence).first().waitFor();

export const dialogOf = ({ page }) => page.getByRole("dialog");

/** Gives the command of an open dialog, and waits until it is done. */
export async function submit(person, name) {
  const dialog = dialogOf(person);
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}
