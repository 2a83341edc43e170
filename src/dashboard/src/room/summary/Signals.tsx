/** The signals that led to the incident, with the reason of each. */
import { useAnswer } from "../../api/useAnswer";
import { Badge, type Tone } from "../../ui/Badge";
import { sentenceOf } from "../../ui/sentence";
import { useWords } from "../../words";
import { reasonText } from "../../words/hub";
import { useRoom } from "../room";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { Moment } from "../ui/zone";
import { RoomSummary } from "./documents";

const tones = {
  EXTREME: "alarm",
  SEVERE: "warning",
  MODERATE: "notice",
  MINOR: "plain",
  UNKNOWN: "plain",
} as const satisfies Record<string, Tone>;

export function Signals() {
  const { incident } = useRoom();
  const words = useWords();
  const { data } = useAnswer(RoomSummary, { id: incident.id });
  const signals = data?.incident?.signals ?? [];
  const tell = (reason: string, rule: string | null) => {
    const told = reasonText(reason, words.hub);
    return sentenceOf(rule ? words.room.summary.byRule(told, rule) : told);
  };
  return (
    <Panel title={words.room.summary.signals}>
      {signals.length === 0 && <p className="muted">{words.room.none}</p>}
      <ul className={ui.rows}>
        {signals.map(({ signal, reason, rule, since }) => (
          <li key={signal.id}>
            <p className={ui.line}>
              {signal.severity && (
                <Badge tone={tones[signal.severity]}>{words.names.severity[signal.severity]}</Badge>
              )}
              {signal.state && signal.state !== "LIVE" && (
                <Badge tone="plain">{words.names.signalState[signal.state]}</Badge>
              )}
              <strong>{signal.headline}</strong>
            </p>
            <p className="muted">
              {tell(reason, rule)} · <Moment at={since} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
