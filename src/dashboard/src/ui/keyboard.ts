/** Keys and sequences of keys that give commands. */
import { commandStore, type CommandEntry } from "./commands";

/** How long one may wait between the keys of a sequence. */
const SEQUENCE_MS = 1_200;

const mac = navigator.platform.startsWith("Mac");

/** Listens for the keys of all commands until it is told to stop. */
export function listenForKeys(): () => void {
  let typed: string[] = [];
  let at = 0;
  const listen = (event: KeyboardEvent) => {
    const key = nameOf(event);
    if (key === null || (typing(event.target) && !key.includes("mod+"))) return;
    // What an open dialog, menu or list does with its keys is its own matter.
    if (event.defaultPrevented || (inOverlay(event.target) && !key.includes("mod+"))) return;
    typed = event.timeStamp - at > SEQUENCE_MS ? [key] : [...typed, key];
    at = event.timeStamp;
    const found = commandFor(typed, commandStore.get());
    if (!found) return;
    typed = [];
    event.preventDefault();
    found.run();
  };
  window.addEventListener("keydown", listen);
  return () => {
    window.removeEventListener("keydown", listen);
  };
}

/** The command whose keys are the last ones of those that were typed; longer sequences first. */
export function commandFor(
  typed: readonly string[],
  commands: readonly CommandEntry[],
): CommandEntry | null {
  for (let length = Math.min(typed.length, 3); length > 0; length -= 1) {
    const keys = typed.slice(-length).join(" ");
    const found = commands.find((command) => command.keys === keys && !command.obstacle);
    if (found) return found;
  }
  return null;
}

/** How keys are shown to people. */
export function keysText(keys: string): string {
  return keys
    .replace(/mod\+/g, mac ? "⌘" : "Ctrl+")
    .replace(/\+(.)$/, (_, c: string) => `+${c.toUpperCase()}`);
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.altKey) return null;
  if (["Control", "Meta", "Shift", "Alt"].includes(event.key)) return null;
  const modified = mac ? event.metaKey : event.ctrlKey;
  if (modified) return `mod+${event.key.toLowerCase()}`;
  return event.metaKey || event.ctrlKey ? null : event.key;
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      "input:not([type=checkbox],[type=radio],[type=range]), textarea, select, [contenteditable]",
    ) !== null
  );
}

function inOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("[role=dialog], [role=menu]") !== null;
}
