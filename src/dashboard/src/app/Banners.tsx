/** What is wrong with what is shown: the connection, the hub's store, or that it is not the present. */
import { connectionStore, lastHeard } from "../api/connection";
import { staleStore } from "../api/hub";
import { showLive, useShown } from "../api/picture/shown";
import { useStore } from "../api/store";
import { GlassNotice } from "../sharing/GlassNotice";
import { Button } from "../ui/Button";
import { useNow } from "../ui/now";
import { useLanguage, useWords } from "../words";
import { ageText, clockText, timeText } from "../words/format";
import styles from "./Banners.module.css";

/** Pages that follow the picture into the past; the others show the present. */
const following = ["picture", "room"];

export function Banners({ page }: { page: string | null }) {
  return (
    <>
      <div aria-live="assertive">
        <ConnectionBanner />
        <StoreBanner />
        <InsteadBanner present={page !== null && !following.includes(page)} />
      </div>
      <GlassNotice />
    </>
  );
}

function ConnectionBanner() {
  const { state } = useStore(connectionStore);
  return state === "lost" ? <Lost /> : null;
}

/** Of its own, so that the time is followed only while something is lost. */
function Lost() {
  const words = useWords().app;
  const language = useLanguage();
  const now = useNow();
  const heard = lastHeard();
  if (heard === null) return <p className={styles.alarm}>▲ {words.unreachable}</p>;
  const shown = clockText(new Date(heard), language);
  return <p className={styles.alarm}>▲ {words.lostBanner(ageText(now - heard), shown)}</p>;
}

function StoreBanner() {
  const words = useWords().app;
  const language = useLanguage();
  const since = useStore(staleStore);
  if (since === null) return null;
  const at = new Date(since);
  return <p className={styles.alarm}>▲ {words.storeBanner(timeText(at, at, language))}</p>;
}

function InsteadBanner({ present }: { present: boolean }) {
  const words = useWords().app;
  const { instead } = useShown();
  if (instead === null) return null;
  return (
    <p className={styles.instead}>
      ◆ {words.insteadBanner(instead)} {present && words.pageIsPresent}{" "}
      <Button onPress={showLive}>{words.backToLive}</Button>
    </p>
  );
}
