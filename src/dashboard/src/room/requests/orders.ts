/** What the tab of requests orders. */
import { graphql } from "../../api/generated";

export const RoomDraftRequest = graphql(`
  mutation RoomDraftRequest($input: DraftRequestInput!) {
    draftRequest(input: $input) {
      refusal {
        ...Refused
      }
      request {
        id
        number
      }
    }
  }
`);

export const RoomSubmitRequest = graphql(`
  mutation RoomSubmitRequest($input: SubmitRequestInput!) {
    submitRequest(input: $input) {
      refusal {
        ...Refused
      }
      request {
        id
        status
      }
    }
  }
`);

export const RoomApproveRequest = graphql(`
  mutation RoomApproveRequest($input: ApproveRequestInput!) {
    approveRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomReturnRequest = graphql(`
  mutation RoomReturnRequest($input: ReturnRequestInput!) {
    returnRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSendRequest = graphql(`
  mutation RoomSendRequest($input: SendRequestInput!) {
    sendRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomFillFromOwn = graphql(`
  mutation RoomFillFromOwn($input: FillFromOwnInput!) {
    fillFromOwn(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCancelRequest = graphql(`
  mutation RoomCancelRequest($input: CancelRequestInput!) {
    cancelRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCloseRequest = graphql(`
  mutation RoomCloseRequest($input: CloseRequestInput!) {
    closeRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDeclineRequest = graphql(`
  mutation RoomDeclineRequest($input: DeclineRequestInput!) {
    declineRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomMakeOffer = graphql(`
  mutation RoomMakeOffer($input: MakeOfferInput!) {
    makeOffer(input: $input) {
      refusal {
        ...Refused
      }
      offer {
        id
      }
    }
  }
`);

export const RoomCounterOffer = graphql(`
  mutation RoomCounterOffer($input: CounterOfferInput!) {
    counterOffer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAcceptOffer = graphql(`
  mutation RoomAcceptOffer($input: AcceptOfferInput!) {
    acceptOffer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDeclineOffer = graphql(`
  mutation RoomDeclineOffer($input: DeclineOfferInput!) {
    declineOffer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomWithdrawOffer = graphql(`
  mutation RoomWithdrawOffer($input: WithdrawOfferInput!) {
    withdrawOffer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSignAid = graphql(`
  mutation RoomSignAid($input: SignAidInput!) {
    signAid(input: $input) {
      refusal {
        ...Refused
      }
      offer {
        id
        stage
      }
    }
  }
`);

export const RoomCancelAid = graphql(`
  mutation RoomCancelAid($input: CancelAidInput!) {
    cancelAid(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomMissionOrder = graphql(`
  mutation RoomMissionOrder($input: IssueMissionOrderInput!) {
    issueMissionOrder(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAmendAid = graphql(`
  mutation RoomAmendAid($input: AmendAidInput!) {
    amendAid(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSwapResource = graphql(`
  mutation RoomSwapResource($input: SwapResourceInput!) {
    swapResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomClaim = graphql(`
  mutation RoomClaim($input: ClaimReimbursementInput!) {
    claimReimbursement(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomReturnClaim = graphql(`
  mutation RoomReturnClaim($input: ReturnClaimInput!) {
    returnClaim(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomPayClaim = graphql(`
  mutation RoomPayClaim($input: PayClaimInput!) {
    payClaim(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAmendRequest = graphql(`
  mutation RoomAmendRequest($input: AmendRequestInput!) {
    amendRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);
