/** The life cycle of the incident, and the step to where it goes next. */
import { useWords } from "../../words";
import { openRoomDialog, useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import styles from "./LifeCycle.module.css";
import { lifeCycle } from "./status";

export function LifeCycle() {
  const { incident } = useRoom();
  const words = useWords();
  const { status } = incident;
  if (status === null) return null;
  const at = lifeCycle.indexOf(status);
  const acts =
    status === "CLOSED"
      ? [act("room.reopen", words.room.summary.reopen, openRoomDialog("reopen"), { keys: "S" })]
      : [act("room.status", words.room.changeStatus, openRoomDialog("status"), { keys: "S" })];
  return (
    <div className={styles.cycle}>
      <ol className={styles.steps} aria-label={words.room.summary.lifeCycle}>
        {lifeCycle.map((step, n) => (
          <li
            key={step}
            className={`${styles.step} ${n < at ? styles.past : ""}`}
            aria-current={step === status ? "step" : undefined}
          >
            <span aria-hidden>{n < at ? "✓" : n === at ? "●" : "○"}</span>{" "}
            {words.names.incidentStatus[step]}
          </li>
        ))}
      </ol>
      <Acts acts={acts} />
    </div>
  );
}
