/** Announces what came of commands, to eyes and ears. */
import { putAway, toastStore } from "../api/toasts";
import { useStore } from "../api/store";
import { useWords } from "../words";
import { Button } from "./Button";
import styles from "./Toasts.module.css";

export function Toasts() {
  const toasts = useStore(toastStore);
  const words = useWords().app;
  return (
    <section className={styles.region} aria-label={words.outcome} data-no-print>
      <ul aria-live="polite" aria-atomic="false">
        {toasts.map(({ id, sentence, tone, undo }) => (
          <li key={id} className={`${styles.toast} ${styles[tone]}`}>
            <span>{sentence}</span>
            {undo && (
              <Button
                onPress={() => {
                  putAway(id);
                  undo();
                }}
              >
                {words.undo}
              </Button>
            )}
            <Button
              look="quiet"
              aria-label={words.close}
              onPress={() => {
                putAway(id);
              }}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
