/** In which languages a message can be put, as choices with their names. Pure. */
import type { Option } from "../../ui/Fields";
import type { Language } from "../../words";
import { languageText } from "../../words/format";

/** What stands in the choice for a language that is not in it. */
export const OTHER = "other";

/** Those in which public warnings are usually given; any other can be written by its tag. */
const COMMON: readonly string[] = [
  "am", "ar", "bn", "de", "en", "es", "fa", "fr", "gu", "he", "hi", "hmn", "ht", "hy", "it",
  "ja", "km", "ko", "lo", "mh", "my", "ne", "nv", "pa", "pl", "ps", "pt-BR", "ro", "ru", "sm", "so",
  "sw", "ta", "te", "th", "ti", "tl", "uk", "ur", "vi", "yue", "zh",
]; // prettier-ignore

/** Whether something is a tag that has a name here. */
const isNamed = (tag: string, spoken: Language) => languageText(tag, spoken) !== tag;

/** Whether the tag has to be written or put right, since no choice stands for it. */
export const isWritten = (tag: string, spoken: Language): boolean => !isNamed(tag.trim(), spoken);

/**
 * The languages by their names: the one of the reader first, then by the alphabet, without those that
 * the message is put in already. `own` is the one that is chosen.
 */
export function languageOptions(
  own: string,
  taken: readonly string[],
  spoken: Language,
  other: string,
): Option<string>[] {
  const tags = COMMON.includes(own) || !isNamed(own, spoken) ? COMMON : [...COMMON, own];
  const named = tags
    .filter((tag) => tag === own || !taken.includes(tag))
    .map((id) => ({ id, label: languageText(id, spoken) }))
    .sort((a, b) => rank(a.id, spoken) - rank(b.id, spoken) || collate(a.label, b.label, spoken));
  return [...named, { id: OTHER, label: other }];
}

const rank = (tag: string, spoken: Language) => (tag === spoken ? 0 : 1);
const collate = (a: string, b: string, spoken: Language) => a.localeCompare(b, spoken);
