/**
 * Through what the picture is looked at: another moment, another organization's eyes, or both.
 * One question is on its way at a time; while it is, only the newest wish is kept.
 */
import type { Problem } from "../api/client";
import { Picture } from "../api/picture/picture";
import { difference } from "../api/picture/reduce";
import { livePicture, showInstead, showLive, shownStore } from "../api/picture/shown";
import { createStore } from "../api/store";
import { momentStore } from "../ui/now";
import { followRoute, replacePath } from "../ui/route";
import { languageStore, words } from "../words";
import { withLens } from "./lensSearch";
import { momentText } from "./moments";
import { collect } from "./reading";

export interface Eyes {
  id: string;
  code: string;
}

export interface Lens {
  /** Whose eyes; one's own when null. */
  eyes: Eyes | null;
  /** The moment, in milliseconds; the present when null. */
  at: number | null;
}

export interface LensState {
  /** What is shown; null for the live picture. */
  shown: Lens | null;
  /** What is on its way. */
  wanted: Lens | null;
  /** How far it was read; null while nothing is read. */
  progress: { there: number; of: number } | null;
  problem: Problem | null;
}

/** The picture through other eyes is read anew after a change, at most so often. */
const AGAIN_MS = 4_000;
/** Browsers allow only so many changes of the address. */
const WRITE_AFTER_MS = 300;

const nothing: LensState = { shown: null, wanted: null, progress: null, problem: null };

export const lensStore = createStore<LensState>(nothing);

let picture = new Picture();
let stop: AbortController | null = null;

const note = (change: Partial<LensState>) => {
  lensStore.set({ ...lensStore.get(), ...change });
};

/** What is looked at or about to be: what the next wish starts from. */
export const lensNow = (): Lens => {
  const { wanted, shown } = lensStore.get();
  return wanted ?? shown ?? { eyes: null, at: null };
};

/** Looks through something else. Tells when it is shown, or that it came to nothing. */
export async function look(lens: Lens): Promise<boolean> {
  stop?.abort();
  if (lens.eyes === null && lens.at === null) {
    backToLive();
    return true;
  }
  const mine = new AbortController();
  stop = mine;
  note({ wanted: lens, problem: null });
  const at = lens.at === null ? null : new Date(lens.at).toISOString();
  const answer = await collect(
    { organization: lens.eyes?.id ?? null, at },
    mine.signal,
    (there, of) => {
      note({ progress: { there, of } });
    },
  );
  if (answer === null) return false;
  if (answer.problem) {
    note({ wanted: null, progress: null, problem: answer.problem });
    return false;
  }
  picture.asOf = at;
  picture.put(difference(picture.items, answer.data));
  picture.noteRead(true, answer.data.length);
  momentStore.set(lens.at);
  note({ shown: lens, wanted: null, progress: null });
  showInstead(picture, sentence(lens));
  return true;
}

function sentence({ eyes, at }: Lens): string {
  const { time } = words();
  const moment = at === null ? null : momentText(at, Date.now(), languageStore.get());
  if (eyes === null) return time.instead.past(moment ?? "");
  return moment === null ? time.instead.eyes(eyes.code) : time.instead.eyesPast(eyes.code, moment);
}

export function backToLive(): void {
  stop?.abort();
  showLive();
  forget();
}

function forget(): void {
  stop?.abort();
  stop = null;
  picture = new Picture();
  momentStore.set(null);
  lensStore.set(nothing);
}

// The banner over all pages leads back, too.
shownStore.follow(() => {
  if (shownStore.get().instead === null && lensStore.get().shown !== null) forget();
});

// The address tells through what one looks, on every page; while something is on its way, still
// through what before.
let writing: ReturnType<typeof setTimeout> | undefined;
const write = () => {
  writing ??= setTimeout(() => {
    writing = undefined;
    const { shown, wanted } = lensStore.get();
    if (wanted !== null) return;
    const told = shown && { eyes: shown.eyes?.id ?? null, at: shown.at };
    replacePath(location.pathname + withLens(location.search, told));
  }, WRITE_AFTER_MS);
};
lensStore.follow(write);
followRoute(() => {
  if (lensStore.get().shown !== null) write();
});

// What others see of the present changes as it does.
let timer: ReturnType<typeof setTimeout> | undefined;
livePicture.follow(() => {
  timer ??= setTimeout(() => {
    timer = undefined;
    const { shown, wanted } = lensStore.get();
    if (shown?.eyes && shown.at === null && wanted === null) void look(shown);
  }, AGAIN_MS);
});
