/** What the component library has announced of controls that are gone. */

/**
 * Takes it away. The library announces that a button waits by an image that is named by the button, and
 * leaves it for seconds: once the dialog of the button is closed, that is an image without a name.
 */
export function forgetLost(): void {
  for (const said of document.querySelectorAll("[data-live-announcer] [role=img]")) {
    const ids = said.getAttribute("aria-labelledby")?.split(" ") ?? [];
    if (ids.every((id) => document.getElementById(id) === null)) said.remove();
  }
}

/** As long as the library takes for its first announcement, and a dialog to close. */
export const LOST_AFTER_MS = 400;
