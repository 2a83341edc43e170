/** What is reported of one incident, side by side. */
import { Badge } from "../../ui/Badge";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { reasonText } from "../../words/hub";
import {
  aspects,
  contradictions,
  current,
  said,
  type Aspect,
  type AttachedSignal,
} from "./compare";
import styles from "./Reports.module.css";
import { ToItem } from "./ToItem";

export function Reports({ signals }: { signals: readonly AttachedSignal[] }) {
  const all = useWords();
  const words = all.picture;
  const shown = current(signals);
  const differ = contradictions(shown);
  if (shown.length === 0) return null;
  const text = (report: AttachedSignal, aspect: Aspect): string => {
    const { severity, certainty, urgency } = report.signal;
    if (aspect === "severity" && severity) return all.names.severity[severity];
    if (aspect === "certainty" && certainty) return all.names.certainty[certainty];
    if (aspect === "urgency" && urgency) return all.names.urgency[urgency];
    return said(report, aspect) ?? all.app.unknown;
  };
  return (
    <section>
      <h3>{words.reports(shown.length)}</h3>
      {differ.size > 0 && (
        <p className={styles.differ}>
          <Badge tone="warning">{words.contradict}</Badge>{" "}
          {[...differ].map((aspect) => words.aspects[aspect]).join(", ")}
        </p>
      )}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {shown.map(({ signal }) => (
                <th key={signal.id} scope="col">
                  <ToItem id={signal.id}>
                    {signal.infos[0]?.senderName ?? signal.key?.sender ?? signal.headline}
                  </ToItem>
                  <div className="muted">
                    <Age at={signal.key?.sent} />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {aspects.map((aspect) => (
              <tr key={aspect} className={differ.has(aspect) ? styles.different : ""}>
                <th scope="row">
                  {differ.has(aspect) && <span aria-label={words.contradict}>◆ </span>}
                  {words.aspects[aspect]}
                </th>
                {shown.map((report) => (
                  <td key={report.signal.id}>{text(report, aspect)}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{words.attachedBecause}</th>
              {shown.map(({ signal, reason }) => (
                <td key={signal.id}>{reasonText(reason, all.hub)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
