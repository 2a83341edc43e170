/** How many would be told, how, in which languages, and who cannot be. */
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { Badge } from "../../ui/Badge";
import { useLanguage, useWords } from "../../words";
import { languageText } from "../../words/format";
import styles from "../Messages.module.css";
import type { Preview } from "./Preview";
import { PreviewTexts } from "./PreviewTexts";

interface Props {
  message: MessageWholeFragment;
  preview: Preview;
}

export function PreviewFacts({ message, preview }: Props) {
  const words = useWords().messages;
  const spoken = useLanguage();
  const p = words.preview;
  const lost = preview.unreachable.reduce((sum, { count }) => sum + count, 0);
  const keeps = message.priority === "ROUTINE";
  return (
    <div className={styles.body}>
      <p className={styles.big}>{p.count(preview.count)}</p>
      <dl className={styles.facts}>
        {preview.waves.length > 1 && (
          <>
            <dt>{p.waves}</dt>
            <dd>{preview.waves.map((count, n) => `${n + 1}: ${count}`).join(" · ")}</dd>
          </>
        )}
        <dt>{p.channels}</dt>
        <dd>
          {preview.channels
            .map(({ channel, count }) => `${words.channel[channel]} ${count}`)
            .join(" · ") || "—"}
        </dd>
        <dt>{p.languages}</dt>
        <dd>
          {preview.languages
            .map(({ language, count }) => `${languageText(language, spoken)} ${count}`)
            .join(" · ") || "—"}
        </dd>
        <dt>{p.duration}</dt>
        <dd>
          {p.handedOver(preview.handedOverWithin)} {p.tried(preview.triedWithin)}
        </dd>
        <dt>{words.hold.QUIET_HOURS}</dt>
        <dd>
          {preview.quiet > 0 ? (
            <>
              <Badge tone="warning">{p.quiet(preview.quiet)}</Badge>{" "}
              {keeps ? p.quietKept : p.quietOverridden}
            </>
          ) : keeps ? (
            p.quietNone
          ) : (
            p.quietOverridden
          )}
        </dd>
        <dt>{words.standing.UNREACHABLE}</dt>
        <dd>
          {lost > 0 ? (
            <>
              <Badge tone="alarm">{p.unreachable(lost)}</Badge>{" "}
              {preview.unreachable
                .map(({ why, count }) => `${words.unreachable[why]}: ${count}`)
                .join(" · ")}
            </>
          ) : (
            <Badge tone="ok">{p.unreachableNone}</Badge>
          )}
        </dd>
        <dt>{p.answersSeen}</dt>
        <dd>
          {p.answersSeenBy(
            [message.organization, ...preview.answersSeenBy].flatMap((one) => one?.code ?? []),
          )}
        </dd>
      </dl>
      <PreviewTexts texts={preview.texts} />
    </div>
  );
}
