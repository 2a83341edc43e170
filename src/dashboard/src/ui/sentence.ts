/** Sentences of the hub, as people read them. Pure. */
import type { Language } from "../words";
import { timeText } from "../words/format";

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** With the moments in it told in a zone; it begins with a capital letter and ends with a stop. */
export function readable(sentence: string, now: Date, language: Language, zone?: string): string {
  return sentenceOf(sentence.replace(MOMENT, (at) => timeText(new Date(at), now, language, zone)));
}

/** The hub's sentences begin in lower case, as parts of its own messages. */
export function sentenceOf(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
