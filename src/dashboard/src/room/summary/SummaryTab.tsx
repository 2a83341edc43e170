/** What the incident is, where it stands, and what it hangs together with. */
import { useState } from "react";

import { tellsLead } from "../../api/picture/lead";
import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { Place } from "../../ui/Place";
import { Link } from "../../ui/route";
import { useCalled, useWords } from "../../words";
import { valueText } from "../../words/hub";
import { statusTones } from "../names";
import { openRoomDialog, useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Fact, Facts, Panel } from "../ui/Panel";
import { Overdue } from "../ui/Overdue";
import { ReasonDialog } from "../ui/ReasonDialog";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomSetParent, RoomSummary, RoomUnmerge } from "./documents";
import { LifeCycle } from "./LifeCycle";
import { NoteForm } from "./NoteForm";
import { DuplicateDialog, PartDialog } from "./RelateDialog";
import { Lately } from "./Lately";
import { Signals } from "./Signals";

export default function SummaryTab() {
  const words = useWords();
  const room = words.room.summary;
  const { incident } = useRoom();
  const called = useCalled();
  const told = tellsLead(incident);
  const acts = [
    act("room.complexity", room.assess, openRoomDialog("complexity")),
    act("room.lead", room.changeLead, openRoomDialog("lead")),
  ];
  return (
    <>
      <LifeCycle />
      <div className={ui.columns}>
        <div className={ui.stack}>
          <Panel title={room.facts} aside={<Acts acts={acts} />}>
            <Facts>
              <Fact name={room.kind}>
                {called(incident.kind.name)} · {room.categories[incident.kind.category]}
              </Fact>
              <Fact name={room.place}>
                <Place name={incident.location?.name} point={incident.location?.point} />
              </Fact>
              <Fact name={room.complexity}>
                {incident.complexity ? (
                  <>
                    <strong>{words.room.type(incident.complexity.type)}</strong>{" "}
                    {incident.complexity.reason}{" "}
                    <span className="muted">
                      ({valueText("by", incident.complexity.by, words.hub)})
                    </span>
                  </>
                ) : (
                  <span className="muted">{room.notAssessed}</span>
                )}
              </Fact>
              <Fact name={room.lead}>
                {incident.lead ? (
                  `${incident.lead.code} · ${incident.lead.name}`
                ) : told ? (
                  <Badge tone="warning">{room.noLead}</Badge>
                ) : (
                  <span className="muted">{words.app.withheld}</span>
                )}
              </Fact>
              <Fact name={room.owner}>
                {incident.owner
                  ? `${incident.owner.code} · ${incident.owner.name}`
                  : told
                    ? room.everybody
                    : words.app.withheld}
              </Fact>
              <Fact name={room.openedBy}>
                {incident.openedByRule ? room.rule(incident.openedByRule) : room.person}
              </Fact>
              <Fact name={room.changedAt}>
                <Moment at={incident.changedAt} />
              </Fact>
            </Facts>
          </Panel>
          <Panel title={words.room.writeNote} print={false}>
            <NoteForm />
          </Panel>
        </div>
        <div className={ui.stack}>
          <Relations />
          <Goals />
        </div>
        <div className={ui.stack}>
          <Signals />
          <Lately />
        </div>
      </div>
    </>
  );
}

/** What is to be reached now. */
function Goals() {
  const { incident } = useRoom();
  const words = useWords().room;
  const period = incident.currentPeriod;
  const open = period?.objectives.filter(({ closed }) => closed === null) ?? [];
  return (
    <Panel title={period ? words.summary.objectives(period.number) : words.plan.objectives}>
      {!period && <p className="muted">{words.plan.noPeriod}</p>}
      {period && open.length === 0 && <p className="muted">{words.plan.noObjectives}</p>}
      <ol className={ui.rows}>
        {open.map((objective) => (
          <li key={objective.id}>
            {objective.text}{" "}
            {objective.deadline && (
              <span className="muted">
                {words.plan.until} <Moment at={objective.deadline} />{" "}
                <Overdue at={objective.deadline} />
              </span>
            )}
          </li>
        ))}
      </ol>
      <Link href={`/incident/${incident.id}/plan`}>{words.tabs.plan}</Link>
    </Panel>
  );
}

function Relations() {
  const { incident, again } = useRoom();
  const words = useWords().room;
  const { data, again: ask } = useAnswer(RoomSummary, { id: incident.id });
  const [dialog, setDialog] = useState<"part" | "merge" | "unmerge" | null>(null);
  const leave = useCommand(RoomSetParent);
  const done = () => {
    again();
    ask();
  };
  const unmerge = andThen(useCommand(RoomUnmerge), () => {
    announce(words.summary.unmerged);
    done();
  });
  const close = () => {
    setDialog(null);
  };
  const parent = data?.incident?.parent ?? null;
  const merged = incident.mergedInto !== null;
  const leaveComplex = () => {
    void leave.give({ incident: incident.id, parent: null }).then((payload) => {
      if (!payload) return;
      announce(words.summary.isNoPart);
      done();
    });
  };
  const show = (which: typeof dialog) => () => {
    setDialog(which);
  };
  const acts = [
    parent
      ? act("room.leave-complex", words.summary.leaveComplex, leaveComplex)
      : act("room.part", words.summary.makePart, show("part")),
    merged
      ? act("room.unmerge", words.summary.unmerge, show("unmerge"))
      : act("room.merge", words.summary.merge, show("merge")),
  ];
  const relations = data?.incident;
  return (
    <Panel title={words.summary.relations}>
      <Acts acts={acts} />
      <TroubleText trouble={leave.trouble} />
      <Related title={words.summary.complex} incidents={parent ? [parent] : []} />
      <Related title={words.summary.parts} incidents={relations?.parts ?? []} />
      <Related title={words.summary.duplicates} incidents={relations?.duplicates ?? []} />
      {dialog === "part" && <PartDialog onClose={close} done={done} />}
      {dialog === "merge" && <DuplicateDialog onClose={close} done={done} />}
      {dialog === "unmerge" && (
        <ReasonDialog
          title={words.summary.unmerge}
          submit={words.summary.unmerge}
          command={unmerge}
          input={(reason) => ({ incident: incident.id, reason })}
          onClose={close}
          draft={`unmerge:${incident.id}`}
        />
      )}
    </Panel>
  );
}

interface RelatedIncident {
  id: string;
  number: string;
  name: string;
  status: keyof typeof statusTones | null;
}

function Related({ title, incidents }: { title: string; incidents: readonly RelatedIncident[] }) {
  const words = useWords();
  return (
    <div>
      <h3>{title}</h3>
      {incidents.length === 0 && <p className="muted">{words.room.none}</p>}
      <ul className={ui.rows}>
        {incidents.map((one) => (
          <li key={one.id} className={ui.line}>
            {one.status && (
              <Badge tone={statusTones[one.status]}>{words.names.incidentStatus[one.status]}</Badge>
            )}
            <Link href={`/incident/${one.id}`}>
              {one.number} {one.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
