/** The common operating picture: list and map side by side, always the same filter. */
import { AttentionColumn } from "../attention/AttentionColumn";
import { TimeBar } from "../time/TimeBar";
import { Empty } from "../ui/Empty";
import { useWords } from "../words";
import { List } from "./List";
import styles from "./PicturePage.module.css";
import { useListed } from "./useListed";

export default function PicturePage() {
  const words = useWords().picture;
  const { shown, of } = useListed();
  return (
    <div className={styles.page}>
      <h1 className="unseen">{words.title}</h1>
      <section className={styles.list} aria-label={words.list}>
        {shown.length > 0 ? (
          <List items={shown} />
        ) : of > 0 ? (
          <Empty title={words.emptyFiltered} />
        ) : (
          <Empty title={words.empty}>{words.emptyWhy}</Empty>
        )}
      </section>
      <section className={styles.map} aria-label={words.map} />
      <aside className={styles.attention}>
        <AttentionColumn />
      </aside>
      <div className={styles.time}>
        <TimeBar />
      </div>
    </div>
  );
}
