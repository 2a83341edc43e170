/** Light or dark, and the wall display. */
import { createKeptStore, createStore } from "../api/store";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeStore = createKeptStore<Theme>("muster.theme", "system", themes);

/** Whether the page is set for reading from afar; said by the address, so that it survives a reload. */
export const wallStore = createStore(new URLSearchParams(location.search).has("wall"));

export function setWall(on: boolean): void {
  const url = new URL(location.href);
  if (on) url.searchParams.set("wall", "");
  else url.searchParams.delete("wall");
  history.replaceState(null, "", url);
  wallStore.set(on);
}

/** Keeps the document in the theme that was chosen, or that of the device. */
export function keepTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const chosen = themeStore.get();
    const shown = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
    document.documentElement.dataset["theme"] = shown;
    document.documentElement.toggleAttribute("data-wall", wallStore.get());
  };
  apply();
  themeStore.follow(apply);
  wallStore.follow(apply);
  dark.addEventListener("change", apply);
}
