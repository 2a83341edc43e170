/** What a printed situation has to say of itself: as of when, and by whose eyes. */
import { useSession } from "../api/session";
import { useNow } from "../ui/now";
import { useLanguage, useWords } from "../words";
import { momentText } from "../words/format";
import styles from "./PrintHead.module.css";

/** `zone` is that of the place; the device's when there is none. */
export function PrintHead({ zone }: { zone?: string | undefined }) {
  const words = useWords().picture;
  const language = useLanguage();
  const { session, acting } = useSession();
  const now = new Date(useNow(60_000));
  const here = momentText(now, language, zone);
  const utc = momentText(now, language, "UTC");
  return (
    <p className={styles.head}>
      {words.printed(
        here === utc ? `${utc} UTC` : `${here} (${utc} UTC)`,
        acting?.name ?? session.account.name,
      )}
    </p>
  );
}
