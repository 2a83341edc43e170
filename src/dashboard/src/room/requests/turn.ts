/** Whose move it is with a request and with its offers, since when. Pure. */
import type { Approver, RoomRequestsQuery } from "../../api/generated/graphql";

export type Request = NonNullable<RoomRequestsQuery["incident"]>["requests"]["nodes"][number];
export type Offer = Request["offers"]["nodes"][number];

export type TurnKind =
  "submit" | "approve" | "send" | "answer" | "decide" | "sign" | "order" | "work";

/** What somebody owes to somebody. */
export interface Turn {
  what: TurnKind;
  /** The code of the organization whose move it is; null where that is withheld. */
  owner: string | null;
  since: string | null;
}

/** The levels on which a request has still to be approved. */
export function missingApprovals(request: Request): Approver[] {
  const given = new Set(request.approvals.map(({ approver }) => approver));
  return (request.approvalsNeeded ?? []).filter((approver) => !given.has(approver));
}

/** Whose move it is with an offer; null when nothing is waited for. */
export function turnOfOffer(offer: Offer): Turn | null {
  const { since } = offer;
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
      return { what: "work", owner: offer.by?.code ?? null, since };
    default:
      return null;
  }
}

/** Everything that is waited for, one's own before that of others. */
export function turnsOf(request: Request, own: string | null): Turn[] {
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

/** The total of a cost, in the smallest unit of its currency. */
export const totalOf = (cost: Offer["terms"]["cost"]): number =>
  cost.commodity + cost.equipment + cost.other + cost.personnel + cost.travel;
