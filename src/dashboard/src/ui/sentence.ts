/** Sentences of the hub, as people read them. Pure. */
import type { Language } from "../words";
import { timeText } from "../words/format";

/** As in `2026-05-01T12:00:00Z`, and to the minute as in `2026-05-01 12:00 UTC`. */
const MOMENT = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z| UTC)/g;

/** What the hub means word for word, such as a name that somebody logs in by. */
const LITERAL = /`([^`]+)`/g;

/** With the moments in it told in a zone, and quotes as people write them; it begins with a capital letter and ends with a stop. */
export function readable(sentence: string, now: Date, language: Language, zone?: string): string {
  const told = sentence.replace(MOMENT, (_, day: string, minute: string) =>
    timeText(new Date(`${day}T${minute}Z`), now, language, zone),
  );
  return sentenceOf(told.replace(LITERAL, "“$1”"));
}

/** The hub's sentences begin in lower case, as parts of its own messages. */
export function sentenceOf(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
