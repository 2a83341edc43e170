/** Who does what where: the work assignments by division, group or staging area (ICS 204). */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge, Tag } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { useCalled, useWords } from "../../words";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen, takeBack } from "../ui/undo";
import { isOpen, type Period } from "./objectives";
import { RoomAssignWork, RoomDropWork } from "./orders";
import { Said, type PartProps } from "./Part";
import { WorkDialog } from "./WorkDialog";

export type WorkAssignment = Period["assignments"][number];

export function Work({ period, done }: PartProps) {
  const words = useWords().room.forms;
  const [writing, write] = useState<{ work: WorkAssignment | null } | null>(null);
  const add = act(
    "room.plan.work",
    words.addWork,
    () => {
      write({ work: null });
    },
    { keys: "n w", look: period.assignments.length === 0 ? "main" : "plain" },
  );
  return (
    <Panel
      title={
        <>
          {words.work} <Tag>ICS 204</Tag>
        </>
      }
      aside={isOpen(period) && <Acts acts={[add]} />}
    >
      {period.assignments.length === 0 && <p className="muted">{words.noWork}</p>}
      <ul className={ui.rows}>
        {period.assignments.map((work) => (
          <WorkLine
            key={work.id}
            work={work}
            period={period}
            done={done}
            write={() => {
              write({ work });
            }}
          />
        ))}
      </ul>
      {writing && (
        <WorkDialog
          period={period}
          work={writing.work}
          done={done}
          onClose={() => {
            write(null);
          }}
        />
      )}
    </Panel>
  );
}

interface LineProps extends PartProps {
  work: WorkAssignment;
  write: () => void;
}

function WorkLine({ work, period, done, write }: LineProps) {
  const words = useWords().room.forms;
  const called = useCalled();
  const place = called(work.place);
  const known = new Set(period.communications.map(({ name }) => name));
  const drop = andThen(useCommand(RoomDropWork), () => {
    announce(words.workDropped(place), {
      undo: () => {
        const back = { ...workInput(period, work), assignment: null };
        void takeBack(RoomAssignWork, back, words.workAssigned(place)).then(done);
      },
    });
    done();
  });
  const acts = [
    act(`room.plan.work.${work.id}`, words.changeWork(place), write, { short: words.change }),
    act(
      `room.plan.drop.${work.id}`,
      words.dropWork(place),
      () => {
        void drop.give({ period: period.id, assignment: work.id, over: work.digest });
      },
      { short: words.drop, look: "quiet" },
    ),
  ];
  return (
    <li>
      <div className={ui.line}>
        <strong>{place}</strong>
        {work.supervisor && <span className="muted">{work.supervisor}</span>}
      </div>
      <Said text={work.tasks} />
      {work.specialInstructions && (
        <p>
          <Badge tone="warning">{words.special}</Badge> {work.specialInstructions}
        </p>
      )}
      <p>
        {work.resources.length === 0 ? (
          <Badge tone="warning">{words.noResources}</Badge>
        ) : (
          work.resources.map(({ name }) => name).join(", ")
        )}
      </p>
      {(work.reporting ?? work.channels[0]) && (
        <p className="muted">
          {[work.reporting, ...work.channels.filter((name) => known.has(name))]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {work.channels
        .filter((name) => !known.has(name))
        .map((name) => (
          <p key={name}>
            <Badge tone="warning">{words.channelUnknown(name)}</Badge>
          </p>
        ))}
      <TroubleText trouble={drop.trouble} />
      {isOpen(period) && <Acts acts={acts} />}
    </li>
  );
}

/** A work assignment as it was, to be written back. */
export const workInput = (period: Period, work: WorkAssignment) => ({
  period: period.id,
  assignment: work.id,
  place: work.place,
  post: work.post,
  supervisor: work.supervisor,
  reporting: work.reporting,
  tasks: work.tasks,
  specialInstructions: work.specialInstructions,
  channels: work.channels,
  resources: work.resources.map(({ id }) => id),
});
