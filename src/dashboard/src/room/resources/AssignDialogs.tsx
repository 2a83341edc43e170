/** Where resources go: to a part of the organization, to the incident, and to be counted. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice, TextInput } from "../../ui/Fields";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import { andThen } from "../ui/undo";
import { useOwnFree } from "../ui/useOwnFree";
import type { Card } from "./board";
import { RoomAssignResource, RoomCallPar, RoomCommit } from "./documents";
import { useBoard } from "./useBoard";

export function AssignResourceDialog({ cards }: { cards: readonly Card[] }) {
  const { incident } = useRoom();
  const { posts, show, again } = useBoard();
  const all = useWords().room;
  const words = all.resources;
  const called = useCalled();
  const [post, setPost] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const single = useCommand(RoomAssignResource);
  const name = posts.find(({ id }) => id === post)?.name ?? "";
  const names = cards.map(({ resource }) => resource.name).join(", ");
  const close = () => {
    show(null);
  };
  // One after the other; it stops at the first that is refused, and says why.
  const command: typeof single = {
    ...single,
    give: async () => {
      let last: Awaited<ReturnType<typeof single.give>> = null;
      for (const { resource, commitment } of cards) {
        last = await single.give({
          incident: incident.id,
          resource: resource.id,
          commitment: commitment.number,
          to: { name, post },
          reason: reason.trim() || null,
        });
        if (!last) break;
        announce(words.assigned(resource.name, called(name)));
      }
      again();
      return last;
    },
  };
  return (
    <Dialog open title={words.assignWhich(names)} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({ incident: incident.id, resource: "", to: { name, post } })}
        onDone={close}
        onCancel={close}
        submit={words.assign}
        fieldOf={{ POST_UNKNOWN: "post" }}
      >
        <Choice
          label={words.assignment}
          name="post"
          value={post}
          onChange={setPost}
          required
          options={posts.map((one) => ({ id: one.id, label: called(one.name) }))}
        />
        <TextInput
          label={all.reasonOptional}
          hint={words.assignHint}
          value={reason}
          onChange={setReason}
        />
      </CommandForm>
    </Dialog>
  );
}

export function CommitDialog() {
  const { incident } = useRoom();
  const { show, again } = useBoard();
  const words = useWords().room.resources;
  const [resource, setResource] = useState<string | null>(null);
  const [quantity, setQuantity] = useState("1");
  const free = useOwnFree();
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomCommit), () => {
    announce(words.committed);
    again();
  });
  return (
    <Dialog open title={words.commit} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          resource: resource ?? "",
          quantity: Number(quantity) || 1,
        })}
        onDone={close}
        onCancel={close}
        submit={words.commit}
        fieldOf={{ RESOURCE_UNKNOWN: "resource", COUNT_OUT_OF_RANGE: "quantity" }}
      >
        {free.length === 0 && <p>{words.noneFree}</p>}
        <Choice
          label={words.resource}
          name="resource"
          value={resource}
          onChange={setResource}
          options={free}
          required
        />
        <TextInput
          label={words.quantity}
          name="quantity"
          type="number"
          value={quantity}
          onChange={setQuantity}
        />
      </CommandForm>
    </Dialog>
  );
}

/** Stands for everybody. */
const EVERYBODY = "";

export function CallParDialog() {
  const { incident } = useRoom();
  const { columns, show, again } = useBoard();
  const called = useCalled();
  const words = useWords().room.resources;
  const [of, setOf] = useState<string>(EVERYBODY);
  const parts = columns.filter(({ kind, cards }) => kind === "working" && cards.length > 0);
  const part = parts.find(({ key }) => key === of);
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomCallPar), () => {
    announce(words.parCalled);
    again();
  });
  return (
    <Dialog open title={words.callPar} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          incident: incident.id,
          of: part ? { name: part.name ?? "", post: part.post } : null,
        })}
        onDone={close}
        onCancel={close}
        submit={words.callPar}
      >
        <Choice
          label={words.parOf}
          value={of}
          onChange={setOf}
          options={[
            { id: EVERYBODY, label: words.everybody },
            ...parts.map(({ key, name }) => ({ id: key, label: called(name ?? "") })),
          ]}
        />
      </CommandForm>
    </Dialog>
  );
}
