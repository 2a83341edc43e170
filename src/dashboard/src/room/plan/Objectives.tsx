/** What is to be reached, the most urgent first. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TroubleText } from "../../ui/CommandForm";
import { useWords } from "../../words";
import { act, Acts } from "../ui/Acts";
import { Overdue } from "../ui/Overdue";
import { Panel } from "../ui/Panel";
import { andThen, takeBack } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomRankObjectives } from "./documents";
import { CloseObjectiveDialog, ObjectiveDialog } from "./ObjectiveDialogs";
import { isOpen, moved, type Objective, type Period } from "./objectives";
import styles from "./Plan.module.css";

type Shown = { what: "set"; objective: Objective | null } | { what: "close"; objective: Objective };

export function Objectives({ period, done }: { period: Period; done: () => void }) {
  const words = useWords().room.plan;
  const [dialog, setDialog] = useState<Shown | null>(null);
  const before = period.objectives.filter(({ closed }) => closed === null).map(({ id }) => id);
  const rank = andThen(useCommand(RoomRankObjectives), () => {
    announce(words.ranked, {
      undo: () => {
        const back = { period: period.id, order: before };
        void takeBack(RoomRankObjectives, back, words.ranked).then(done);
      },
    });
    done();
  });
  const editable = isOpen(period);
  const acts = editable
    ? [
        act(
          "room.objective",
          words.setObjective,
          () => {
            setDialog({ what: "set", objective: null });
          },
          { keys: "A" },
        ),
      ]
    : [];
  const close = () => {
    setDialog(null);
  };
  return (
    <Panel title={words.objectives} aside={<Acts acts={acts} />}>
      <TroubleText trouble={rank.trouble} />
      {period.objectives.length === 0 && <p className="muted">{words.noObjectives}</p>}
      <ol className={styles.objectives}>
        {period.objectives.map((objective) => (
          <ObjectiveLine
            key={objective.id}
            objective={objective}
            objectives={period.objectives}
            editable={editable}
            show={setDialog}
            rank={(order) => {
              void rank.give({ period: period.id, order: order.map(({ id }) => id) });
            }}
          />
        ))}
      </ol>
      {dialog?.what === "set" && (
        <ObjectiveDialog period={period} objective={dialog.objective} onClose={close} done={done} />
      )}
      {dialog?.what === "close" && (
        <CloseObjectiveDialog
          period={period}
          objective={dialog.objective}
          onClose={close}
          done={done}
        />
      )}
    </Panel>
  );
}

interface LineProps {
  objective: Objective;
  objectives: readonly Objective[];
  editable: boolean;
  show: (dialog: Shown) => void;
  rank: (order: Objective[]) => void;
}

function ObjectiveLine({ objective, objectives, editable, show, rank }: LineProps) {
  const words = useWords().room.plan;
  const { closed } = objective;
  const [up, down] = [moved(objectives, objective.id, -1), moved(objectives, objective.id, 1)];
  const acts = [
    act(
      `room.objective.close.${objective.id}`,
      words.closeWhich(objective.text),
      () => {
        show({ what: "close", objective });
      },
      { short: words.close },
    ),
    act(
      `room.objective.change.${objective.id}`,
      words.changeWhich(objective.text),
      () => {
        show({ what: "set", objective });
      },
      { short: words.change, look: "quiet" },
    ),
  ];
  return (
    <li className={`${styles.objective} ${closed ? styles.closed : ""}`}>
      <div>
        <p>
          <strong>{objective.text}</strong>{" "}
          <Badge tone={objective.priority === "LIFE_SAFETY" ? "alarm" : "notice"}>
            {words.priorities[objective.priority]}
          </Badge>{" "}
          {closed && (
            <Badge tone={closed.outcome === "MET" ? "ok" : "plain"}>
              {words.outcomes[closed.outcome]}
            </Badge>
          )}
        </p>
        <p className="muted">
          {words.measuredBy(objective.measure)}
          {objective.deadline && (
            <>
              {" · "}
              {words.until} <Moment at={objective.deadline} />{" "}
              {editable && !closed && <Overdue at={objective.deadline} />}
            </>
          )}
        </p>
        {closed && (
          <p>
            {closed.reason} · {closed.by} · <Moment at={closed.at} />
          </p>
        )}
      </div>
      {editable && !closed && (
        <div className={styles.moves}>
          {(["up", "down"] as const).map((way) => {
            const order = way === "up" ? up : down;
            return (
              <Button
                key={way}
                look="quiet"
                aria-label={words.rankWhich[way](objective.text)}
                isDisabled={order === null}
                onPress={() => {
                  if (order) rank(order);
                }}
              >
                {way === "up" ? "↑" : "↓"}
              </Button>
            );
          })}
          <Acts acts={acts} />
        </div>
      )}
    </li>
  );
}
