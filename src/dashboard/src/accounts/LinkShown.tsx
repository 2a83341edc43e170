/** A set-up link, which is shown once: copied, handed over, and gone when the dialog is closed. */
import { Badge } from "../ui/Badge";
import { Button } from "../ui/Button";
import { When } from "../ui/Time";
import { useWords } from "../words";
import styles from "./Accounts.module.css";
import { Copying } from "./Copying";

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
      <Copying label={words.link} text={link.address} />
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
