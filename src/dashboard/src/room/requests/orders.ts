/** What the tab of requests orders. */
import { graphql } from "../../api/generated";

export const RoomDraftRequest = graphql(`
  mutation RoomDraftRequest($input: DraftRequestInput!) {
    draftRequest(input: $input) {
      refusal {
        code
        message
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
        code
        message
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
        code
        message
      }
    }
  }
`);

export const RoomReturnRequest = graphql(`
  mutation RoomReturnRequest($input: ReturnRequestInput!) {
    returnRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomSendRequest = graphql(`
  mutation RoomSendRequest($input: SendRequestInput!) {
    sendRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomFillFromOwn = graphql(`
  mutation RoomFillFromOwn($input: FillFromOwnInput!) {
    fillFromOwn(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomCancelRequest = graphql(`
  mutation RoomCancelRequest($input: CancelRequestInput!) {
    cancelRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomCloseRequest = graphql(`
  mutation RoomCloseRequest($input: CloseRequestInput!) {
    closeRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomDeclineRequest = graphql(`
  mutation RoomDeclineRequest($input: DeclineRequestInput!) {
    declineRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomMakeOffer = graphql(`
  mutation RoomMakeOffer($input: MakeOfferInput!) {
    makeOffer(input: $input) {
      refusal {
        code
        message
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
        code
        message
      }
    }
  }
`);

export const RoomAcceptOffer = graphql(`
  mutation RoomAcceptOffer($input: AcceptOfferInput!) {
    acceptOffer(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomDeclineOffer = graphql(`
  mutation RoomDeclineOffer($input: DeclineOfferInput!) {
    declineOffer(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomWithdrawOffer = graphql(`
  mutation RoomWithdrawOffer($input: WithdrawOfferInput!) {
    withdrawOffer(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomSignAid = graphql(`
  mutation RoomSignAid($input: SignAidInput!) {
    signAid(input: $input) {
      refusal {
        code
        message
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
        code
        message
      }
    }
  }
`);

export const RoomMissionOrder = graphql(`
  mutation RoomMissionOrder($input: IssueMissionOrderInput!) {
    issueMissionOrder(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomAmendAid = graphql(`
  mutation RoomAmendAid($input: AmendAidInput!) {
    amendAid(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomSwapResource = graphql(`
  mutation RoomSwapResource($input: SwapResourceInput!) {
    swapResource(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomClaim = graphql(`
  mutation RoomClaim($input: ClaimReimbursementInput!) {
    claimReimbursement(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomReturnClaim = graphql(`
  mutation RoomReturnClaim($input: ReturnClaimInput!) {
    returnClaim(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomPayClaim = graphql(`
  mutation RoomPayClaim($input: PayClaimInput!) {
    payClaim(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);

export const RoomAmendRequest = graphql(`
  mutation RoomAmendRequest($input: AmendRequestInput!) {
    amendRequest(input: $input) {
      refusal {
        code
        message
      }
    }
  }
`);
