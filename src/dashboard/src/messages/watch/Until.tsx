/** How long it is until something, and its time. */
import { useNow } from "../../ui/now";
import { useLanguage, useWords } from "../../words";
import { ageText, timeText } from "../../words/format";

export function Until({ at }: { at: string }) {
  const words = useWords().messages.progress;
  const language = useLanguage();
  const now = useNow();
  const then = new Date(at);
  const left = then.getTime() - now;
  return (
    <time className="number" dateTime={at} title={timeText(then, new Date(now), language)}>
      {left > 0 ? words.in(ageText(left)) : timeText(then, new Date(now), language)}
    </time>
  );
}
