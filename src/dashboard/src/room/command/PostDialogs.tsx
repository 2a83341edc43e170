/** Opens a post, or puts it under another supervisor. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice, TextInput } from "../../ui/Fields";
import { useCalled, useWords } from "../../words";
import { andThen, takeBack } from "../ui/undo";
import { RoomDissolvePost, RoomMovePost, RoomOpenPost } from "./orders";
import { mayReportTo, nameFor } from "./tree";
import { useCommandTab } from "./useCommandTab";

export function OpenDialog({ under }: { under: string | null }) {
  const { structure, posts, positions, select, show, again } = useCommandTab();
  const all = useWords();
  const called = useCalled();
  const words = all.room.command;
  const [code, setCode] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [chosen, setAbove] = useState(under);
  const open = positions.filter(
    ({ code, many, level, models }) =>
      models.includes(structure.model) &&
      level !== "COMMAND" &&
      (many || !posts.some(({ position }) => position === code)),
  );
  const supervisors = code
    ? posts.filter((post) => mayReportTo({ id: "", position: code }, post, positions, posts))
    : [];
  const above = supervisors.some(({ id }) => id === chosen) ? chosen : null;
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomOpenPost), ({ post }) => {
    again();
    if (!post) return;
    select(post.id);
    const opened = called(post.name);
    announce(words.opened(opened), {
      undo: () => {
        const back = { post: post.id, reason: all.room.takenBack };
        void takeBack(RoomDissolvePost, back, words.dissolved(opened)).then(again);
      },
    });
  });
  return (
    <Dialog open title={words.openPost} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          structure: structure.id,
          position: code ?? "",
          name: name.trim() || null,
          reportsTo: above,
        })}
        onDone={close}
        onCancel={close}
        submit={words.openPost}
        fieldOf={{
          POSITION_UNKNOWN: "position",
          POSITION_TAKEN: "position",
          POST_NAME_TAKEN: "name",
          LINE_SKIPPED: "above",
        }}
      >
        <Choice
          label={words.position}
          name="position"
          value={code}
          onChange={(next) => {
            setCode(next);
            const position = positions.find((one) => one.code === next);
            if (position) setName(nameFor(position, posts));
          }}
          required
          options={open
            .map((one) => ({ id: one.code, label: called(one.title), hint: one.code }))
            .sort((a, b) => a.label.localeCompare(b.label))}
        />
        <TextInput
          label={words.postName}
          name="name"
          hint={words.postNameHint}
          value={name}
          onChange={setName}
        />
        <Choice
          label={words.supervisor}
          name="above"
          hint={words.supervisorHint}
          value={above}
          onChange={setAbove}
          options={supervisors.map((one) => ({ id: one.id, label: called(one.name) }))}
        />
      </CommandForm>
    </Dialog>
  );
}

export function MoveDialog({ post: id, to }: { post: string; to: string | null }) {
  const { posts, positions, show, again } = useCommandTab();
  const all = useWords();
  const called = useCalled();
  const words = all.room.command;
  const [above, setAbove] = useState(to);
  const [reason, setReason] = useState("");
  const post = posts.find((one) => one.id === id);
  const former = post?.reportsTo?.id;
  const name = called(post?.name ?? "");
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomMovePost), () => {
    again();
    announce(
      words.moved(name),
      former
        ? {
            undo: () => {
              const back = { post: id, reportsTo: former, reason: all.room.takenBack };
              void takeBack(RoomMovePost, back, words.moved(name)).then(again);
            },
          }
        : {},
    );
  });
  const supervisors = post
    ? posts.filter((one) => one.id !== former && mayReportTo(post, one, positions, posts))
    : [];
  return (
    <Dialog open title={words.moveWhich(name)} onClose={close}>
      {supervisors.length === 0 ? (
        <p>{words.nowhereToMove}</p>
      ) : (
        <CommandForm
          command={command}
          input={() => ({ post: id, reportsTo: above ?? "", reason: reason.trim() || null })}
          onDone={close}
          onCancel={close}
          submit={words.move}
          fieldOf={{ LINE_SKIPPED: "above", POST_ABOVE_ITSELF: "above", POST_UNKNOWN: "above" }}
        >
          <Choice
            label={words.supervisor}
            name="above"
            value={above}
            onChange={setAbove}
            required
            options={supervisors.map((one) => ({
              id: one.id,
              label: called(one.name),
              hint: called(one.title),
            }))}
          />
          <TextInput label={all.room.reasonOptional} value={reason} onChange={setReason} />
        </CommandForm>
      )}
    </Dialog>
  );
}
