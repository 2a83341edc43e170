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
import { Communications } from "./Communications";
import { RoomPeriod, RoomPeriods, RoomStartPeriod } from "./documents";
import { Medical } from "./Medical";
import { Meetings } from "./Meetings";
import { Objectives } from "./Objectives";
import { Needs } from "./Needs";
import { isOpen, type PeriodLine, type Reported } from "./objectives";
import { AdjustPeriodDialog, PlanPeriodDialog } from "./PeriodDialogs";
import styles from "./Plan.module.css";
import { Revisions } from "./Revisions";
import { Safety } from "./Safety";
import { Situation } from "./Situation";
import { StatusSummary } from "./StatusSummary";
import { useKinds } from "./useKinds";
import { Work } from "./Work";

const tones: Record<NonNullable<PeriodLine["periodState"]>, Tone> = {
  CURRENT: "ok",
  DRAFT: "notice",
  OVER: "plain",
  CALLED_OFF: "plain",
};

/** In the hand there is room for one or two periods: the chosen one is among these. */
const bringIntoView = (chosen: HTMLElement | null) => {
  chosen?.scrollIntoView({ inline: "center", block: "nearest" });
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
  // What was reported until then, for whoever reports next.
  const reported = periods
    .filter(({ number }) => period !== undefined && number <= period.number)
    .map(({ statusSummary }) => statusSummary);
  const last = reported.filter((summary) => summary !== null).at(-1) ?? null;
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
              ref={one === period ? bringIntoView : undefined}
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
        {period && isOpen(period) && <PeriodActs period={period} done={done} />}
      </Panel>
      {period && (
        <Planned
          key={period.id}
          id={period.id}
          summary={period.statusSummary}
          last={last}
          read={period.digests?.statusSummary}
          done={done}
        />
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

interface PlannedProps {
  id: string;
  /** What was reported in it, and what was reported last, in it or one before. */
  summary: Reported;
  last: Reported;
  /** The digest of what was reported in it. */
  read: string | undefined;
  done: () => void;
}

/** All that is planned for one period. */
function Planned({ id, summary, last, read, done }: PlannedProps) {
  const all = useWords();
  const kinds = useKinds();
  const { data, problem, again } = useAnswer(RoomPeriod, { id });
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const { period } = data;
  if (!period) return null;
  const part = {
    period,
    done: () => {
      again();
      done();
    },
  };
  const withheld = period.withheld.map((group) => all.names.fieldGroup[group]).join(", ");
  return (
    <>
      {withheld && <p className="muted">{all.app.withheldFields(withheld)}</p>}
      <div className={ui.columns}>
        <div className={ui.stack}>
          <Objectives {...part} />
          <Revisions {...part} />
          <Work {...part} />
        </div>
        <div className={ui.stack}>
          <Situation {...part} />
          <Safety {...part} />
          <Communications {...part} />
          <Medical {...part} />
        </div>
        <div className={ui.stack}>
          <Needs {...part} kinds={kinds} />
          <StatusSummary {...part} {...{ kinds, summary, last, read }} />
          <Meetings {...part} />
        </div>
      </div>
    </>
  );
}

/** What is done about a period as a whole. */
function PeriodActs({ period, done }: { period: PeriodLine; done: () => void }) {
  const words = useWords().room.plan;
  const [adjusting, setAdjusting] = useState(false);
  const command = andThen(useCommand(RoomStartPeriod), () => {
    announce(words.started(period.number));
    done();
  });
  const adjust = act("room.adjust-period", words.adjust, () => {
    setAdjusting(true);
  });
  const start = act("room.start-period", words.start(period.number), () => {
    void command.give({ period: period.id });
  });
  return (
    <>
      <TroubleText trouble={command.trouble} />
      <Acts acts={period.periodState === "DRAFT" ? [start, adjust] : [adjust]} />
      {adjusting && (
        <AdjustPeriodDialog
          period={period}
          done={done}
          onClose={() => {
            setAdjusting(false);
          }}
        />
      )}
    </>
  );
}
