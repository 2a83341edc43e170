/** Says that the incident is a part of a complex, or a duplicate of another. */
import { useMemo } from "react";

import { useItems } from "../../api/picture/shown";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice } from "../../ui/Fields";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import { RoomMerge, RoomSetParent, RoomUnmerge } from "./documents";

function useOthers() {
  const { incident } = useRoom();
  const { items, version } = useItems(1_000);
  return useMemo(() => {
    const others = [];
    for (const item of items.values()) {
      if (item.__typename !== "Incident" || item.id === incident.id) continue;
      others.push({ id: item.id, label: `${item.number} ${item.name}` });
    }
    return { others, version };
  }, [items, version, incident.id]).others;
}

export function PartDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { incident } = useRoom();
  const room = useWords().room;
  const others = useOthers();
  const [parent, setParent, discard] = useDraft<string | null>(`parent:${incident.id}`, null);
  const command = andThen(useCommand(RoomSetParent), () => {
    done();
    announce(room.summary.isPart, {
      undo: () => {
        const back = { incident: incident.id, parent: null };
        void takeBack(RoomSetParent, back, room.summary.isNoPart).then(done);
      },
    });
  });
  return (
    <Dialog open title={room.summary.makePart} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({ incident: incident.id, parent })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={room.summary.makePart}
        fieldOf={{ COMPLEX_IMPOSSIBLE: "parent", INCIDENT_UNKNOWN: "parent" }}
      >
        <Choice
          label={room.summary.complex}
          name="parent"
          value={parent}
          onChange={setParent}
          options={others}
          required
        />
      </CommandForm>
    </Dialog>
  );
}

export function DuplicateDialog({ onClose, done }: { onClose: () => void; done: () => void }) {
  const { incident } = useRoom();
  const room = useWords().room;
  const others = useOthers();
  const [draft, setDraft, discard] = useDraft<{ into: string | null; reason: string }>(
    `merge:${incident.id}`,
    { into: null, reason: "" },
  );
  const command = andThen(useCommand(RoomMerge), () => {
    done();
    announce(room.summary.merged, {
      undo: () => {
        const back = { incident: incident.id, reason: room.takenBack };
        void takeBack(RoomUnmerge, back, room.summary.unmerged).then(done);
      },
    });
  });
  return (
    <Dialog open title={room.summary.merge} onClose={onClose}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          into: draft.into ?? "",
          reason: draft.reason.trim(),
        })}
        onDone={() => {
          discard();
          onClose();
        }}
        onCancel={onClose}
        submit={room.summary.merge}
        danger
        fieldOf={{ ...reasonCodes, INCIDENT_UNKNOWN: "into" }}
      >
        <Choice
          label={room.summary.original}
          name="into"
          value={draft.into}
          onChange={(into) => {
            setDraft({ ...draft, into });
          }}
          options={others}
          required
        />
        <ReasonField
          value={draft.reason}
          onChange={(reason) => {
            setDraft({ ...draft, reason });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}
