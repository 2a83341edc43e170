/** What had been written down and had happened by a moment, the newest first. */
import { Loading, NoAnswer } from "../../ui/Empty";
import { useWords } from "../../words";
import { RoomJournal, RoomTimeline } from "../record/documents";
import { journalOf, NoteLine } from "../record/JournalTab";
import { TimelineLines, timelineOf } from "../record/TimelineTab";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { usePages } from "../ui/usePages";

interface Props {
  id: string;
  /** In milliseconds. */
  until: number;
}

export function PastRecord(props: Props) {
  return (
    <>
      <PastJournal {...props} />
      <PastTimeline {...props} />
    </>
  );
}

function PastJournal({ id, until }: Props) {
  const words = useWords().room.journal;
  const { items, problem, again } = usePages(RoomJournal, id, journalOf);
  if (items === null) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const notes = items.filter(({ writtenAt }) => isBy(writtenAt, until));
  const corrected = new Map(notes.map((note) => [note.corrects?.id ?? "", note]));
  return (
    <Panel title={words.title(notes.length)}>
      {notes.length === 0 && <p className="muted">{words.empty}</p>}
      <ol className={ui.rows}>
        {[...notes].reverse().map((note) => (
          <NoteLine
            key={note.id}
            note={note}
            correctedBy={corrected.get(note.id) ?? null}
            correct={null}
          />
        ))}
      </ol>
    </Panel>
  );
}

function PastTimeline({ id, until }: Props) {
  const words = useWords().room.timeline;
  const { items, problem, again } = usePages(RoomTimeline, id, timelineOf);
  if (items === null) return problem ? <NoAnswer problem={problem} again={again} /> : <Loading />;
  const lines = items.filter(({ at }) => isBy(at, until)).reverse();
  return (
    <Panel title={words.title(lines.length, lines.length)}>
      <TimelineLines lines={lines} />
    </Panel>
  );
}

/** What has no time that one may see is not known to have been then. */
const isBy = (at: string | null, until: number) => at !== null && Date.parse(at) <= until;
