/** How much needs the reader, for the header. It keeps the entries for everybody who shows them. */
import { Badge, type Tone } from "../ui/Badge";
import { Link } from "../ui/route";
import { useWords } from "../words";
import { useNumber } from "../words/format";
import styles from "./Attention.module.css";
import { levels, tones } from "./levels";
import { useKeptEntries } from "./useEntries";

export function AttentionCounts() {
  const words = useWords();
  const number = useNumber();
  const mine = useKeptEntries()?.filter(({ whose }) => whose === "mine") ?? [];
  const counts = levels.flatMap((level) => {
    const count = mine.filter((entry) => entry.level === level).length;
    return count > 0 ? [{ level, count, tone: tones[level] satisfies Tone }] : [];
  });
  if (counts.length === 0) return null;
  return (
    <Link href="/" className={styles.counts} aria-label={words.attention.counts(mine.length)}>
      {counts.map(({ level, count, tone }) => (
        <span key={level} title={words.names.attentionLevel[level]}>
          <Badge tone={tone} strong={level === "ALARM"}>
            {number(count)} <span className="unseen">{words.names.attentionLevel[level]}</span>
          </Badge>
        </span>
      ))}
    </Link>
  );
}
