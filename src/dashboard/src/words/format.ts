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

/** The time of day, with the date where it is not that of `now`. */
export function timeText(at: Date, now: Date, language: Language, zone?: string): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(zone === undefined ? {} : { timeZone: zone }),
  };
  const day = dateText(at, language, zone);
  const time = new Intl.DateTimeFormat(language, options).format(at);
  return day === dateText(now, language, zone) ? time : `${day} ${time}`;
}

function dateText(at: Date, language: Language, zone?: string): string {
  return new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(at);
}

/** A number with the separators of the language. */
export function useNumber(): (value: number) => string {
  const language = useLanguage();
  return (value) => new Intl.NumberFormat(language).format(value);
}
