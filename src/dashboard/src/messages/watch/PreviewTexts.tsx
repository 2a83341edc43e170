/** What people would read or hear, word for word. */
import { useLanguage, useWords } from "../../words";
import { languageText } from "../../words/format";
import styles from "../Messages.module.css";
import type { Preview } from "./Preview";

export function PreviewTexts({ texts }: { texts: Preview["texts"] }) {
  const words = useWords().messages;
  const spoken = useLanguage();
  const p = words.preview;
  return texts.map(({ channel, language, count, subject, text, sms }) => (
    <figure key={`${channel} ${language}`} className={styles.told}>
      <figcaption>
        <strong>{words.channel[channel]}</strong> · {languageText(language, spoken)} ·{" "}
        {p.count(count)}
        {sms && (
          <>
            {" "}
            · {p.segments(sms.segments)} <span className="muted">{p.encoding[sms.encoding]}</span>
          </>
        )}
      </figcaption>
      <blockquote lang={language}>
        {channel === "EMAIL" && <strong>{subject}</strong>}
        {text}
      </blockquote>
    </figure>
  ));
}
