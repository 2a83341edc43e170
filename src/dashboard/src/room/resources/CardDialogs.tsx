/** What happens to one resource: it arrives, its status changes, it checks out. */
import { useState } from "react";

import type { OutOfServiceCause, ResourceStatus } from "../../api/generated/graphql";
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { fromLocal } from "../../ui/localTime";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen, takeBack } from "../ui/undo";
import type { Card } from "./board";
import { RoomCheckIn, RoomRelease, RoomResourceStatus } from "./documents";
import { useBoard } from "./useBoard";
import { useCard } from "./useCard";

export function CheckInDialog({ card }: { card: Card }) {
  const { resource } = card;
  const words = useWords().room.resources;
  const { ids, close, done } = useCard(card);
  const [draft, setDraft, discard] = useDraft(`check-in:${card.key}`, {
    people: `${resource.people ?? ""}`,
    place: "",
    leader: resource.crewLeader ?? "",
    contact: "",
  });
  const command = andThen(useCommand(RoomCheckIn), done(words.checkedIn(resource.name)));
  return (
    <Dialog open title={words.checkInWhich(resource.name)} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          ...ids,
          people: Number(draft.people),
          place: draft.place.trim(),
          leader: draft.leader.trim() || null,
          details: { contact: draft.contact.trim() || null },
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.checkIn}
        fieldOf={{ COUNT_OUT_OF_RANGE: "people", TEXT_EMPTY: "place" }}
      >
        <TextInput
          label={words.howMany}
          name="people"
          type="number"
          value={draft.people}
          onChange={(people) => {
            setDraft({ ...draft, people });
          }}
          required
          autoFocus
        />
        <TextInput
          label={words.where}
          name="place"
          value={draft.place}
          onChange={(place) => {
            setDraft({ ...draft, place });
          }}
          required
        />
        <TextInput
          label={words.leaderOptional}
          value={draft.leader}
          onChange={(leader) => {
            setDraft({ ...draft, leader });
          }}
        />
        <TextInput
          label={words.contactOptional}
          hint={words.contactHint}
          value={draft.contact}
          onChange={(contact) => {
            setDraft({ ...draft, contact });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

const statuses = ["AVAILABLE", "ASSIGNED", "OUT_OF_SERVICE"] as const;
const causes = ["MECHANICAL", "PERSONNEL", "REST"] as const;

export function ResourceStatusDialog({ card }: { card: Card }) {
  const { resource } = card;
  const all = useWords();
  const words = all.room.resources;
  const { again } = useBoard();
  const { close } = useCard(card);
  const former = resource.status;
  const [to, setTo] = useState<ResourceStatus>(
    former === "OUT_OF_SERVICE" ? "AVAILABLE" : "OUT_OF_SERVICE",
  );
  const [cause, setCause] = useState<OutOfServiceCause>("MECHANICAL");
  const [reason, setReason] = useState("");
  const [place, setPlace] = useState("");
  const [back, setBack] = useState("");
  const out = to === "OUT_OF_SERVICE";
  const command = andThen(useCommand(RoomResourceStatus), () => {
    again();
    const sentence = words.statusIs(resource.name, all.names.resourceStatus[to]);
    const undo = () => {
      if (!former || former === "OUT_OF_SERVICE") return;
      const input = { resource: resource.id, to: former, reason: all.room.takenBack };
      const inverse = words.statusIs(resource.name, all.names.resourceStatus[former]);
      void takeBack(RoomResourceStatus, input, inverse).then(again);
    };
    announce(sentence, former && former !== "OUT_OF_SERVICE" ? { undo } : {});
  });
  return (
    <Dialog open title={words.statusWhich(resource.name)} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          resource: resource.id,
          to,
          outOfService: out ? cause : null,
          reason: reason.trim() || null,
          place: place.trim() || null,
          expectedReturn: out ? fromLocal(back) : null,
        })}
        onDone={close}
        onCancel={close}
        submit={words.changeStatus}
        fieldOf={reasonCodes}
      >
        <Choice
          label={words.status}
          value={to}
          onChange={setTo}
          options={statuses.map((one) => ({ id: one, label: all.names.resourceStatus[one] }))}
        />
        {out && (
          <Choice
            label={words.cause}
            value={cause}
            onChange={setCause}
            options={causes.map((one) => ({ id: one, label: words.causes[one] }))}
          />
        )}
        <ReasonField value={reason} onChange={setReason} optional={!out} />
        <TextInput label={words.whereMeanwhile} value={place} onChange={setPlace} />
        {out && (
          <TextInput label={words.backAt} type="datetime-local" value={back} onChange={setBack} />
        )}
      </CommandForm>
    </Dialog>
  );
}

export function ReleaseDialog({ card }: { card: Card }) {
  const { resource, commitment } = card;
  const words = useWords().room.resources;
  const { ids, close, done } = useCard(card);
  const [returned, setReturned] = useState("");
  const command = andThen(useCommand(RoomRelease), done(words.released(resource.name)));
  return (
    <Dialog open title={words.releaseWhich(resource.name)} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({ ...ids, returned: returned === "" ? null : Number(returned) })}
        onDone={close}
        onCancel={close}
        submit={words.release}
        fieldOf={{ COUNT_OUT_OF_RANGE: "returned" }}
      >
        {commitment.quantity > 1 ? (
          <TextInput
            label={words.returned}
            name="returned"
            type="number"
            value={returned}
            onChange={setReturned}
          />
        ) : (
          <p>{words.releaseSure}</p>
        )}
      </CommandForm>
    </Dialog>
  );
}
