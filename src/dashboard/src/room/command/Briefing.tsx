/** What the incoming commander is told, as it was when the transfer was proposed. */
import { Badge } from "../../ui/Badge";
import { Age } from "../../ui/Time";
import { useCalled, useWords } from "../../words";
import { valueText } from "../../words/hub";
import { statusTones } from "../names";
import { HUB } from "../record/documents";
import { useLine } from "../ui/useLine";
import { Moment } from "../ui/zone";
import styles from "./CommandTab.module.css";
import type { Transfer } from "./Transfers";

type Briefing = NonNullable<Transfer["briefing"]>;

export function BriefingText({ briefing }: { briefing: Briefing }) {
  const all = useWords();
  const called = useCalled();
  const words = all.room.command;
  const brief = words.briefing;
  const tell = useLine();
  return (
    <section aria-label={brief.title}>
      <p>
        {briefing.status && (
          <Badge tone={statusTones[briefing.status]}>
            {all.names.incidentStatus[briefing.status]}
          </Badge>
        )}{" "}
        {briefing.complexity !== null && all.room.type(briefing.complexity)} · {brief.since}{" "}
        <Moment at={briefing.since} />
        {briefing.lines !== null && ` · ${brief.lines(briefing.lines)}`}
      </p>
      {briefing.remarks !== null && (
        <p>
          <strong>{brief.remarks}</strong> {briefing.remarks}
        </p>
      )}
      {briefing.delegations.map(({ id, power, from, to, until }) => (
        <p key={id}>
          <strong>{`${from?.code ?? "?"} → ${to?.code ?? "?"}:`}</strong> {words.powers[power]}
          {until && (
            <>
              {" "}
              {brief.until} <Moment at={until} />
            </>
          )}
        </p>
      ))}
      {briefing.plan && <Planned plan={briefing.plan} />}
      <div className={styles.briefing}>
        <div>
          <h3>{brief.posts}</h3>
          <ul>
            {briefing.posts.map((post) => (
              <li key={post.post}>
                {called(post.name)}:{" "}
                {post.holders.join(", ") || <Badge tone="warning">{words.vacant}</Badge>}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{brief.resources(briefing.resources.length)}</h3>
          {briefing.resources.length === 0 && <p className="muted">{all.room.none}</p>}
          <ul>
            {briefing.resources.map(({ resource, stage, assignedTo }) => (
              <li key={resource.id}>
                {resource.name}: {all.names.commitmentStage[stage]}
                {assignedTo && ` · ${called(assignedTo)}`}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{brief.requests}</h3>
          {briefing.requests.length === 0 && <p className="muted">{all.room.none}</p>}
          <ul>
            {briefing.requests.map(({ request, outstanding, status }) => (
              <li key={request.number}>
                {request.number}: {valueText("status", status, all.hub)} ·{" "}
                {brief.outstanding(outstanding)}
              </li>
            ))}
          </ul>
          <h3>{brief.deadlines}</h3>
          {briefing.deadlines.length === 0 && <p className="muted">{all.room.none}</p>}
          <ul>
            {briefing.deadlines.map((deadline, n) => (
              <li key={n}>
                {brief.deadline[deadline.what]} {deadline.about?.name} <Moment at={deadline.at} />
              </li>
            ))}
          </ul>
        </div>
        <div className={styles.last}>
          <h3>{brief.last}</h3>
          <ul>
            {[...briefing.last].reverse().map((item, n) => (
              <li key={n}>
                {tell(item)}{" "}
                <span className="muted">
                  {item.principal === HUB ? all.room.timeline.hub : item.principal} ·{" "}
                  <Age at={item.at} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

/** What was to be reached, and how. */
function Planned({ plan }: { plan: NonNullable<Briefing["plan"]> }) {
  const words = useWords().room;
  const brief = words.command.briefing;
  const said = [
    [brief.emphasis, plan.emphasis],
    [brief.safety, plan.safety],
    [brief.hazards, plan.hazards.join(" · ")],
    [brief.channels, plan.channels.join(", ")],
    [brief.hospitals, plan.hospitals.join(", ")],
  ].filter(([, text]) => text);
  return (
    <div className={styles.briefing}>
      <div className={styles.last}>
        <h3>
          {brief.objectives(plan.period.number)}
          {plan.revision !== null && ` · ${brief.revision(plan.revision)}`}
        </h3>
        {plan.objectives.length === 0 && <p className="muted">{words.none}</p>}
        <ol>
          {plan.objectives.map((text, n) => (
            <li key={n}>{text}</li>
          ))}
        </ol>
        {said.map(([label, text]) => (
          <p key={label}>
            <strong>{label}</strong> {text}
          </p>
        ))}
      </div>
    </div>
  );
}
