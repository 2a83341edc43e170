/** The dialogs that can be opened on every tab. */
import { announce } from "../api/toasts";
import { useStore } from "../api/store";
import { useCommand } from "../api/useCommand";
import { useWords } from "../words";
import { TransferDialog } from "./command/TransferDialog";
import { RequestDialog } from "./requests/RequestDialog";
import { roomDialogStore, useRoom } from "./room";
import { AssessDialog } from "./summary/AssessDialog";
import { RoomReopen } from "./summary/documents";
import { LeadDialog } from "./summary/LeadDialog";
import { NoteDialog } from "./summary/NoteForm";
import { StatusDialog } from "./summary/StatusDialog";
import { ReasonDialog } from "./ui/ReasonDialog";
import { andThen } from "./ui/undo";

const close = () => {
  roomDialogStore.set(null);
};

export function RoomDialogs() {
  switch (useStore(roomDialogStore)) {
    case "note":
      return <NoteDialog onClose={close} />;
    case "status":
      return <StatusDialog onClose={close} />;
    case "complexity":
      return <AssessDialog onClose={close} />;
    case "lead":
      return <LeadDialog onClose={close} />;
    case "reopen":
      return <ReopenDialog />;
    case "transfer":
      return <TransferDialog onClose={close} />;
    case "request":
      return <RequestDialog onClose={close} />;
    case null:
      return null;
  }
}

function ReopenDialog() {
  const { incident, again } = useRoom();
  const words = useWords().room.summary;
  const command = andThen(useCommand(RoomReopen), () => {
    announce(words.reopened);
    again();
  });
  return (
    <ReasonDialog
      title={words.reopen}
      submit={words.reopen}
      command={command}
      input={(reason) => ({ incident: incident.id, reason })}
      onClose={close}
      draft={`reopen:${incident.id}`}
    />
  );
}
