/** What a printed situation has to say of itself: as of when, and by whose eyes. */
import { useSession } from "../api/session";
import { useNow } from "../ui/now";
import { useLanguage, useWords } from "../words";
import { momentText } from "../words/format";
import styles from "./PrintHead.module.css";

export function PrintHead() {
  const words = useWords().picture;
  const language = useLanguage();
  const { session, acting } = useSession();
  const now = new Date(useNow(60_000));
  return (
    <p className={styles.head}>
      {words.printed(
        `${momentText(now, language)} (${momentText(now, language, "UTC")} UTC)`,
        acting?.name ?? session.account.name,
      )}
    </p>
  );
}
