/** What a message says, in each language, and what can be answered. */
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { useLanguage, useWords } from "../../words";
import { languageText } from "../../words/format";
import { wordingParts } from "../compose/form";
import styles from "../Messages.module.css";

export function Wordings({ message }: { message: MessageWholeFragment }) {
  const words = useWords().messages;
  const spoken = useLanguage();
  return (
    <section className={styles.panel} aria-labelledby="message-content">
      <h2 id="message-content">{words.view.content}</h2>
      <div className={styles.body}>
        {message.wordings.map((wording) => (
          <dl key={wording.language} className={styles.facts}>
            <dt>{words.compose.language}</dt>
            <dd>{languageText(wording.language, spoken)}</dd>
            {wordingParts.map((part) =>
              wording[part] ? (
                <div key={part} className={styles.pair}>
                  <dt>{words.part[part]}</dt>
                  <dd lang={wording.language}>{wording[part]}</dd>
                </div>
              ) : null,
            )}
          </dl>
        ))}
        {message.responses.length > 0 && (
          <>
            <h3>{words.view.answers}</h3>
            <ol className={styles.answers}>
              {message.responses.map(({ meaning, labels }, n) => (
                <li key={n}>
                  <kbd>{n + 1}</kbd> {words.meaning[meaning]}{" "}
                  <span className="muted">
                    {labels.length > 0 ? labels.join(" · ") : words.view.usual}
                  </span>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </section>
  );
}
