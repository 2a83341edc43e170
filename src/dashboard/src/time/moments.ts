/** Moments on the scrubber. Pure. */
import type { Language } from "../words";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How far back the scrubber reaches. */
export const spans = ["15m", "1h", "6h", "24h", "7d"] as const;
export type Span = (typeof spans)[number];

const lengths: Record<Span, number> = {
  "15m": 15 * MINUTE,
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "7d": 7 * 24 * HOUR,
};

export const lengthOf = (span: Span): number => lengths[span];

/** How many steps the scrubber has, whatever it spans. */
export const STEPS = 180;

/** How long a step of the scrubber is. */
export const stepOf = (span: Span): number => lengths[span] / STEPS;

/** How much faster than in reality it may be played. */
export const speeds = [10, 60, 300, 1_800] as const;
export type Speed = (typeof speeds)[number];

/** A speed at which a span takes about a minute. */
export function speedFor(span: Span): Speed {
  const wished = lengths[span] / MINUTE;
  return speeds.find((speed) => speed >= wished) ?? 1_800;
}

/**
 * The moment of a step. The last step is the present, told as null; a moment before the span is
 * told as its first one.
 */
export function momentOf(step: number, end: number, span: Span): number | null {
  if (step >= STEPS) return null;
  return Math.round(end - (STEPS - Math.max(0, step)) * stepOf(span));
}

/** The step of a moment; the last one for the present. */
export function stepAt(at: number | null, end: number, span: Span): number {
  if (at === null) return STEPS;
  const step = Math.round(STEPS - (end - at) / stepOf(span));
  return Math.min(Math.max(step, 0), STEPS);
}

/** The shortest span that reaches a moment. */
export function spanFor(at: number, now: number): Span {
  return spans.find((span) => now - at <= lengths[span]) ?? "7d";
}

/** The next moment while it is played; null when that reaches the present. */
export function played(at: number, passedMs: number, speed: Speed, now: number): number | null {
  const next = at + passedMs * speed;
  return next >= now ? null : next;
}

/** How many of some moments fall into each of equal parts of a span. */
export function density(
  moments: Iterable<number>,
  end: number,
  span: Span,
  parts: number,
): number[] {
  const counts = new Array<number>(parts).fill(0);
  const begin = end - lengths[span];
  for (const moment of moments) {
    const part = Math.floor(((moment - begin) / lengths[span]) * parts);
    const count = counts[part];
    if (count !== undefined) counts[part] = count + 1;
  }
  return counts;
}

/** A moment to the second, with the date where it is not that of today, and in UTC. */
export function momentText(at: number, now: number, language: Language): string {
  const time = (zone?: string) =>
    new Intl.DateTimeFormat(language, {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      ...(zone === undefined ? {} : { timeZone: zone }),
    }).format(at);
  const day = (moment: number) =>
    new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(moment);
  const date = day(at) === day(now) ? "" : `${day(at)} `;
  const [here, utc] = [time(), time("UTC")];
  return here === utc ? `${date}${utc} UTC` : `${date}${here} (${utc} UTC)`;
}
