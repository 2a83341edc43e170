/** The dialog that is open on the command tab. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import { ReasonDialog } from "../ui/ReasonDialog";
import { andThen, takeBack } from "../ui/undo";
import { AssignDialog } from "./AssignDialog";
import { JoinDialog } from "./AssumeDialog";
import { RoomAssignPost, RoomDissolvePost, RoomLeaveCommand, RoomRelieve } from "./orders";
import { MoveDialog, OpenDialog } from "./PostDialogs";
import { useCommandTab } from "./useCommandTab";

export function CommandDialogs() {
  const { dialog } = useCommandTab();
  switch (dialog?.what) {
    case "assign":
      return <AssignDialog post={dialog.post} person={dialog.person} />;
    case "relieve":
      return <RelieveDialog post={dialog.post} assignment={dialog.assignment} />;
    case "open":
      return <OpenDialog under={dialog.under} />;
    case "move":
      return <MoveDialog post={dialog.post} to={dialog.to} />;
    case "dissolve":
      return <DissolveDialog post={dialog.post} />;
    case "join":
      return <JoinDialog />;
    case "leave":
      return <LeaveDialog />;
    case undefined:
      return null;
  }
}

function RelieveDialog({ post: id, assignment }: { post: string; assignment: string }) {
  const { posts, show, again } = useCommandTab();
  const words = useWords().room.command;
  const called = useCalled();
  const post = posts.find((one) => one.id === id);
  const where = called(post?.name ?? "");
  const holder = post?.assignments.find((one) => one.id === assignment);
  const name = holder?.name ?? words.somebody;
  const command = andThen(useCommand(RoomRelieve), () => {
    again();
    const person = holder?.person?.id;
    if (!person) {
      announce(words.relieved(name));
      return;
    }
    announce(words.relieved(name), {
      undo: () => {
        const back = {
          post: id,
          person,
          capacity: holder.capacity,
          organization: holder.organization?.id ?? null,
          waiver: holder.waiver?.reason ?? null,
        };
        void takeBack(RoomAssignPost, back, words.assigned(name, where)).then(again);
      },
    });
  });
  return (
    <ReasonDialog
      title={words.relieveWho(name, where)}
      submit={words.relieve(name)}
      command={command}
      input={(reason) => ({ post: id, assignment, reason: reason || null })}
      onClose={() => {
        show(null);
      }}
      draft={`relieve:${assignment}`}
      label={useWords().room.reasonOptional}
      optional
    />
  );
}

function DissolveDialog({ post: id }: { post: string }) {
  const { posts, show, select, again } = useCommandTab();
  const all = useWords().room;
  const words = all.command;
  const called = useCalled();
  const name = called(posts.find((one) => one.id === id)?.name ?? "");
  const command = andThen(useCommand(RoomDissolvePost), () => {
    announce(words.dissolved(name));
    select(null);
    again();
  });
  return (
    <ReasonDialog
      title={words.dissolveWhich(name)}
      submit={words.dissolve}
      command={command}
      input={(reason) => ({ post: id, reason: reason || null })}
      onClose={() => {
        show(null);
      }}
      draft={`dissolve:${id}`}
      label={all.reasonOptional}
      optional
      danger
    />
  );
}

function LeaveDialog() {
  const { structure, show, again } = useCommandTab();
  const { own } = useRoom();
  const words = useWords().room.command;
  const command = andThen(useCommand(RoomLeaveCommand), () => {
    announce(words.left);
    again();
  });
  return (
    <ReasonDialog
      title={words.leave}
      submit={words.leave}
      command={command}
      input={(reason) => ({ structure: structure.id, organization: own?.id ?? null, reason })}
      onClose={() => {
        show(null);
      }}
      draft={`leave:${structure.id}`}
      danger
    />
  );
}
