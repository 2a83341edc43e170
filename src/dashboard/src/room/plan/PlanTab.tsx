/** What is to be reached in which period, and the plan that says how. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useAnswer } from "../../api/useAnswer";
import { useCommand } from "../../api/useCommand";
import { Badge, type Tone } from "../../ui/Badge";
import { TroubleText } from "../../ui/CommandForm";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { Moment } from "../ui/zone";
import { RoomPeriods, RoomStartPeriod } from "./documents";
import { Meetings } from "./Meetings";
import { Objectives } from "./Objectives";
import type { Period } from "./objectives";
import { PeriodDetails } from "./PeriodDetails";
import { PlanPeriodDialog } from "./PlanPeriodDialog";
import styles from "./Plan.module.css";
import { Revisions } from "./Revisions";

const tones: Record<NonNullable<Period["periodState"]>, Tone> = {
  CURRENT: "ok",
  DRAFT: "notice",
  OVER: "plain",
  CALLED_OFF: "plain",
};

export default function PlanTab() {
  const room = useRoom();
  const words = useWords().room.plan;
  const { data, problem, again } = useAnswer(RoomPeriods, { id: room.incident.id });
  const [chosen, choose] = useState<string | null>(null);
  const [planning, setPlanning] = useState(false);
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const periods = data.incident?.periods.nodes ?? [];
  const period =
    periods.find(({ id }) => id === chosen) ??
    periods.find(({ periodState }) => periodState === "CURRENT") ??
    periods.at(-1);
  const done = () => {
    again();
    room.again();
  };
  const acts = [
    act(
      "room.plan-period",
      words.planNext,
      () => {
        setPlanning(true);
      },
      { keys: "O" },
    ),
  ];
  return (
    <>
      <Panel title={words.periods} aside={<Acts acts={acts} />}>
        {periods.length === 0 && <Empty title={words.noPeriod} />}
        <div className={styles.periods} role="group" aria-label={words.periods}>
          {periods.map((one) => (
            <button
              key={one.id}
              type="button"
              className={styles.period}
              aria-pressed={one === period}
              onClick={() => {
                choose(one.id);
              }}
            >
              <span>
                <strong>{words.period(one.number)}</strong>{" "}
                {one.periodState && (
                  <Badge tone={tones[one.periodState]}>{words.states[one.periodState]}</Badge>
                )}
              </span>
              <span className="muted">
                <Moment at={one.start} /> – <Moment at={one.end} />
              </span>
            </button>
          ))}
        </div>
        {period?.periodState === "DRAFT" && <StartNow period={period} done={done} />}
      </Panel>
      {period && (
        <div className={ui.columns} key={period.id}>
          <Objectives period={period} done={done} />
          <Revisions period={period} done={done} />
          <Meetings period={period} done={done} />
          <PeriodDetails period={period} />
        </div>
      )}
      {planning && (
        <PlanPeriodDialog
          last={periods.at(-1) ?? null}
          done={done}
          onClose={() => {
            setPlanning(false);
          }}
        />
      )}
    </>
  );
}

function StartNow({ period, done }: { period: Period; done: () => void }) {
  const words = useWords().room.plan;
  const command = andThen(useCommand(RoomStartPeriod), () => {
    announce(words.started(period.number));
    done();
  });
  const start = act("room.start-period", words.start(period.number), () => {
    void command.give({ period: period.id });
  });
  return (
    <>
      <TroubleText trouble={command.trouble} />
      <Acts acts={[start]} />
    </>
  );
}
