/** The messages about one incident, for its room. */
import { Link } from "../ui/route";
import { useWords } from "../words";
import { MessageList } from "./MessageList";
import styles from "./Messages.module.css";

export function IncidentMessages({ incident }: { incident: string }) {
  const words = useWords().messages;
  return (
    <div className={styles.lists}>
      <div>
        <Link href={`/messages/new?incident=${incident}`} className={styles.write}>
          {words.write}
        </Link>
      </div>
      <MessageList incident={incident} />
    </div>
  );
}
