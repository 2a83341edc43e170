/** Who does what where in a period, and what everybody should know. */
import { useWords } from "../../words";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import type { Period } from "./objectives";

export function PeriodDetails({ period }: { period: Period }) {
  const all = useWords();
  const words = all.room.plan;
  return (
    <Panel title={words.details}>
      {period.withheld.length > 0 && (
        <p className="muted">
          {all.app.withheldFields(
            period.withheld.map((group) => all.names.fieldGroup[group]).join(", "),
          )}
        </p>
      )}
      {period.situation?.emphasis && (
        <p>
          <strong>{words.emphasis}</strong>: {period.situation.emphasis}
        </p>
      )}
      {period.situation?.awareness && (
        <p>
          <strong>{words.awareness}</strong>: {period.situation.awareness}
        </p>
      )}
      {period.safetyMessage && (
        <p>
          <strong>{words.safety}</strong>: {period.safetyMessage}
        </p>
      )}
      {period.hazards.map((hazard, n) => (
        <p key={n}>
          ▲ <strong>{hazard.hazard}</strong> ({hazard.area}): {hazard.mitigation}
        </p>
      ))}
      <h3>{words.assignments}</h3>
      {period.assignments.length === 0 && <p className="muted">{all.room.none}</p>}
      <ul className={ui.rows}>
        {period.assignments.map((work) => (
          <li key={work.id}>
            <p>
              <strong>{work.place}</strong> {work.supervisor && `· ${work.supervisor}`}
            </p>
            <p>{work.tasks}</p>
            <p className="muted">
              {work.resources.map(({ name }) => name).join(", ")}
              {work.channels.length > 0 && ` · ${work.channels.join(", ")}`}
            </p>
          </li>
        ))}
      </ul>
      <h3>{words.channels}</h3>
      {period.communications.length === 0 && <p className="muted">{all.room.none}</p>}
      <ul>
        {period.communications.map((channel) => (
          <li key={channel.name}>
            <strong>{channel.name}</strong> {channel.function}
            {channel.assignment && ` · ${channel.assignment}`}{" "}
            <span className="number">{channel.receive}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
