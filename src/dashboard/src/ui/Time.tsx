/** Ages and times. */
import { useLanguage, useWords } from "../words";
import { ageText, timeText } from "../words/format";
import { useMoment, useNow } from "./now";
import styles from "./Time.module.css";

/** From when on an age counts as getting old, as old, and as too old to go by, in minutes. */
const AGES = { aging: 15, old: 60, stale: 360 } as const;

export type Staleness = "fresh" | keyof typeof AGES;

/** How old something is, in words for styles and symbols. */
export function staleness(ageMs: number): Staleness {
  const minutes = ageMs / 60_000;
  if (minutes >= AGES.stale) return "stale";
  if (minutes >= AGES.old) return "old";
  return minutes >= AGES.aging ? "aging" : "fresh";
}

interface AgeProps {
  at: string | null | undefined;
  /** Whether it fades as it grows, as for positions. */
  fades?: boolean;
}

/** How long something is ago; what is not known is said. */
export function Age({ at, fades = false }: AgeProps) {
  const now = useMoment();
  const language = useLanguage();
  const words = useWords().app;
  if (!at) return <span className="muted">{words.unknown}</span>;
  const then = new Date(at);
  const age = now - then.getTime();
  return (
    <time
      className={`number ${styles.together} ${fades ? (styles[staleness(age)] ?? "") : ""}`}
      dateTime={at}
      title={`${timeText(then, new Date(now), language)} · ${timeText(then, new Date(now), language, "UTC")} UTC`}
    >
      {ageText(age)}
    </time>
  );
}

interface WhenProps {
  at: string | null | undefined;
  /** The zone of the incident, where it is known; else that of the device. */
  zone?: string;
}

/** A moment, in the zone of the incident or device and in UTC. */
export function When({ at, zone }: WhenProps) {
  const now = useNow(60_000);
  const language = useLanguage();
  const words = useWords().app;
  if (!at) return <span className="muted">{words.unknown}</span>;
  const then = new Date(at);
  const utc = timeText(then, then, language, "UTC");
  return (
    <time className="number" dateTime={at} title={at}>
      {timeText(then, new Date(now), language, zone)}{" "}
      <span className={`muted ${styles.together}`}>({utc} UTC)</span>
    </time>
  );
}
