/** What writes the parts of a plan. */
import { graphql } from "../../api/generated";

export const RoomAdjustPeriod = graphql(`
  mutation RoomAdjustPeriod($input: AdjustPeriodInput!) {
    adjustPeriod(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSetSituation = graphql(`
  mutation RoomSetSituation($input: SetSituationInput!) {
    setSituation(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: situation
        }
      }
    }
  }
`);

export const RoomAssignWork = graphql(`
  mutation RoomAssignWork($input: AssignWorkInput!) {
    assignWork(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        assignments {
          id
          place
          digest
        }
      }
    }
  }
`);

export const RoomDropWork = graphql(`
  mutation RoomDropWork($input: DropWorkInput!) {
    dropWork(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomSetCommunications = graphql(`
  mutation RoomSetCommunications($input: SetCommunicationsPlanInput!) {
    setCommunicationsPlan(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: communications
        }
      }
    }
  }
`);

export const RoomSetMedical = graphql(`
  mutation RoomSetMedical($input: SetMedicalPlanInput!) {
    setMedicalPlan(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: medical
        }
      }
    }
  }
`);

export const RoomSetSafety = graphql(`
  mutation RoomSetSafety($input: SetSafetyPlanInput!) {
    setSafetyPlan(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: safety
        }
      }
    }
  }
`);

export const RoomSetNeeds = graphql(`
  mutation RoomSetNeeds($input: SetNeedsInput!) {
    setNeeds(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: needs
        }
      }
    }
  }
`);

export const RoomSetSummary = graphql(`
  mutation RoomSetSummary($input: SetStatusSummaryInput!) {
    setStatusSummary(input: $input) {
      refusal {
        ...Refused
      }
      period {
        id
        digests {
          written: statusSummary
        }
      }
    }
  }
`);

/** From what the people and things of a work assignment are chosen. */
export const RoomWorkChoices = graphql(`
  query RoomWorkChoices($id: ID!) {
    incident(id: $id) {
      id
      structure {
        id
        posts(live: true, first: 200) {
          nodes {
            id
            name
            level
            assignments(current: true) {
              id
              name
              capacity
            }
          }
        }
      }
      resources(first: 200) {
        nodes {
          id
          name
          type
          owner {
            id
            code
          }
          kind {
            id
            name
          }
        }
      }
    }
  }
`);
