/** The last accountability report: who has answered, and who is missing. */
import { useState } from "react";

import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { TroubleText, useObstacleWords } from "../../ui/CommandForm";
import { Age } from "../../ui/Time";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import { Panel } from "../ui/Panel";
import { Moment } from "../ui/zone";
import styles from "./Board.module.css";
import { RoomReportPar } from "./documents";
import { countOf } from "./par";
import { useBoard, type Par } from "./useBoard";

export function ParPanel() {
  const { pars } = useBoard();
  const words = useWords().room.resources;
  const called = useCalled();
  const par = pars.at(-1);
  if (!par) return null;
  const answered = par.lines.filter(({ present }) => present !== null).length;
  return (
    <Panel
      title={
        <>
          {words.par(par.of ? called(par.of.name) : null)}{" "}
          {par.complete ? (
            <Badge tone="ok">{words.parComplete}</Badge>
          ) : (
            <Badge tone="alarm">{words.parAnswered(answered, par.lines.length)}</Badge>
          )}
        </>
      }
      aside={
        <span className="muted">
          {par.calledBy} · <Moment at={par.calledAt} /> · <Age at={par.calledAt} />
        </span>
      }
    >
      <ul className={styles.par}>
        {par.lines.map((line) => (
          <ParLine key={line.resource.id} par={par.id} line={line} />
        ))}
      </ul>
    </Panel>
  );
}

function ParLine({ par, line }: { par: string; line: Par["lines"][number] }) {
  const { incident } = useRoom();
  const { again } = useBoard();
  const { app, room } = useWords();
  const words = room.resources;
  const command = useCommand(RoomReportPar);
  const offline = useObstacleWords(command.obstacle);
  const [present, setPresent] = useState(`${line.present ?? line.expected}`);
  // An empty field is no report that nobody is there.
  const counted = countOf(present);
  const [correcting, setCorrecting] = useState(false);
  const give = (count: number) => {
    void command
      .give({ incident: incident.id, par, resource: line.resource.id, present: count })
      .then((payload) => {
        if (!payload) return;
        setCorrecting(false);
        again();
      });
  };
  return (
    <li>
      <strong>{line.resource.name}</strong>
      {line.present === null ? (
        <Badge tone="warning">{words.noAnswerYet(line.expected)}</Badge>
      ) : (
        <Badge tone={line.missing ? "alarm" : "ok"}>
          {words.presentOf(line.present, line.expected)}
        </Badge>
      )}
      {line.present === null || correcting ? (
        <>
          <Button
            pending={command.pending}
            obstacle={offline}
            aria-label={words.allThereWhich(line.resource.name)}
            onPress={() => {
              give(line.expected);
            }}
          >
            {words.allThere}
          </Button>
          <label>
            <span className="unseen">{words.presentWhich(line.resource.name)}</span>
            <input
              className={styles.present}
              type="number"
              min="0"
              value={present}
              onChange={(event) => {
                setPresent(event.target.value);
              }}
            />
          </label>
          <Button
            obstacle={offline ?? (counted === null ? app.fault.whole : null)}
            aria-label={words.reportWhich(line.resource.name)}
            onPress={() => {
              if (counted !== null) give(counted);
            }}
          >
            {words.report}
          </Button>
        </>
      ) : (
        <Button
          look="quiet"
          aria-label={words.recountWhich(line.resource.name)}
          onPress={() => {
            setCorrecting(true);
          }}
        >
          {words.recount}
        </Button>
      )}
      <TroubleText trouble={command.trouble} />
    </li>
  );
}
