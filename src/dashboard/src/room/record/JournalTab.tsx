/** What people wrote down about the incident, the newest first. */
import { useState } from "react";

import type { RoomJournalQuery } from "../../api/generated/graphql";
import { Badge, Tag } from "../../ui/Badge";
import { TextInput } from "../../ui/Fields";
import { Empty, Loading, NoAnswer } from "../../ui/Empty";
import { Age } from "../../ui/Time";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { NoteDialog, NoteForm } from "../summary/NoteForm";
import { act, Acts } from "../ui/Acts";
import { Panel } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { usePages } from "../ui/usePages";
import { Moment } from "../ui/zone";
import { RoomJournal } from "./documents";
import styles from "./Record.module.css";

export type Note = NonNullable<RoomJournalQuery["journal"]>["nodes"][number];

export const journalOf = (answer: RoomJournalQuery) => answer.journal;

export default function JournalTab() {
  const { incident, own } = useRoom();
  const words = useWords().room.journal;
  const { items, problem, again } = usePages(RoomJournal, incident.id, journalOf);
  const [typed, setTyped] = useState("");
  const [correcting, setCorrecting] = useState<Note | null>(null);
  const corrected = new Map((items ?? []).map((note) => [note.corrects?.id ?? "", note]));
  const shown = (items ?? [])
    .filter(({ text, author }) => `${text ?? ""} ${author ?? ""}`.toLowerCase().includes(typed))
    .reverse();
  return (
    <div className={styles.columns}>
      <Panel title={words.write} print={false}>
        <NoteForm onDone={again} />
      </Panel>
      <Panel title={words.title(items?.length ?? 0)}>
        <TextInput
          label={words.find}
          type="search"
          value={typed}
          onChange={(text) => {
            setTyped(text.toLowerCase());
          }}
        />
        {items === null && (problem ? <NoAnswer problem={problem} again={again} /> : <Loading />)}
        {items?.length === 0 && <Empty title={words.empty} />}
        <ol className={ui.rows}>
          {shown.map((note) => (
            <NoteLine
              key={note.id}
              note={note}
              correctedBy={corrected.get(note.id) ?? null}
              correct={
                note.organization?.code === own?.code
                  ? () => {
                      setCorrecting(note);
                    }
                  : null
              }
            />
          ))}
        </ol>
      </Panel>
      {correcting && (
        <NoteDialog
          corrects={correcting}
          onClose={() => {
            setCorrecting(null);
            again();
          }}
        />
      )}
    </div>
  );
}

interface LineProps {
  note: Note;
  correctedBy: Note | null;
  /** Null where it cannot be: of others' notes, and in the past. */
  correct: (() => void) | null;
}

export function NoteLine({ note, correctedBy, correct }: LineProps) {
  const all = useWords();
  const words = all.room.journal;
  const excerpt = (note.text ?? "").slice(0, 40);
  return (
    <li>
      <div className={ui.line}>
        <strong>{note.author ?? all.app.withheld}</strong>
        {note.organization && <Tag>{note.organization.code}</Tag>}
        {note.marking && <Tag>{all.names.marking[note.marking]}</Tag>}
        {note.corrects && <Badge tone="notice">{words.correction}</Badge>}
        {correctedBy && <Badge tone="warning">{words.corrected}</Badge>}
        <span className={`muted ${ui.grow}`}>
          <Moment at={note.writtenAt} /> · <Age at={note.writtenAt} />
        </span>
        {note.text !== null && !correctedBy && correct && (
          <Acts
            acts={[
              act(`room.correct.${note.id}`, words.correctWhich(excerpt), correct, {
                short: words.correct,
                look: "quiet",
              }),
            ]}
          />
        )}
      </div>
      <p className={`${styles.text} ${correctedBy ? styles.corrected : ""}`}>
        {note.text ?? all.app.withheld}
      </p>
    </li>
  );
}
