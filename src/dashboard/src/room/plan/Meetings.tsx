/** The meetings of the planning of a period, and what came of them. */
import { useState } from "react";

import type { HoldMeetingInput, MeetingKind } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand, type Command } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { useNow } from "../../ui/now";
import { useCalled, useWords } from "../../words";
import { ageText } from "../../words/format";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import { ReasonDialog } from "../ui/ReasonDialog";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomHoldMeeting } from "./documents";
import { isOpen, type Period } from "./objectives";

type Meeting = Period["meetings"][number];

/** In the order of the Planning P. */
const kinds: readonly MeetingKind[] = [
  "INCIDENT_BRIEFING",
  "ADMINISTRATOR_BRIEFING",
  "INITIAL_UNIFIED_COMMAND",
  "OBJECTIVES",
  "COMMAND_AND_GENERAL_STAFF",
  "PREPARING_TACTICS",
  "TACTICS",
  "PREPARING_PLANNING",
  "PLANNING",
  "PLAN_APPROVAL",
  "OPERATIONS_BRIEFING",
];

export function Meetings({ period, done }: { period: Period; done: () => void }) {
  const words = useWords().room.plan;
  const [holding, setHolding] = useState<Meeting | null>(null);
  const [askingOther, setOther] = useState(false);
  const command = andThen(useCommand(RoomHoldMeeting), () => {
    announce(words.meetingHeld);
    done();
  });
  const others = kinds.filter((kind) => !period.meetings.some(({ meeting }) => meeting === kind));
  const other = act("room.plan.other-meeting", words.otherMeeting, () => {
    setOther(true);
  });
  return (
    <Panel
      title={words.meetings}
      aside={isOpen(period) && others.length > 0 && <Acts acts={[other]} />}
    >
      {period.meetings.length === 0 && <p className="muted">{words.noMeetings}</p>}
      <ul className={ui.rows}>
        {period.meetings.map((meeting) => (
          <MeetingLine
            key={meeting.meeting}
            meeting={meeting}
            period={period}
            hold={() => {
              setHolding(meeting);
            }}
          />
        ))}
      </ul>
      {holding && (
        <ReasonDialog
          title={words.holdWhich(words.meetingKinds[holding.meeting])}
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
      {askingOther && (
        <OtherMeeting
          period={period}
          kinds={others}
          command={command}
          onClose={() => {
            setOther(false);
          }}
        />
      )}
    </Panel>
  );
}

interface OtherProps<R> {
  period: Period;
  kinds: readonly MeetingKind[];
  command: Command<R, Omit<HoldMeetingInput, "idempotencyKey">>;
  onClose: () => void;
}

/** A meeting that was held though it was not scheduled. */
function OtherMeeting<R>({ period, kinds, command, onClose }: OtherProps<R>) {
  const all = useWords().room;
  const words = all.plan;
  const [draft, setDraft, discard] = useDraft<{ meeting: MeetingKind | null; outcome: string }>(
    `meeting:${period.id}:other`,
    { meeting: null, outcome: "" },
  );
  return (
    <Dialog open title={words.otherMeeting} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          period: period.id,
          meeting: draft.meeting ?? "TACTICS",
          outcome: draft.outcome.trim(),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.hold}
      >
        <Choice
          label={words.whichMeeting}
          value={draft.meeting}
          onChange={(meeting) => {
            setDraft({ ...draft, meeting });
          }}
          options={kinds.map((id) => ({ id, label: words.meetingKinds[id] }))}
          required
        />
        <TextInput
          label={words.meetingOutcome}
          value={draft.outcome}
          onChange={(outcome) => {
            setDraft({ ...draft, outcome });
          }}
          required
        />
      </CommandForm>
    </Dialog>
  );
}

interface LineProps {
  meeting: Meeting;
  period: Period;
  hold: () => void;
}

function MeetingLine({ meeting, period, hold }: LineProps) {
  const words = useWords().room.plan;
  const called = useCalled();
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
        <strong>{words.meetingKinds[meeting.meeting]}</strong>
        <Moment at={meeting.due} />
        {!held && isOpen(period) && (
          <Acts
            acts={[
              act(
                `room.hold.${meeting.meeting}`,
                words.holdWhich(words.meetingKinds[meeting.meeting]),
                hold,
                {
                  short: words.hold,
                },
              ),
            ]}
          />
        )}
      </div>
      <p className="muted">
        {words.meetingLed(called(meeting.leads))}
        {meeting.attendees.length > 0 && ` · ${meeting.attendees.map(called).join(", ")}`}
      </p>
      {held && (
        <p>
          {held.outcome} · {held.by} · <Moment at={held.at} />
        </p>
      )}
    </li>
  );
}
