/** Sets an objective, or says what became of it. */
import { useState } from "react";

import type { ObjectiveOutcome, ObjectivePriority } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { fromLocal, toLocal } from "../../ui/localTime";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen } from "../ui/undo";
import { RoomCloseObjective, RoomSetObjective } from "./documents";
import { priorities, type Objective, type Period } from "./objectives";

interface Props {
  period: Period;
  onClose: () => void;
  done: () => void;
}

interface Draft {
  text: string;
  measure: string;
  priority: ObjectivePriority;
  deadline: string;
}

export function ObjectiveDialog({
  period,
  objective,
  onClose,
  done,
}: Props & { objective: Objective | null }) {
  const words = useWords().room.plan;
  const [draft, setDraft, discard] = useDraft<Draft>(`objective:${objective?.id ?? period.id}`, {
    text: objective?.text ?? "",
    measure: objective?.measure ?? "",
    priority: objective?.priority ?? "LIFE_SAFETY",
    deadline: objective?.deadline ? toLocal(new Date(objective.deadline)) : "",
  });
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  const command = andThen(useCommand(RoomSetObjective), () => {
    announce(words.objectiveSet);
    done();
  });
  const title = objective ? words.change : words.setObjective;
  return (
    <Dialog open title={title} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          period: period.id,
          objective: objective?.id ?? null,
          text: draft.text.trim(),
          measure: draft.measure.trim(),
          priority: draft.priority,
          deadline: fromLocal(draft.deadline),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={title}
      >
        <TextInput
          label={words.objective}
          hint={words.objectiveHint}
          value={draft.text}
          onChange={(text) => {
            put({ text });
          }}
          required
          long
          autoFocus
        />
        <TextInput
          label={words.measure}
          value={draft.measure}
          onChange={(measure) => {
            put({ measure });
          }}
          required
        />
        <Choice
          label={words.priority}
          value={draft.priority}
          onChange={(priority) => {
            put({ priority });
          }}
          options={priorities.map((one) => ({ id: one, label: words.priorities[one] }))}
        />
        <TextInput
          label={words.deadline}
          hint={words.deadlineHint}
          type="datetime-local"
          value={draft.deadline}
          onChange={(deadline) => {
            put({ deadline });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

const outcomes = ["MET", "DROPPED"] as const;

export function CloseObjectiveDialog({
  period,
  objective,
  onClose,
  done,
}: Props & { objective: Objective }) {
  const words = useWords().room.plan;
  const [outcome, setOutcome] = useState<ObjectiveOutcome>("MET");
  const [reason, setReason, discard] = useDraft(`close-objective:${objective.id}`, "");
  const command = andThen(useCommand(RoomCloseObjective), () => {
    announce(words.objectiveClosed);
    done();
  });
  return (
    <Dialog open title={words.closeWhich(objective.text)} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          period: period.id,
          objective: objective.id,
          outcome,
          reason: reason.trim(),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={words.close}
        fieldOf={reasonCodes}
      >
        <Choice
          label={words.outcome}
          value={outcome}
          onChange={setOutcome}
          options={outcomes.map((one) => ({ id: one, label: words.outcomes[one] }))}
        />
        <ReasonField value={reason} onChange={setReason} />
      </CommandForm>
    </Dialog>
  );
}
