/** The rule by which each group of the fields of a record is shown or hidden, in its own sentences. */
import { sentenceOf } from "../ui/sentence";
import { useWords } from "../words";
import { explainedText } from "../words/hub";
import styles from "./Form.module.css";
import type { Explanation } from "./useSights";

export function Rules({ explained }: { explained: readonly Explanation[] }) {
  const { hub, sharing, names } = useWords();
  const words = sharing.whoSees;
  return (
    <dl className={styles.why}>
      {explained.map((explanation) => {
        const { group, shown } = explanation;
        return (
          <div key={group} className={styles.reason}>
            <dt>
              <span aria-hidden>{shown ? "✓" : "◆"}</span> {names.fieldGroup[group]}
              <span className="unseen"> {shown ? words.shown : words.notShown}</span>
            </dt>
            <dd>
              {explainedText(explanation, hub).map((part, n) => (
                <p key={n}>{sentenceOf(part)}</p>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
