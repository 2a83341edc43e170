/** What the parts of the tab of requests share. */
import { createContext, useContext } from "react";

import type { Approver } from "../../api/generated/graphql";
import type { Offer, Request } from "./turn";

export type RequestsDialog =
  | { what: "return"; request: Request; approver: Approver }
  | {
      what: "amend" | "send" | "fill" | "cancel" | "close" | "decline" | "offer";
      request: Request;
    }
  | { what: OfferDialog; request: Request; offer: Offer };

/** What is asked about an offer. */
export type OfferDialog =
  | "counter"
  | "accept"
  | "declineOffer"
  | "withdraw"
  | "order"
  | "amendAid"
  | "swap"
  | "cancelAid"
  | "claim"
  | "returnClaim"
  | "pay";

export interface RequestsState {
  show: (dialog: RequestsDialog | null) => void;
  dialog: RequestsDialog | null;
  again: () => void;
}

const Context = createContext<RequestsState | null>(null);

export const RequestsProvider = Context.Provider;

export function useRequests(): RequestsState {
  const state = useContext(Context);
  if (!state) throw new Error("this stands outside of the requests");
  return state;
}
