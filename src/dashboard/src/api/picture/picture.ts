/** A picture: the records, and who follows them. */
import { unlessPressed } from "../press";
import { carryOut, carryTogether, type Changes, type Diff, type Item } from "./reduce";

type Listener = (diff: Diff) => void;

/** How events are gathered until the next frame; replaced by tests. */
type Schedule = (work: () => void) => void;

/** A hidden page draws no frames, and must not gather events without end either. */
const nextFrame: Schedule = (work) => {
  if (document.hidden) setTimeout(work, 250);
  else unlessPressed(() => requestAnimationFrame(work));
};

export class Picture {
  /** Changed in place; `version` tells when. */
  readonly items: ReadonlyMap<string, Item>;
  /** Grows with every change. */
  version = 0;
  /** Whether all of it has been read; before, it is shown as far as it is there. */
  complete = false;
  /** How many records it will have, once that is known. */
  expected: number | null = null;
  /** The cursor to resume after. */
  cursor: string | null = null;
  /** The moment that it shows; null for the present. It moves while the past is replayed. */
  asOf: string | null;

  readonly #items = new Map<string, Item>();
  readonly #listeners = new Set<Listener>();
  readonly #schedule: Schedule;
  #waiting: Changes[] = [];

  constructor(options: { asOf?: string; schedule?: Schedule } = {}) {
    this.items = this.#items;
    this.asOf = options.asOf ?? null;
    this.#schedule = options.schedule ?? nextFrame;
  }

  /** Calls with what changed after each change, at most once a frame. */
  follow = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes an event; it is carried out with others at the next frame. */
  take(changes: Changes): void {
    this.cursor = changes.sequence;
    if (this.#waiting.push(changes) === 1) {
      this.#schedule(() => {
        this.flush();
      });
    }
  }

  /** Carries out at once what waits. */
  flush(): void {
    const events = this.#waiting;
    this.#waiting = [];
    this.put(carryTogether(events));
  }

  /** Carries out a diff at once. */
  put(diff: Diff): void {
    if (!carryOut(this.#items, diff)) return;
    this.#tell(diff);
  }

  /** Notes how much of it is there. */
  noteRead(complete: boolean, expected: number): void {
    if (this.complete === complete && this.expected === expected) return;
    this.complete = complete;
    this.expected = expected;
    this.#tell({ put: new Map(), removed: new Set() });
  }

  #tell(diff: Diff): void {
    this.version += 1;
    for (const listener of this.#listeners) listener(diff);
  }
}
