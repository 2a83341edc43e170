/** What moves away under a finger is not pressed: what is new on the page waits until it is lifted. */

/** Whoever holds it longer drags something, and is shown what is new meanwhile. */
const HELD_MS_MAX = 1_000;
/** After so long a browser has told what a touch was meant for. */
const LIFTED_MS = 100;

/** What waits; null while nothing is pressed. */
let waiting: (() => void)[] | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function goOn(): void {
  const works = waiting ?? [];
  waiting = null;
  for (const work of works) work();
}

function within(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(goOn, ms);
}

const pressed = () => {
  waiting ??= [];
  within(HELD_MS_MAX);
};
const lifted = () => {
  if (waiting) within(LIFTED_MS);
};
window.addEventListener("pointerdown", pressed, { capture: true });
window.addEventListener("pointerup", lifted, { capture: true });
window.addEventListener("pointercancel", lifted, { capture: true });

/** Does it now, or once nothing is pressed any more. */
export function unlessPressed(work: () => void): void {
  if (waiting) waiting.push(work);
  else work();
}
