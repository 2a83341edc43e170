/** Puts somebody on a post. What speaks against it is shown, and can be waived with a reason. */
import { useState } from "react";

import type { Capacity } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Badge } from "../../ui/Badge";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { Choice, TextInput } from "../../ui/Fields";
import { useCalled, useWords } from "../../words";
import { useRoom } from "../room";
import ui from "../ui/ui.module.css";
import { WaiverField } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import { RoomAssignPost, RoomRelieve } from "./orders";
import { byFitness, capacityFor, organizationOf, postsOf, qualificationFor } from "./tree";
import { useCommandTab } from "./useCommandTab";

const capacities = ["PRIMARY", "DEPUTY", "ASSISTANT", "TRAINEE"] as const;

interface Props {
  post: string | null;
  person: string | null;
}

export function AssignDialog(given: Props) {
  const { posts, people, show, again } = useCommandTab();
  const { own } = useRoom();
  const all = useWords();
  const called = useCalled();
  const words = all.room.command;
  const [postId, setPost] = useState(given.post);
  const [personId, setPerson] = useState(given.person);
  const [chosenCapacity, setCapacity] = useState<Capacity | null>(null);
  const [reason, setReason] = useState("");
  const [waiver, setWaiver] = useState("");
  const post = posts.find(({ id }) => id === postId);
  const person = people.find(({ id }) => id === personId);
  const capacity = chosenCapacity ?? (post ? capacityFor(post) : "PRIMARY");
  const qualification = post && person ? qualificationFor(person, post.position) : null;
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomAssignPost), (payload) => {
    again();
    const made = payload.post?.assignments.find((one) => one.person?.id === personId);
    const sentence = words.assigned(person?.name ?? "", called(post?.name ?? ""));
    if (!made || !postId) {
      announce(sentence);
      return;
    }
    announce(sentence, {
      undo: () => {
        const back = { post: postId, assignment: made.id, reason: all.room.takenBack };
        void takeBack(RoomRelieve, back, words.relieved(person?.name ?? "")).then(again);
      },
    });
  });
  const short = post && person && !qualification;
  return (
    <Dialog open title={words.assign} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          post: postId ?? "",
          person: personId ?? "",
          capacity,
          organization: person ? (organizationOf(person, own?.id ?? null)?.id ?? null) : null,
          reason: reason.trim() || null,
          waiver: waiver.trim() || null,
        })}
        onDone={close}
        onCancel={close}
        submit={words.assign}
        fieldOf={{
          PERSON_UNKNOWN: "person",
          PERSON_HOLDS: "person",
          POST_UNKNOWN: "post",
          POST_HELD: "capacity",
          CAPACITY_MISSING: "capacity",
        }}
      >
        <Choice
          label={words.post}
          name="post"
          value={postId}
          onChange={setPost}
          required
          options={posts.map((one) => ({
            id: one.id,
            label: called(one.name),
            hint:
              one.vacant === true
                ? words.vacant
                : one.assignments.map(({ name }) => name ?? words.somebody).join(", "),
          }))}
        />
        <Choice
          label={words.person}
          name="person"
          value={personId}
          onChange={setPerson}
          required
          options={byFitness(people, post?.position ?? null, posts).map((one) => {
            const fit = post && qualificationFor(one, post.position);
            const held = postsOf(one.id, posts);
            const hints = [
              organizationOf(one, own?.id ?? null)?.code,
              fit ? words.qualified(fit.position, fit.type) : null,
              held.length > 0 ? words.holds(held.map(({ name }) => called(name)).join(", ")) : null,
            ];
            return { id: one.id, label: one.name, hint: hints.filter(Boolean).join(" · ") };
          })}
        />
        {person && post && (
          <p className={ui.line}>
            {qualification ? (
              <Badge tone={qualification.status === "TRAINEE" ? "notice" : "ok"}>
                {qualification.status === "TRAINEE"
                  ? words.traineeAs(qualification.position)
                  : words.qualified(qualification.position, qualification.type)}
              </Badge>
            ) : (
              <Badge tone="warning">{words.noQualification(post.position)}</Badge>
            )}
          </p>
        )}
        <Choice
          label={words.capacity}
          name="capacity"
          value={capacity}
          onChange={setCapacity}
          options={capacities.map((one) => ({ id: one, label: words.capacities[one] }))}
        />
        <TextInput label={all.room.reasonOptional} value={reason} onChange={setReason} />
        <WaiverField
          value={waiver}
          onChange={setWaiver}
          trouble={command.trouble}
          short={Boolean(short)}
        />
      </CommandForm>
    </Dialog>
  );
}
