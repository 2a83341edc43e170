/** On-call schedules: who is on call now and next, and where that comes from. */
import { useState } from "react";

import type { SchedulesOfQuery } from "../../api/generated/graphql";
import { useMay } from "../../api/session";
import { useAnswer } from "../../api/useAnswer";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { useNow } from "../../ui/now";
import { When } from "../../ui/Time";
import { useWords } from "../../words";
import styles from "../Messages.module.css";
import { SchedulesOf } from "./documents";
import { ImportDialog } from "./ImportDialog";
import { MakeScheduleDialog } from "./MakeScheduleDialog";

type Schedule = SchedulesOfQuery["schedules"]["nodes"][number];

const HOUR_MS = 3_600_000;
const DAYS = 7;
const SHIFTS_MAX = 12;

export function Schedules() {
  const words = useWords().messages;
  const o = words.onCallPage;
  const may = useMay("write");
  const now = useNow(HOUR_MS);
  const { data, problem, again } = useAnswer(SchedulesOf, {
    from: new Date(now).toISOString(),
    to: new Date(now + DAYS * 24 * HOUR_MS).toISOString(),
  });
  const [making, make] = useState(false);
  const [importing, importInto] = useState<Schedule | null>(null);
  if (!data) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const schedules = data.schedules.nodes;
  return (
    <section className={styles.lists} aria-label={words.schedules}>
      <div className={styles.top}>
        <h1>{words.schedules}</h1>
        {may && (
          <Button
            onPress={() => {
              make(true);
            }}
          >
            {o.make}
          </Button>
        )}
      </div>
      {schedules.length === 0 && <Empty title={o.none} />}
      {schedules.map((schedule) => (
        <OneSchedule
          key={schedule.id}
          schedule={schedule}
          onImport={
            may
              ? () => {
                  importInto(schedule);
                }
              : null
          }
        />
      ))}
      {making && (
        <MakeScheduleDialog
          onClose={() => {
            make(false);
          }}
          onDone={() => {
            make(false);
            again();
          }}
        />
      )}
      {importing && (
        <ImportDialog
          schedule={importing}
          onClose={() => {
            importInto(null);
          }}
          again={again}
        />
      )}
    </section>
  );
}

function OneSchedule({
  schedule,
  onImport,
}: {
  schedule: Schedule;
  onImport: (() => void) | null;
}) {
  const words = useWords().messages;
  const o = words.onCallPage;
  const { onCall, shifts, timeZone: zone } = schedule;
  return (
    <div className={styles.panel}>
      <header>
        <h2>
          {schedule.name} <span className="muted">{zone}</span>
        </h2>
        <div className={styles.row}>
          <a href={`/schedules/${schedule.id}.ics`} title={o.followWhy} download>
            {o.follow}
          </a>
          {onImport && <Button onPress={onImport}>{o.import}</Button>}
        </div>
      </header>
      <div className={styles.body}>
        <h3>{o.now}</h3>
        {onCall.length === 0 && <Badge tone="alarm">{o.nobody}</Badge>}
        <ul className={styles.answers}>
          {onCall.map((duty, n) => (
            <li key={n}>
              <strong>{duty.person?.name ?? words.preview.hidden}</strong> {o.until}{" "}
              <When at={duty.until} zone={zone} />{" "}
              <span className="muted">
                {duty.rotation} · {words.onCallWhy[duty.why]}
              </span>
            </li>
          ))}
        </ul>
        <h3>{o.next}</h3>
        <ul className={styles.answers}>
          {shifts.slice(0, SHIFTS_MAX).map((duty, n) => (
            <li key={n}>
              <When at={duty.from} zone={zone} /> {duty.person?.name ?? words.preview.hidden}{" "}
              <span className="muted">{duty.rotation}</span>
            </li>
          ))}
        </ul>
        {schedule.calendars.length > 0 && (
          <>
            <h3>{o.calendars}</h3>
            <ul className={styles.answers}>
              {schedule.calendars.map(({ name, importedAt, shifts: count }) => (
                <li key={name}>
                  {name} · {o.shifts(count)} · <When at={importedAt} zone={zone} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
