/** A secret that is shown once, and copied by a press or by hand. */
import { useRef, useState } from "react";
import { Input, Label, TextField } from "react-aria-components";

import { Button } from "../ui/Button";
import { useWords } from "../words";
import styles from "./Accounts.module.css";

export function Copying({ label, text }: { label: string; text: string }) {
  const words = useWords().accounts;
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  async function copy() {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setSaid(words.copied);
    } catch {
      // A page that did not come over HTTPS may not write to the clipboard: the person may.
      input.current?.focus();
      input.current?.select();
      setSaid(words.notCopied);
    }
  }
  return (
    <div>
      <TextField className={styles.copying ?? ""} value={text} isReadOnly>
        <Label className={styles.legend ?? ""}>{label}</Label>
        <div className={styles.copy}>
          <Input ref={input} className={styles.secret ?? ""} />
          <Button look="main" autoFocus onPress={() => void copy()}>
            {words.copy}
          </Button>
        </div>
      </TextField>
      <p role="status" className="muted">
        {said}
      </p>
    </div>
  );
}
