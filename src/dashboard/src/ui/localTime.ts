/** Moments in fields of forms, which know no zone: they are told in that of the device. Pure. */

/** What a field holds, as a moment; null for an empty one. */
export function fromLocal(value: string): string | null {
  if (value === "") return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** A moment as a field holds it, to the minute. */
export function toLocal(at: Date): string {
  const two = (n: number) => `${n}`.padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** So many hours from now on, to the full minute. */
export const inHours = (hours: number, now: Date = new Date()): string =>
  toLocal(new Date(now.getTime() + hours * 3_600_000));

/** The moment that a field stands for; the very one that it was filled in with, while it still is. */
export const movedFrom = (value: string, former: string): string | null =>
  value === toLocal(new Date(former)) ? former : fromLocal(value);
