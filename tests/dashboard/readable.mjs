// Whether everybody can read a page: by axe, and that it is no wider than the screen.
import { AxeBuilder } from "@axe-core/playwright";

/** What is wrong with the page that somebody looks at, a line each; `name` is what it is called. */
export async function faultsOf({ page }, name) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const faults = violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0].html}`);
  const { width } = page.viewportSize();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  return wide > width ? [...faults, `${name} is ${wide} wide`] : faults;
}
