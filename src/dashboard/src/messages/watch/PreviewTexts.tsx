/** What people would read or hear, word for word. */
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import type { Preview } from "./Preview";

export function PreviewTexts({ texts }: { texts: Preview["texts"] }) {
  const words = useWords().messages;
  const p = words.preview;
  return texts.map(({ channel, language, count, subject, text, sms }) => (
    <figure key={`${channel} ${language}`} className={styles.told}>
      <figcaption>
        <strong>{words.channel[channel]}</strong> · {language} · {p.count(count)}
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
