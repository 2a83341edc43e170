/** Plans the next operational period, and moves the bounds of one. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { fromLocal, inHours, toLocal } from "../../ui/localTime";
import { andThen, takeBack } from "../ui/undo";
import { RoomPlanPeriod } from "./documents";
import type { PeriodLine } from "./objectives";
import { RoomAdjustPeriod } from "./orders";

/** What operational periods mostly last. */
const HOURS = 12;

/** Codes of refusals that are about the dates of a period. */
const datesOf = {
  PERIOD_LENGTH: "end",
  PERIOD_END_PAST: "end",
  PERIOD_TOO_FAR: "start",
  PERIOD_OVERLAPPING: "start",
  PERIOD_NOT_CONTIGUOUS: "start",
  PERIOD_HAS_STARTED: "start",
};

interface Props {
  last: PeriodLine | null;
  done: () => void;
  onClose: () => void;
}

export function PlanPeriodDialog({ last, done, onClose }: Props) {
  const { incident } = useRoom();
  const words = useWords().room.plan;
  const from = last?.end ? new Date(last.end) : new Date();
  const [draft, setDraft, discard] = useDraft(`period:${incident.id}:${last?.number ?? 0}`, {
    start: "",
    end: inHours(HOURS, from),
  });
  const command = andThen(useCommand(RoomPlanPeriod), () => {
    announce(words.periodPlanned);
    done();
  });
  return (
    <Dialog open title={words.planNext} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          start: fromLocal(draft.start),
          end: fromLocal(draft.end) ?? "",
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.planNext}
        fieldOf={datesOf}
      >
        <p className="muted">{words.planHow}</p>
        <TextInput
          label={words.begins}
          name="start"
          hint={words.beginsHint}
          type="datetime-local"
          value={draft.start}
          onChange={(start) => {
            setDraft({ ...draft, start });
          }}
        />
        <TextInput
          label={words.ends}
          name="end"
          type="datetime-local"
          value={draft.end}
          onChange={(end) => {
            setDraft({ ...draft, end });
          }}
          required
        />
      </CommandForm>
    </Dialog>
  );
}

/** Moves the end of a period; and its start, where nothing comes before it. */
export function AdjustPeriodDialog({
  period,
  done,
  onClose,
}: {
  period: PeriodLine;
  done: () => void;
  onClose: () => void;
}) {
  const words = useWords().room.plan;
  const { start, end } = period;
  const former = { start: shown(start), end: shown(end) };
  const [draft, setDraft, discard] = useDraft(`adjust:${period.id}`, former);
  const first = period.number === 1 && period.periodState === "DRAFT";
  // What was not moved is not sent: the field knows no seconds.
  const moved = (which: "start" | "end") =>
    draft[which] === former[which] ? null : fromLocal(draft[which]);
  const command = andThen(useCommand(RoomAdjustPeriod), () => {
    announce(words.adjusted(period.number), {
      undo: () => {
        const back = { period: period.id, start: first ? start : null, end };
        void takeBack(RoomAdjustPeriod, back, words.adjusted(period.number)).then(done);
      },
    });
    done();
  });
  return (
    <Dialog open title={words.adjust} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ period: period.id, start: moved("start"), end: moved("end") })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.adjust}
        fieldOf={datesOf}
      >
        <p className="muted">{words.adjustHow}</p>
        {first && (
          <TextInput
            label={words.beginsAt}
            name="start"
            type="datetime-local"
            value={draft.start}
            onChange={(value) => {
              setDraft({ ...draft, start: value });
            }}
            required
          />
        )}
        <TextInput
          label={words.ends}
          name="end"
          type="datetime-local"
          value={draft.end}
          onChange={(value) => {
            setDraft({ ...draft, end: value });
          }}
          required
        />
      </CommandForm>
    </Dialog>
  );
}

const shown = (at: string | null): string => (at === null ? "" : toLocal(new Date(at)));
