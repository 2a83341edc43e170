/** What the status board asks and orders. */
import { graphql } from "../../api/generated";

export const RoomResources = graphql(`
  query RoomResources($id: ID!) {
    incident(id: $id) {
      id
      resources(first: 200) {
        totalCount
        nodes {
          id
          name
          type
          status
          outOfService
          statusReason
          statusPlace
          statusSince
          expectedReturn
          people
          crewLeader
          withheld
          owner {
            id
            code
          }
          kind {
            id
            name
            class
          }
          commitments {
            number
            stage
            people
            quantity
            leader
            since
            expected
            checkedInAt
            checkInPlace
            ended
            incident {
              id
            }
            assignedTo {
              name
              post
            }
            checkInDetails {
              contact
            }
            departure {
              releaseAt
              destination
              leavesAt
              arrivesAt
              overnight
              travel
              contact
              notified
              reassignedTo
            }
            demobilization {
              started
              boxes {
                box
                by
                at
              }
            }
          }
        }
      }
      pars {
        id
        calledAt
        calledBy
        complete
        of {
          name
        }
        lines {
          expected
          present
          missing
          at
          by
          resource {
            id
            name
          }
        }
      }
      structure {
        id
        posts(live: true, first: 200) {
          nodes {
            id
            name
            level
          }
        }
      }
    }
  }
`);

export const RoomAssignResource = graphql(`
  mutation RoomAssignResource($input: AssignResourceInput!) {
    assignResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCheckIn = graphql(`
  mutation RoomCheckIn($input: CheckInResourceInput!) {
    checkInResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomResourceStatus = graphql(`
  mutation RoomResourceStatus($input: ChangeResourceStatusInput!) {
    changeResourceStatus(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCommit = graphql(`
  mutation RoomCommit($input: CommitResourceInput!) {
    commitResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomMobilize = graphql(`
  mutation RoomMobilize($input: MobilizeResourceInput!) {
    mobilizeResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomDepart = graphql(`
  mutation RoomDepart($input: DepartResourceInput!) {
    departResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCancelCommitment = graphql(`
  mutation RoomCancelCommitment($input: CancelCommitmentInput!) {
    cancelCommitment(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomCallPar = graphql(`
  mutation RoomCallPar($input: CallParInput!) {
    callPar(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomReportPar = graphql(`
  mutation RoomReportPar($input: ReportParInput!) {
    reportPar(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomStartDemobilization = graphql(`
  mutation RoomStartDemobilization($input: StartDemobilizationInput!) {
    startDemobilization(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSignDemobilization = graphql(`
  mutation RoomSignDemobilization($input: SignDemobilizationInput!) {
    signDemobilization(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomRelease = graphql(`
  mutation RoomRelease($input: ReleaseResourceInput!) {
    releaseResource(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);
