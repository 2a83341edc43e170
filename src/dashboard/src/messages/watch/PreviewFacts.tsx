/** How many would be told, how, in which languages, and who cannot be. */
import type { MessageWholeFragment } from "../../api/generated/graphql";
import { useSession } from "../../api/session";
import { Badge } from "../../ui/Badge";
import { useWords } from "../../words";
import type { Words } from "../../words/en";
import { wordingParts } from "../compose/form";
import styles from "../Messages.module.css";
import { lengthOf } from "../segments";
import type { Preview } from "./Preview";

/** About what the hub makes of it: who tells, what is said, and what can be answered. */
function textOf(
  message: MessageWholeFragment,
  n: number,
  sender: string,
  meanings: Words["messages"]["meaning"],
): string {
  const wording = message.wordings[n];
  const said = wordingParts.map((part) => wording?.[part] ?? "").filter(Boolean);
  const answers = message.responses.map(
    ({ meaning, labels }, at) => `${at + 1}=${labels[n] ?? meanings[meaning]}`,
  );
  return `${sender}: ${[...said, answers.join(", ")].filter(Boolean).join(" ")}`;
}

interface Props {
  message: MessageWholeFragment;
  preview: Preview;
}

export function PreviewFacts({ message, preview }: Props) {
  const words = useWords().messages;
  const p = words.preview;
  const sender = useSession().acting?.name ?? "";
  const lost = preview.unreachable.reduce((sum, { count }) => sum + count, 0);
  const texts = preview.channels.some(({ channel }) => channel === "SMS");
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
          {preview.languages.map(({ language, count }) => `${language} ${count}`).join(" · ") ||
            "—"}
        </dd>
        {texts &&
          message.wordings.map((wording, n) => {
            const { segments, characters } = lengthOf(textOf(message, n, sender, words.meaning));
            return (
              <div key={wording.language} className={styles.pair}>
                <dt>{p.segmentsOf(wording.language)}</dt>
                <dd>
                  {p.segments(segments)} · {characters}{" "}
                  <span className="muted">({p.segmentsAbout})</span>
                </dd>
              </div>
            );
          })}
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
        <dd>{p.answersSeenBy(message.organization?.code ?? "")}</dd>
      </dl>
    </div>
  );
}
