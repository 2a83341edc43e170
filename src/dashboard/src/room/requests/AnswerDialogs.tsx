/** Sends a request, accepts what is offered, and orders the mission. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { Checks } from "../../ui/Checks";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Check, TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { useSide } from "../room";
import { useOrganizations } from "../ui/ChooseOrganization";
import { fromLocal, inHours } from "../../ui/localTime";
import ui from "../ui/ui.module.css";
import { andThen } from "../ui/undo";
import { RoomAcceptOffer, RoomMissionOrder, RoomSendRequest } from "./orders";
import { itemsOf, type Offer, type Request } from "./turn";
import { useRequests } from "./useRequests";

export function SendDialog({ request }: { request: Request }) {
  const { show, again } = useRequests();
  const { own } = useSide();
  const words = useWords().room.requests;
  const organizations = useOrganizations();
  const asked = new Set(request.receivers.map(({ organization }) => organization.id));
  const [to, setTo] = useState<readonly string[]>([]);
  const [toAll, setToAll] = useState(false);
  const [km, setKm] = useState("");
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomSendRequest), () => {
    announce(words.sent);
    again();
  });
  return (
    <Dialog open title={words.send} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          request: request.id,
          // All of them are also those near by, and the hub takes one or the other.
          to: to.length > 0 && !toAll ? [...to] : null,
          toAll,
          withinKm: km === "" || toAll ? null : Number(km),
        })}
        onDone={close}
        onCancel={close}
        submit={words.send}
        fieldOf={{ DISTANCE_UNUSABLE: "km", NOBODY_IN_RANGE: "km" }}
      >
        <Checks
          label={words.toWhom}
          options={organizations
            .filter(({ id }) => id !== own?.id && !asked.has(id))
            .map(({ id, code, name }) => ({ id, label: code, hint: name }))}
          value={to}
          onChange={setTo}
        />
        {request.receivers.length > 0 && (
          <p className="muted">
            ✓ {request.receivers.map(({ organization }) => organization.code).join(", ")}{" "}
            {words.wasAsked}
          </p>
        )}
        <TextInput
          label={words.withinKm}
          name="km"
          type="number"
          hint={words.withinKmHint}
          value={km}
          onChange={setKm}
        />
        <Check value={toAll} onChange={setToAll}>
          {words.toAll}
        </Check>
      </CommandForm>
    </Dialog>
  );
}

export function AcceptDialog({ offer }: { offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const { items } = offer.terms;
  const [chosen, setChosen] = useState<readonly string[]>(items.map(({ resource }) => resource));
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomAcceptOffer), () => {
    announce(words.accepted);
    again();
  });
  return (
    <Dialog open title={words.acceptWhose(offer.by?.code ?? "")} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          // Nothing stands for all of it.
          items:
            chosen.length === items.length
              ? null
              : items
                  .filter(({ resource }) => chosen.includes(resource))
                  .map(({ resource, quantity }) => ({ resource, quantity })),
        })}
        onDone={close}
        onCancel={close}
        submit={words.accept}
      >
        <Checks
          label={words.whatAccepted}
          options={itemsOf(offer)}
          value={chosen}
          onChange={setChosen}
        />
        <p className="muted">{words.acceptHow}</p>
      </CommandForm>
    </Dialog>
  );
}

export function MissionOrderDialog({ request, offer }: { request: Request; offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const [draft, setDraft, discard] = useDraft(`order:${offer.id}`, {
    // As it was asked for; whoever orders changes it where it is to be otherwise.
    assignment: request.purpose ?? "",
    reportTo: request.contact ?? "",
    departs: inHours(0),
    arrives: inHours(1),
  });
  const put = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
  };
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomMissionOrder), () => {
    announce(words.ordered);
    again();
  });
  return (
    <Dialog open title={words.issueOrder} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          assignment: draft.assignment.trim(),
          reportTo: draft.reportTo.trim(),
          departs: fromLocal(draft.departs) ?? "",
          arrives: fromLocal(draft.arrives) ?? "",
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.issueOrder}
        fieldOf={{ DATES_UNUSABLE: "arrives" }}
      >
        <TextInput
          label={words.orderAssignment}
          value={draft.assignment}
          onChange={(assignment) => {
            put({ assignment });
          }}
          required
        />
        <TextInput
          label={words.reportTo}
          value={draft.reportTo}
          onChange={(reportTo) => {
            put({ reportTo });
          }}
          required
        />
        <div className={ui.pair}>
          <TextInput
            label={words.departs}
            type="datetime-local"
            value={draft.departs}
            onChange={(departs) => {
              put({ departs });
            }}
            required
          />
          <TextInput
            label={words.arrives}
            name="arrives"
            type="datetime-local"
            value={draft.arrives}
            onChange={(arrives) => {
              put({ arrives });
            }}
            required
          />
        </div>
      </CommandForm>
    </Dialog>
  );
}
