/** Numbers and times in the reader's language. Ages and times are told by one clock. */
import { useLanguage, type Language } from "./index";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something is ago, as short as a list needs it: `40 s`, `12 min`, `3 h`, `2 d`. */
export function ageText(ms: number): string {
  if (ms < 0) return "0 s";
  if (ms < MINUTE) return `${Math.floor(ms / 1_000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 10 * HOUR) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return minutes === 0
      ? `${Math.floor(ms / HOUR)} h`
      : `${Math.floor(ms / HOUR)} h ${minutes} min`;
  }
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

/** Making a formatter takes long, and there are few of them. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  language: Language,
  zone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = [language, zone ?? "", ...Object.keys(options)].join(" ");
  const made = formatters.get(key);
  if (made) return made;
  const zoned = zone === undefined ? options : { ...options, timeZone: zone };
  const fresh = new Intl.DateTimeFormat(language, zoned);
  formatters.set(key, fresh);
  return fresh;
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const DATE = { day: "numeric", month: "short" } as const;
const WITH_YEAR = { ...DATE, year: "numeric" } as const;
const YEAR = { year: "numeric" } as const;

/** The time of day, with the date where it is not that of `now`, and the year where it is another. */
export function timeText(at: Date, now: Date, language: Language, zone?: string): string {
  const told = (moment: Date, options: Intl.DateTimeFormatOptions) =>
    formatter(language, zone, options).format(moment);
  const time = told(at, TIME);
  if (told(at, YEAR) !== told(now, YEAR)) return `${told(at, WITH_YEAR)} ${time}`;
  const day = told(at, DATE);
  return day === told(now, DATE) ? time : `${day} ${time}`;
}

/** The time of day to the second. */
export function clockText(at: Date, language: Language, zone?: string): string {
  return formatter(language, zone, { ...TIME, second: "2-digit" }).format(at);
}

/** A moment with its date, as on paper. */
export function momentText(at: Date, language: Language, zone?: string): string {
  return formatter(language, zone, { ...WITH_YEAR, ...TIME }).format(at);
}

/** What a zone, of the device where none is given, is called at that moment. */
export function zoneText(at: Date, language: Language, zone?: string): string {
  const parts = formatter(language, zone, { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/**
 * A moment as those at the incident tell it, and in UTC, each with the name of its zone: beside a
 * field, which knows none.
 */
export function zonedText(at: Date, now: Date, language: Language, zone?: string): string {
  const told = (in_: string | undefined) =>
    `${timeText(at, now, language, in_)} ${zoneText(at, language, in_)}`;
  const [there, utc] = [told(zone), told("UTC")];
  return there === utc ? utc : `${there} · ${utc}`;
}

/** A number with the separators of the language. */
export function useNumber(): (value: number) => string {
  const language = useLanguage();
  return (value) => new Intl.NumberFormat(language).format(value);
}

/** What a language is called, by its code (BCP 47); the code where nothing is known of it. */
export function languageText(code: string, language: Language): string {
  // To some browsers no code is the root of all languages, which has a name.
  if (code === "") return code;
  try {
    const name = new Intl.DisplayNames(language, { type: "language" }).of(code) ?? code;
    return name === code ? code : `${name.charAt(0).toLocaleUpperCase(language)}${name.slice(1)}`;
  } catch {
    // What is being written into a field is no code yet.
    return code;
  }
}
