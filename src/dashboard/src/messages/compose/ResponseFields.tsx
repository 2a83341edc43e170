/** What can be answered, in the order of the digits of a telephone. */
import { Button } from "../../ui/Button";
import { Choice, TextInput } from "../../ui/Fields";
import { useLanguage, useWords } from "../../words";
import { languageText } from "../../words/format";
import styles from "./Compose.module.css";
import type { Response } from "./form";
import { meanings } from "./meanings";

/** As many as a telephone has digits. */
const RESPONSES_MAX = 9;

interface Props {
  responses: readonly Response[];
  languages: readonly string[];
  onChange: (responses: Response[]) => void;
}

export function ResponseFields({ responses, languages, onChange }: Props) {
  const words = useWords().messages;
  const c = words.compose;
  const spoken = useLanguage();
  const set = (n: number, response: Response) => {
    onChange(responses.map((one, at) => (at === n ? response : one)));
  };
  return (
    <fieldset className={styles.box}>
      <legend>{c.answers}</legend>
      {responses.length === 0 && <p className="muted">{c.answersNone}</p>}
      {responses.map((response, n) => (
        <div key={n} className={styles.line}>
          <kbd className={styles.digit}>{n + 1}</kbd>
          <Choice
            label={words.progress.answer}
            value={response.meaning}
            onChange={(meaning) => {
              set(n, { ...response, meaning });
            }}
            options={meanings.map((id) => ({ id, label: words.meaning[id] }))}
          />
          {languages.map((language, at) => (
            <TextInput
              key={at}
              label={c.answerLabel(languageText(language, spoken))}
              placeholder={c.answerUsual}
              value={response.labels[at] ?? ""}
              onChange={(label) => {
                const labels = languages.map((_, i) => response.labels[i] ?? "");
                labels[at] = label;
                set(n, { ...response, labels });
              }}
            />
          ))}
          <Button
            look="quiet"
            aria-label={`${c.remove} ${n + 1}`}
            onPress={() => {
              onChange(responses.filter((_, at) => at !== n));
            }}
          >
            ✕
          </Button>
        </div>
      ))}
      {responses.length < RESPONSES_MAX && (
        <div>
          <Button
            onPress={() => {
              const used = new Set(responses.map(({ meaning }) => meaning));
              const meaning = meanings.find((one) => !used.has(one)) ?? "OTHER";
              onChange([...responses, { meaning, labels: [] }]);
            }}
          >
            {c.addAnswer}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
