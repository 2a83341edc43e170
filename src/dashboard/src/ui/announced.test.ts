import { expect, test } from "vitest";

import { forgetLost } from "./announced";

test("an announcement goes with the control that names it, and another stays", () => {
  document.body.innerHTML = `
    <div data-live-announcer="true"><div role="log">
      <div role="img" aria-labelledby="gone"></div>
      <div role="img" aria-labelledby="here waits"></div>
      <div>Dropped.</div>
    </div></div>
    <button id="here">Save</button>`;
  forgetLost();
  const said = [...document.querySelectorAll("[role=log] > div")];
  expect(said.map((one) => one.getAttribute("aria-labelledby"))).toEqual(["here waits", null]);
});
