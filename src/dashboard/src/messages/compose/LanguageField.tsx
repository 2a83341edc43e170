/** In which language something is put: one by its name, or any other by its tag. */
import { useState } from "react";

import { Choice, TextInput } from "../../ui/Fields";
import { useLanguage, useWords } from "../../words";
import styles from "./Compose.module.css";
import { isWritten, languageOptions, OTHER } from "./languages";

interface Props {
  value: string;
  onChange: (tag: string) => void;
  /** In which languages the message is put besides. */
  taken: readonly string[];
}

export function LanguageField({ value, onChange, taken }: Props) {
  const words = useWords().messages.compose;
  const spoken = useLanguage();
  const [asked, ask] = useState(false);
  // A tag without a name, as one that was half written before a reload, has no choice to stand in.
  const writing = asked || isWritten(value, spoken);
  return (
    <div className={styles.columns}>
      <Choice
        label={words.language}
        {...(writing ? {} : { name: "language" })}
        value={writing ? OTHER : value}
        onChange={(tag) => {
          ask(tag === OTHER);
          onChange(tag === OTHER ? "" : tag);
        }}
        options={languageOptions(value, taken, spoken, words.otherLanguage)}
        required
      />
      {writing && (
        <TextInput
          label={words.languageTag}
          name="language"
          hint={words.languageHint}
          value={value}
          onChange={onChange}
          required
        />
      )}
    </div>
  );
}
