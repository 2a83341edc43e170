/** A set-up link, which is shown once: copied, handed over, and gone when the dialog is closed. */
import { useRef, useState } from "react";
import { Input, Label, TextField } from "react-aria-components";

import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { When } from "../ui/Time";
import { useWords } from "../words";
import styles from "./Accounts.module.css";

/** How long the hub lets a link work. */
const LINK_HOURS = 24;
const HOUR_MS = 3_600_000;

/** A link, and when it came. */
export interface MadeLink {
  address: string;
  at: number;
}

interface Props {
  name: string;
  link: MadeLink;
  onClose: () => void;
}

export function LinkShown({ name, link, onClose }: Props) {
  const words = useWords().accounts;
  return (
    <div className={styles.made}>
      <LinkToCopy address={link.address} />
      <p>
        <Badge tone="warning" strong>
          {words.linkOnce}
        </Badge>
      </p>
      <p>
        {words.linkHolds(LINK_HOURS)}{" "}
        <When at={new Date(link.at + LINK_HOURS * HOUR_MS).toISOString()} />.
      </p>
      <p>{words.linkHand(name)}</p>
      <div className={styles.end}>
        <Button onPress={onClose}>{words.done}</Button>
      </div>
    </div>
  );
}

function LinkToCopy({ address }: { address: string }) {
  const words = useWords().accounts;
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  async function copy() {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(address);
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
      <TextField className={styles.link ?? ""} value={address} isReadOnly>
        <Label className={styles.legend ?? ""}>{words.link}</Label>
        <div className={styles.copy}>
          <Input ref={input} className={styles.address ?? ""} />
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
