/** The meetings of the planning of a period, and what came of them. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { useNow } from "../../ui/now";
import { useWords } from "../../words";
import { ageText } from "../../words/format";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { ReasonDialog } from "../ui/ReasonDialog";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomHoldMeeting } from "./documents";
import type { Period } from "./objectives";

type Meeting = Period["meetings"][number];

export function Meetings({ period, done }: { period: Period; done: () => void }) {
  const words = useWords().room.plan;
  const [holding, setHolding] = useState<Meeting | null>(null);
  const command = andThen(useCommand(RoomHoldMeeting), () => {
    announce(words.meetingHeld);
    done();
  });
  return (
    <Panel title={words.meetings}>
      {period.meetings.length === 0 && <p className="muted">{words.noMeetings}</p>}
      <ul className={ui.rows}>
        {period.meetings.map((meeting) => (
          <MeetingLine
            key={meeting.meeting}
            meeting={meeting}
            hold={() => {
              setHolding(meeting);
            }}
          />
        ))}
      </ul>
      {holding && (
        <ReasonDialog
          title={words.holdWhich(holding.name)}
          submit={words.hold}
          label={words.meetingOutcome}
          command={command}
          input={(outcome) => ({ period: period.id, meeting: holding.meeting, outcome })}
          onClose={() => {
            setHolding(null);
          }}
          draft={`meeting:${period.id}:${holding.meeting}`}
        />
      )}
    </Panel>
  );
}

function MeetingLine({ meeting, hold }: { meeting: Meeting; hold: () => void }) {
  const words = useWords().room.plan;
  const now = useNow(60_000);
  const left = new Date(meeting.due).getTime() - now;
  const { held } = meeting;
  return (
    <li>
      <div className={ui.line}>
        {held ? (
          <Badge tone="ok">{words.held}</Badge>
        ) : (
          <Badge tone={left < 0 ? "alarm" : "notice"}>
            {left < 0 ? words.overdue(ageText(-left)) : words.dueIn(ageText(left))}
          </Badge>
        )}
        <strong>{meeting.name}</strong>
        <Moment at={meeting.due} />
        <span className="muted">{meeting.leads}</span>
        {!held && (
          <Acts
            acts={[
              act(`room.hold.${meeting.meeting}`, words.holdWhich(meeting.name), hold, {
                short: words.hold,
              }),
            ]}
          />
        )}
      </div>
      {held && (
        <p className="muted">
          {held.outcome} · {held.by} · <Moment at={held.at} />
        </p>
      )}
    </li>
  );
}
