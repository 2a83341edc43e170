/** The last things that happened to the incident. */
import type { RoomTimelineQuery } from "../../api/generated/graphql";
import { Link } from "../../ui/route";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { HUB, RoomTimeline } from "../record/documents";
import { useRoom } from "../room";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { useLine } from "../ui/useLine";
import { usePages } from "../ui/usePages";

const pageOf = (answer: RoomTimelineQuery) => answer.incident?.timeline;

const SHOWN = 8;

export function Lately() {
  const { incident } = useRoom();
  const all = useWords();
  const tell = useLine();
  const { items } = usePages(RoomTimeline, incident.id, pageOf);
  const last = (items ?? []).slice(-SHOWN).reverse();
  return (
    <Panel title={all.room.summary.lately}>
      <ol className={ui.rows}>
        {last.map((item, n) => (
          <li key={(items?.length ?? 0) - n}>
            {tell(item)}{" "}
            <span className="muted">
              {item.principal === HUB ? all.room.timeline.hub : item.principal} ·{" "}
              <Age at={item.at} />
            </span>
          </li>
        ))}
      </ol>
      <Link href={`/incident/${incident.id}/timeline`}>{all.room.tabs.timeline}</Link>
    </Panel>
  );
}
