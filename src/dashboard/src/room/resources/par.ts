/** What is written as the count of those who are there. Pure. */

/** More than four digits are a slip of the hand. */
const COUNT = /^\d{1,4}$/;

/** The number; null where what stands there is none. */
export function countOf(written: string): number | null {
  const text = written.trim();
  return COUNT.test(text) ? Number(text) : null;
}
