/** What happens to an agreement in force: other terms, another resource, and what it cost. */
import { announce } from "../../api/toasts";
import { useCommand } from "../../api/useCommand";
import { CommandForm } from "../../ui/CommandForm";
import { Dialog } from "../../ui/Dialog";
import { useDraft } from "../../ui/draft";
import { Choice, TextInput } from "../../ui/Fields";
import { movedFrom, toLocal } from "../../ui/localTime";
import { useWords } from "../../words";
import ui from "../ui/ui.module.css";
import { ReasonField, reasonCodes } from "../ui/ReasonField";
import { andThen } from "../ui/undo";
import { CostFields } from "./CostFields";
import { costDraft, costOf } from "./cost";
import { RoomAmendAid, RoomClaim, RoomSwapResource } from "./orders";
import { TermFields, termFields, useOffered, type Terms } from "./terms";
import { itemsOf, type Offer, type Request } from "./turn";
import { useRequests } from "./useRequests";

export function AmendDialog({ offer }: { offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  // Whoever answers other terms with others begins from those.
  const from = offer.amendment?.terms ?? offer.terms;
  const [terms, setTerms, discard] = useDraft<Terms>(`amend:${offer.id}:${offer.version}`, {
    items: [],
    from: toLocal(new Date(from.availableFrom)),
    until: toLocal(new Date(from.availableUntil)),
    expires: "",
    conditions: from.conditions ?? "",
    cost: costDraft(from.cost),
  });
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomAmendAid), () => {
    announce(words.amended);
    again();
  });
  return (
    <Dialog open wide title={words.amendAid} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          availableFrom: movedFrom(terms.from, from.availableFrom) ?? "",
          availableUntil: movedFrom(terms.until, from.availableUntil) ?? "",
          conditions: terms.conditions.trim() || null,
          cost: costOf(terms.cost, from.cost.currency),
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.proposeTerms}
        fieldOf={termFields}
      >
        <p className="muted">{words.amendHow}</p>
        <TermFields
          terms={terms}
          currency={from.cost.currency}
          put={(part) => {
            setTerms({ ...terms, ...part });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

export function SwapDialog({ request, offer }: { request: Request; offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const free = useOffered(request);
  const items = itemsOf(offer);
  const [draft, setDraft, discard] = useDraft<{
    out: string | null;
    with: string | null;
    reason: string;
  }>(`swap:${offer.id}`, {
    out: items.length === 1 ? (items[0]?.id ?? null) : null,
    with: null,
    reason: "",
  });
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomSwapResource), () => {
    announce(words.swapped);
    again();
  });
  return (
    <Dialog open title={words.swap} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          out: draft.out ?? "",
          with: draft.with ?? "",
          reason: draft.reason.trim(),
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.swap}
        fieldOf={{
          ...reasonCodes,
          ARRIVED: "out",
          NOT_IN_OFFER: "out",
          NOT_WANTED: "with",
          NOT_FREE: "with",
          ITEM_GONE: "with",
          NAMED_TWICE: "with",
          RESOURCE_OF_ANOTHER: "with",
        }}
      >
        <div className={ui.pair}>
          <Choice
            label={words.swapOut}
            name="out"
            value={draft.out}
            onChange={(out) => {
              setDraft({ ...draft, out });
            }}
            options={items}
            required
          />
          <Choice
            label={words.swapWith}
            name="with"
            value={draft.with}
            onChange={(id) => {
              setDraft({ ...draft, with: id });
            }}
            options={free}
            {...(free.length === 0 ? { hint: words.nothingFree } : {})}
            required
          />
        </div>
        <ReasonField
          hint={words.otherReads}
          value={draft.reason}
          onChange={(reason) => {
            setDraft({ ...draft, reason });
          }}
        />
      </CommandForm>
    </Dialog>
  );
}

export function ClaimDialog({ offer }: { offer: Offer }) {
  const { show, again } = useRequests();
  const words = useWords().room.requests;
  const from = offer.claim?.cost ?? offer.terms.cost;
  const [draft, setDraft, discard] = useDraft(`claim:${offer.id}`, {
    cost: costDraft(from),
    evidence: offer.claim?.evidence ?? "",
  });
  const close = () => {
    show(null);
  };
  const command = andThen(useCommand(RoomClaim), () => {
    announce(words.claimed);
    again();
  });
  return (
    <Dialog open wide title={words.claim} onClose={close}>
      <CommandForm
        command={command}
        input={() => ({
          offer: offer.id,
          cost: costOf(draft.cost, from.currency),
          evidence: draft.evidence.trim(),
        })}
        onDone={() => {
          discard();
          close();
        }}
        onCancel={close}
        submit={words.claim}
        fieldOf={{ COST_UNUSABLE: "cost", TEXT_EMPTY: "evidence", TEXT_TOO_LONG: "evidence" }}
      >
        <p className="muted">{words.claimHow}</p>
        {offer.claim?.returned && (
          <p>
            ◆ {words.claimReturned}: {offer.claim.returned}
          </p>
        )}
        <CostFields
          label={words.claimCost}
          currency={from.currency}
          draft={draft.cost}
          onChange={(cost) => {
            setDraft({ ...draft, cost });
          }}
        />
        <TextInput
          label={words.evidence}
          name="evidence"
          hint={words.evidenceHint}
          value={draft.evidence}
          onChange={(evidence) => {
            setDraft({ ...draft, evidence });
          }}
          required
          long
        />
      </CommandForm>
    </Dialog>
  );
}
