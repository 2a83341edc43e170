const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A length of time, rounded up, in units that both languages write alike. */
export function lasting(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${seconds} s`;
  if (seconds < 2 * HOUR) return `${Math.ceil(seconds / MINUTE)} min`;
  return `${Math.ceil(seconds / HOUR)} h`;
}
