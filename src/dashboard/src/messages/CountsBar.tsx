/** How many stand where: a bar, and the same in words. */
import type { DeliveryStanding } from "../api/generated/graphql";
import { Badge } from "../ui/Badge";
import { useWords } from "../words";
import { useNumber } from "../words/format";
import styles from "./CountsBar.module.css";
import { shares, standingTones, type Share } from "./standing";

interface Props {
  counts: readonly Share[];
  of: number;
  /** Without buttons, for lists. */
  small?: boolean;
  chosen?: DeliveryStanding | null;
  onChoose?: (standing: DeliveryStanding | null) => void;
}

export function CountsBar({ counts, of, small = false, chosen = null, onChoose }: Props) {
  const words = useWords().messages;
  const number = useNumber();
  const all = shares(counts);
  return (
    <div className={`${styles.counts} ${small ? styles.small : ""}`}>
      {/* The words below say the same. */}
      <div className={styles.bar} aria-hidden>
        {all.map(({ standing, count }) => (
          <span
            key={standing}
            className={styles[standingTones[standing]]}
            ref={(element) => {
              // By the object model: the policy forbids styles in markup.
              element?.style.setProperty("flex-grow", String(count));
            }}
          />
        ))}
      </div>
      <ul className={styles.words}>
        {onChoose && (
          <li>
            <button
              type="button"
              className={styles.choice}
              aria-pressed={chosen === null}
              onClick={() => {
                onChoose(null);
              }}
            >
              <Badge tone="plain">
                {words.progress.everybody} {number(of)}
              </Badge>
            </button>
          </li>
        )}
        {all.map(({ standing, count }) => (
          <li key={standing}>
            {onChoose ? (
              <button
                type="button"
                className={styles.choice}
                aria-pressed={chosen === standing}
                onClick={() => {
                  onChoose(chosen === standing ? null : standing);
                }}
              >
                <Badge tone={standingTones[standing]}>
                  {words.standing[standing]} {number(count)}
                </Badge>
              </button>
            ) : (
              <Badge tone={standingTones[standing]}>
                {words.standing[standing]} {number(count)}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
