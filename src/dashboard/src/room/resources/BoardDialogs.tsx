/** The dialog that is open on the status board. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonDialog } from "../ui/ReasonDialog";
import { andThen } from "../ui/undo";
import { AssignResourceDialog, CallParDialog, CommitDialog } from "./AssignDialogs";
import type { Card } from "./board";
import { RoomCancelCommitment } from "./documents";
import { CheckInDialog, ReleaseDialog, ResourceStatusDialog } from "./CardDialogs";
import { DemobilizeDialog } from "./DemobilizeDialog";
import { useBoard } from "./useBoard";

export function BoardDialogs() {
  const { dialog } = useBoard();
  switch (dialog?.what) {
    case "assign":
      return <AssignResourceDialog cards={dialog.cards} />;
    case "checkIn":
      return <CheckInDialog card={dialog.card} />;
    case "status":
      return <ResourceStatusDialog card={dialog.card} />;
    case "demobilize":
      return <DemobilizeDialog card={dialog.card} />;
    case "cancel":
      return <CancelDialog card={dialog.card} />;
    case "release":
      return <ReleaseDialog card={dialog.card} />;
    case "par":
      return <CallParDialog />;
    case "commit":
      return <CommitDialog />;
    case undefined:
      return null;
  }
}

function CancelDialog({ card: { resource, commitment } }: { card: Card }) {
  const { incident } = useRoom();
  const { show, again } = useBoard();
  const words = useWords().room.resources;
  const command = andThen(useCommand(RoomCancelCommitment), () => {
    announce(words.cancelled(resource.name));
    again();
  });
  return (
    <ReasonDialog
      title={words.cancelWhich(resource.name)}
      submit={words.cancel}
      command={command}
      input={(reason) => ({
        incident: incident.id,
        resource: resource.id,
        commitment: commitment.number,
        reason,
      })}
      onClose={() => {
        show(null);
      }}
      draft={`cancel:${resource.id}`}
      danger
    />
  );
}
