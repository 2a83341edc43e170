/** Plans the next operational period. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { fromLocal, inHours } from "../ui/local";
import { andThen } from "../ui/undo";
import { RoomPlanPeriod } from "./documents";
import type { Period } from "./objectives";

/** What operational periods mostly last. */
const HOURS = 12;

interface Props {
  last: Period | null;
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
        fieldOf={{ PERIOD_DATES_UNUSABLE: "end", DATES_UNUSABLE: "end" }}
      >
        <p className="muted">{words.planHow}</p>
        <TextInput
          label={words.begins}
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
