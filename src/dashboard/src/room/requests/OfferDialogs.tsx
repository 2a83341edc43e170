/** Terms: an offer, another offer in answer, and filling a request from one's own. */
import { useState } from "react";

import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Checks } from "../../ui/Checks";
import { TextInput } from "../../ui/Fields";
import { useWords } from "../../words";
import { fromLocal, inHours, movedFrom, toLocal } from "../../ui/localTime";
import { andThen } from "../ui/undo";
import { RoomCounterOffer, RoomFillFromOwn, RoomMakeOffer } from "./orders";
import { costDraft, costOf, noCost } from "./cost";
import { asItems, TermFields, termFields, useOffered, type Terms } from "./terms";
import { itemsOf, type Offer, type Request } from "./turn";
import { useRequests } from "./useRequests";

/** In what offers are made; an answer keeps the currency of what it answers. */
const CURRENCY = "USD";

export function MakeOfferDialog({ request }: { request: Request }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const free = useOffered(request);
  const [terms, setTerms, discard] = useDraft<Terms>(`terms:${request.id}`, {
    items: [],
    from: inHours(0),
    until: inHours(24),
    expires: inHours(2),
    conditions: "",
    cost: noCost,
  });
  const put = (part: Partial<Terms>) => {
    setTerms({ ...terms, ...part });
  };
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomMakeOffer), () => {
    announce(words.offered);
    again();
  });
  return (
    <Dialog open wide title={words.makeOffer} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          request: request.id,
          items: asItems(terms.items),
          availableFrom: fromLocal(terms.from) ?? "",
          availableUntil: fromLocal(terms.until) ?? "",
          expires: fromLocal(terms.expires) ?? "",
          conditions: terms.conditions.trim() || null,
          cost: costOf(terms.cost, CURRENCY),
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.makeOffer}
        fieldOf={termFields}
      >
        <Checks
          label={words.whatOffered}
          empty={words.nothingFree}
          options={free}
          value={terms.items}
          onChange={(items) => {
            put({ items });
          }}
        />
        <TermFields terms={terms} currency={CURRENCY} put={put} />
        <TextInput
          label={words.expires}
          name="expires"
          type="datetime-local"
          value={terms.expires}
          onChange={(expires) => {
            put({ expires });
          }}
          required
        />
      </CommandForm>
    </Dialog>
  );
}

export function CounterDialog({ offer }: { offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const { cost } = offer.terms;
  const [terms, setTerms] = useState<Terms>({
    items: offer.terms.items.map(({ resource }) => resource),
    from: toLocal(new Date(offer.terms.availableFrom)),
    until: toLocal(new Date(offer.terms.availableUntil)),
    expires: "",
    conditions: offer.terms.conditions ?? "",
    cost: costDraft(cost),
  });
  const put = (part: Partial<Terms>) => {
    setTerms({ ...terms, ...part });
  };
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomCounterOffer), () => {
    announce(words.countered);
    again();
  });
  return (
    <Dialog open wide title={words.counterWhose(offer.by?.code ?? "")} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          items: offer.terms.items
            .filter(({ resource }) => terms.items.includes(resource))
            .map(({ resource, quantity }) => ({ resource, quantity })),
          availableFrom: movedFrom(terms.from, offer.terms.availableFrom) ?? "",
          availableUntil: movedFrom(terms.until, offer.terms.availableUntil) ?? "",
          conditions: terms.conditions.trim() || null,
          cost: costOf(terms.cost, cost.currency),
        })}
        onDone={close}
        onCancel={close}
        submit={words.counter}
        fieldOf={termFields}
      >
        <Checks
          label={words.whatOffered}
          options={itemsOf(offer)}
          value={terms.items}
          onChange={(items) => {
            put({ items });
          }}
        />
        <TermFields terms={terms} currency={cost.currency} put={put} />
      </CommandForm>
    </Dialog>
  );
}

export function FillDialog({ request }: { request: Request }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const free = useOffered(request);
  const [chosen, setChosen] = useState<string[]>([]);
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomFillFromOwn), () => {
    announce(words.filledFromOwn);
    again();
  });
  return (
    <Dialog open title={words.fillFromOwn} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({ request: request.id, items: asItems(chosen) })}
        onDone={close}
        onCancel={close}
        submit={words.fillFromOwn}
      >
        <Checks
          label={words.whatFills}
          empty={words.nothingFree}
          options={free}
          value={chosen}
          onChange={setChosen}
        />
      </CommandForm>
    </Dialog>
  );
}
