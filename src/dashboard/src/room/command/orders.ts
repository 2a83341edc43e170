/** What the command structure orders. */
import { graphql } from "../../api/generated";

export const RoomAssignPost = graphql(`
  mutation RoomAssignPost($input: AssignPostInput!) {
    assignPost(input: $input) {
      refusal {
        ...Refused
      }
      post {
        id
        assignments(current: true) {
          id
          capacity
          person {
            id
          }
          fitness {
            outcome
            reasons
          }
        }
      }
    }
  }
`);

export const RoomRelieve = graphql(`
  mutation RoomRelieve($input: RelievePostInput!) {
    relievePost(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomOpenPost = graphql(`
  mutation RoomOpenPost($input: OpenPostInput!) {
    openPost(input: $input) {
      refusal {
        ...Refused
      }
      post {
        id
        name
      }
    }
  }
`);

export const RoomMovePost = graphql(`
  mutation RoomMovePost($input: MovePostInput!) {
    movePost(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDissolvePost = graphql(`
  mutation RoomDissolvePost($input: DissolvePostInput!) {
    dissolvePost(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAssumeCommand = graphql(`
  mutation RoomAssumeCommand($input: AssumeCommandInput!) {
    assumeCommand(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomJoinCommand = graphql(`
  mutation RoomJoinCommand($input: JoinCommandInput!) {
    joinCommand(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomLeaveCommand = graphql(`
  mutation RoomLeaveCommand($input: LeaveCommandInput!) {
    leaveCommand(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomProposeTransfer = graphql(`
  mutation RoomProposeTransfer($input: ProposeTransferInput!) {
    proposeTransfer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAcceptTransfer = graphql(`
  mutation RoomAcceptTransfer($input: AcceptTransferInput!) {
    acceptTransfer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDeclineTransfer = graphql(`
  mutation RoomDeclineTransfer($input: EndTransferInput!) {
    declineTransfer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomWithdrawTransfer = graphql(`
  mutation RoomWithdrawTransfer($input: EndTransferInput!) {
    withdrawTransfer(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomProposeJointly = graphql(`
  mutation RoomProposeJointly($input: ProposeJointlyInput!) {
    proposeJointly(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSignJointly = graphql(`
  mutation RoomSignJointly($input: SignJointlyInput!) {
    signJointly(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDelegate = graphql(`
  mutation RoomDelegate($input: DelegateInput!) {
    delegate(input: $input) {
      refusal {
        ...Refused
      }
      structure {
        id
        delegations {
          id
          to {
            id
            code
          }
        }
      }
    }
  }
`);

export const RoomEndDelegation = graphql(`
  mutation RoomEndDelegation($input: EndDelegationInput!) {
    endDelegation(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);
