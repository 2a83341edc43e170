/** What is wrong with what stands in a field, in the language of the page. Pure. */
import type { Words } from "../words/en";

/** What the browser finds wrong, and a refusal of the hub as `customError`. */
export type Found = Partial<
  Pick<
    ValidityState,
    | "badInput"
    | "customError"
    | "rangeOverflow"
    | "rangeUnderflow"
    | "stepMismatch"
    | "valueMissing"
  >
>;

/** What a field takes. */
export interface Limits {
  type: string | undefined;
  least: number;
  most: number | undefined;
  step: number;
}

/**
 * Null where there is no sentence of ours: what the hub or the browser says is shown then. The
 * browser's own sentences are in the language of the browser, which need not be that of the page.
 */
export function faultText(
  found: Found,
  limits: Limits,
  words: Words["app"]["fault"],
): string | null {
  if (found.customError) return null;
  if (found.badInput) return limits.type === "number" ? words.noNumber : words.noMoment;
  if (found.valueMissing) return words.missing;
  if (found.rangeUnderflow) return words.least(limits.least);
  if (found.rangeOverflow && limits.most !== undefined) return words.most(limits.most);
  if (found.stepMismatch && limits.type === "number") {
    return limits.step === 1 ? words.whole : words.finest(limits.step);
  }
  return null;
}
