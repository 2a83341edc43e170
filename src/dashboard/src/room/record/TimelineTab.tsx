/** What happened to the incident, the newest first. */
import { useState } from "react";

import type { RoomTimelineQuery } from "../../api/generated/graphql";
import { Loading, NoAnswer } from "../../ui/Empty";
import { Check, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { lineText } from "../../words/hub";
import { useRoom } from "../room";
import { Panel } from "../ui/Panel";
import { useLine } from "../ui/useLine";
import { usePages } from "../ui/usePages";
import { Moment } from "../ui/zone";
import { HUB, RoomTimeline } from "./documents";
import styles from "./Record.module.css";

export const timelineOf = (answer: RoomTimelineQuery) => answer.incident?.timeline;

type Line = NonNullable<RoomTimelineQuery["incident"]>["timeline"]["nodes"][number];

export default function TimelineTab() {
  const { incident } = useRoom();
  const { hub, room } = useWords();
  const words = room.timeline;
  const { items, problem, again } = usePages(RoomTimeline, incident.id, timelineOf);
  const [typed, setTyped] = useState("");
  const [people, setPeople] = useState(false);
  if (items === null) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const shown = items
    .filter(({ principal }) => !people || principal !== HUB)
    .filter((line) =>
      `${lineText(line, hub) ?? ""} ${line.principal ?? ""}`
        .toLowerCase()
        .includes(typed.toLowerCase()),
    )
    .reverse();
  return (
    <Panel title={words.title(shown.length, items.length)}>
      <div className={styles.filter} data-no-print>
        <TextInput label={words.find} type="search" value={typed} onChange={setTyped} />
        <Check value={people} onChange={setPeople}>
          {words.onlyPeople}
        </Check>
      </div>
      <TimelineLines lines={shown} />
    </Panel>
  );
}

export function TimelineLines({ lines }: { lines: readonly Line[] }) {
  const words = useWords().room.timeline;
  const tell = useLine();
  return (
    <ol>
      {lines.map((item, n) => (
        <li key={lines.length - n} className={styles.line}>
          <Moment at={item.at} />
          <span>{tell(item)}</span>
          <span className="muted">{item.principal === HUB ? words.hub : item.principal}</span>
        </li>
      ))}
    </ol>
  );
}
