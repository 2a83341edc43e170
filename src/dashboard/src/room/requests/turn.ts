/** Whose move it is with a request and with its offers, since when. Pure. */
import type { Approver, RoomRequestQuery, RoomRequestsQuery } from "../../api/generated/graphql";

/** A request in full. */
export type Request = NonNullable<RoomRequestQuery["resourceRequest"]>;
export type Offer = Request["offers"]["nodes"][number];
/** A request as one among those of its incident. */
export type RequestLine = NonNullable<RoomRequestsQuery["incident"]>["requests"]["nodes"][number];
export type OfferLine = RequestLine["offers"]["nodes"][number];

export type TurnKind =
  | "submit"
  | "approve"
  | "send"
  | "answer"
  | "decide"
  | "sign"
  | "order"
  | "work"
  | "amendment"
  | "claim"
  | "pay";

/** What somebody owes to somebody. */
export interface Turn {
  what: TurnKind;
  /** The code of the organization whose move it is; null where that is withheld. */
  owner: string | null;
  since: string | null;
}

/** The levels on which a request has still to be approved. */
export function missingApprovals(request: RequestLine): Approver[] {
  const given = new Set(request.approvals.map(({ approver }) => approver));
  return (request.approvalsNeeded ?? []).filter((approver) => !given.has(approver));
}

/** Whose move it is with an offer; null when nothing is waited for. */
export function turnOfOffer(offer: OfferLine): Turn | null {
  const { since, amendment } = offer;
  // While the cost is claimed, other terms cannot be signed.
  if (amendment && offer.stage !== "CLAIMED") {
    const other = amendment.by?.id === offer.by?.id ? offer.to : offer.by;
    return { what: "amendment", owner: other?.code ?? null, since: amendment.since };
  }
  switch (offer.stage) {
    case "OFFERED":
    case "COUNTERED":
      return { what: "decide", owner: offer.answers?.code ?? null, since };
    case "ACCEPTED": {
      const signed = new Set(offer.signatures.map(({ organization }) => organization?.id));
      const missing = [offer.to, offer.by].find((side) => side && !signed.has(side.id));
      return { what: "sign", owner: missing?.code ?? null, since };
    }
    case "BINDING":
      return { what: "order", owner: offer.by?.code ?? null, since };
    case "ORDERED":
      // A claim that was returned is to be made again.
      return { what: offer.claim ? "claim" : "work", owner: offer.by?.code ?? null, since };
    case "CLAIMED":
      return { what: "pay", owner: offer.to?.code ?? null, since };
    default:
      return null;
  }
}

/** Everything that is waited for, one's own before that of others. */
export function turnsOf(request: RequestLine, own: string | null): Turn[] {
  const asker = request.askedBy?.code ?? null;
  const since = request.changedAt;
  const turns: Turn[] = [];
  switch (request.requestStatus) {
    case "DRAFT":
      turns.push({ what: "submit", owner: asker, since });
      break;
    case "AWAITING_APPROVALS":
      turns.push({ what: "approve", owner: asker, since });
      break;
    case "APPROVED":
      turns.push({ what: "send", owner: asker, since });
      break;
    case "CANCELLED":
    case "UNFILLED":
      return [];
    default:
  }
  if (request.requestStatus === "SENT" || request.requestStatus === "PARTLY_FILLED") {
    for (const { organization, since, offers, declined } of request.receivers) {
      if (offers === 0 && declined === null) {
        turns.push({ what: "answer", owner: organization.code, since });
      }
    }
  } else if (request.requestStatus === null && request.question?.state === "AWAITED") {
    // Those who were asked do not see where a request stands, only that they are.
    turns.push({ what: "answer", owner: own, since: request.question.since });
  }
  for (const offer of request.offers.nodes) {
    const turn = turnOfOffer(offer);
    if (turn) turns.push(turn);
  }
  const mine = turns.filter(({ owner }) => owner === own);
  return [...mine, ...turns.filter(({ owner }) => owner !== own)];
}

/** What is offered, to be chosen from. */
export const itemsOf = ({ terms }: Offer): { id: string; label: string; hint: string }[] =>
  terms.items.map(({ resource, name, kind, substitution }) => ({
    id: resource,
    label: name,
    hint: substitution ? `${kind} · ${substitution}` : kind,
  }));
