/** What a message says, language by language, how urgent it is, and what can be answered. */
import { Button } from "../../ui/Button";
import { Check, Choice, TextInput } from "../../ui/Fields";
import { useLanguage, useWords } from "../../words";
import { languageText } from "../../words/format";
import type { MessagePriority } from "../../api/generated/graphql";
import styles from "./Compose.module.css";
import { emptyWording, wordingParts, type Content, type Wording } from "./form";
import { LanguageField } from "./LanguageField";
import { ResponseFields } from "./ResponseFields";

interface Props {
  content: Content;
  onChange: (content: Content) => void;
  /** What follows a message goes at once: nobody releases it. */
  follows?: "correct" | "close";
}

const priorities: readonly MessagePriority[] = ["ROUTINE", "URGENT", "LIFE_SAFETY"];
/** What is offered next where somebody adds a language. */
const common = ["en", "es", "zh", "vi", "tl", "ko"];

export function ContentFields({ content, onChange, follows }: Props) {
  const words = useWords().messages;
  const c = words.compose;
  const { wordings } = content;
  const setWording = (n: number, wording: Wording) => {
    onChange({ ...content, wordings: wordings.map((one, at) => (at === n ? wording : one)) });
  };
  return (
    <>
      <div className={styles.columns}>
        <Choice
          label={c.priority}
          value={content.priority}
          onChange={(priority) => {
            onChange({ ...content, priority });
          }}
          options={priorities.map((id) => ({
            id,
            label: words.priority[id],
            hint: c.priorityHint[id],
          }))}
          hint={c.priorityHint[content.priority]}
        />
        {follows === undefined && (
          <Check
            value={content.public}
            onChange={(is) => {
              onChange({ ...content, public: is });
            }}
          >
            {c.public}
          </Check>
        )}
      </div>
      <div className={wordings.length > 1 ? styles.columns : ""}>
        {wordings.map((wording, n) => (
          <WordingFields
            key={n}
            wording={wording}
            taken={wordings.filter((_, at) => at !== n).map(({ language }) => language)}
            onChange={(next) => {
              setWording(n, next);
            }}
            onRemove={
              n === 0
                ? null
                : () => {
                    onChange({ ...content, wordings: wordings.filter((_, at) => at !== n) });
                  }
            }
          />
        ))}
      </div>
      <div>
        <Button
          onPress={() => {
            const next = common.find((one) => wordings.every(({ language }) => language !== one));
            onChange({ ...content, wordings: [...wordings, emptyWording(next ?? "")] });
          }}
        >
          {c.addLanguage}
        </Button>
      </div>
      {follows !== "close" && (
        <ResponseFields
          responses={content.responses}
          languages={wordings.map(({ language }) => language)}
          onChange={(responses) => {
            onChange({ ...content, responses });
          }}
        />
      )}
    </>
  );
}

interface WordingProps {
  wording: Wording;
  /** The languages of the others. */
  taken: readonly string[];
  onChange: (wording: Wording) => void;
  onRemove: (() => void) | null;
}

function WordingFields({ wording, taken, onChange, onRemove }: WordingProps) {
  const words = useWords().messages;
  const c = words.compose;
  const spoken = useLanguage();
  return (
    <fieldset className={styles.box}>
      <legend>{wording.language ? languageText(wording.language, spoken) : c.language}</legend>
      <div className={styles.line}>
        <LanguageField
          value={wording.language}
          onChange={(language) => {
            onChange({ ...wording, language });
          }}
          taken={taken}
        />
        {onRemove && (
          <Button look="quiet" onPress={onRemove}>
            {c.removeLanguage(languageText(wording.language, spoken))}
          </Button>
        )}
      </div>
      <div className={styles.parts}>
        {wordingParts.map((part) => (
          <TextInput
            key={part}
            label={words.part[part]}
            name={part}
            value={wording[part]}
            lang={wording.language}
            onChange={(text) => {
              onChange({ ...wording, [part]: text });
            }}
            long={part === "what" || part === "toDo"}
            required={part === "what"}
            {...(part === "what" ? { hint: c.whatHint } : {})}
          />
        ))}
      </div>
    </fieldset>
  );
}
