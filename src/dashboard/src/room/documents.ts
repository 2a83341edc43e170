/** What the room asks of its incident as a whole. */
import { graphql } from "../api/generated";

export const RoomIncident = graphql(`
  query RoomIncident($id: ID!) {
    incident(id: $id) {
      id
      number
      name
      exercise
      live
      status
      changedAt
      marking
      withheld
      openedByRule
      kind {
        code
        name
        category
      }
      lead {
        id
        code
        name
      }
      owner {
        id
        code
        name
      }
      mergedInto {
        id
        number
        name
      }
      complexity {
        type
        reason
        by
      }
      location {
        name
        point
      }
      structure {
        id
        kind
        commanders {
          name
          person {
            id
          }
          organization {
            id
            code
          }
        }
      }
      currentPeriod {
        id
        number
        end
        planInForce {
          number
        }
        objectives {
          id
          text
          deadline
          closed {
            outcome
          }
        }
      }
      resources(first: 200) {
        totalCount
        nodes {
          id
          status
          commitments {
            stage
            people
            ended
            expected
            assignedTo {
              name
            }
            incident {
              id
            }
          }
        }
      }
      requests(first: 100) {
        nodes {
          id
          number
          requestStatus: status
          priority
          outstanding
          wantedBy
          question {
            state
          }
        }
      }
      pars {
        id
        calledAt
        complete
        lines {
          missing
        }
      }
    }
    attention(incident: $id, first: 50) {
      totalCount
      nodes {
        code
        level
        sentence
        values {
          name
          value
        }
        since
        owner {
          id
          code
        }
        waits {
          code
        }
        about {
          id
          kind
          name
        }
      }
    }
    me {
      organization {
        id
        code
      }
    }
  }
`);
