/** What the command structure asks. */
import { graphql } from "../../api/generated";

export const RoomStructure = graphql(`
  query RoomStructure($id: ID!) {
    incident(id: $id) {
      id
      structure {
        id
        kind
        model
        live
        command {
          id
        }
        posts(live: true, first: 200) {
          nodes {
            id
            name
            title
            position
            level
            vacant
            heldBy {
              post {
                id
                name
              }
              holders {
                name
              }
            }
            reportsTo {
              id
            }
            parts {
              id
              number
              name
            }
            assignments(current: true) {
              id
              capacity
              name
              from
              by
              reason
              organization {
                id
                code
              }
              person {
                id
              }
              fitness {
                outcome
                reasons
                coach
              }
              waiver {
                reason
                by
                elsewhere
              }
            }
          }
        }
      }
    }
  }
`);

export const RoomTransfers = graphql(`
  query RoomTransfers($id: ID!) {
    incident(id: $id) {
      id
      structure {
        id
        transfers {
          id
          joins
          stage
          effective
          tells
          from {
            name
            organization {
              code
            }
          }
          to {
            name
            organization {
              code
            }
          }
          steps {
            stage
            at
            by
            reason
          }
          briefing {
            complexity
            status
            since
            lines
            vacancies
            remarks
            delegations {
              id
              power
              until
              from {
                code
              }
              to {
                code
              }
            }
            plan {
              revision
              objectives
              emphasis
              safety
              hazards
              channels
              hospitals
              period {
                number
              }
            }
            deadlines {
              at
              what
              about {
                name
              }
            }
            last {
              at
              principal
              what
              code
              values {
                name
                value
              }
            }
            posts {
              post
              name
              holders
            }
            requests {
              status
              outstanding
              request {
                number
              }
            }
            resources {
              stage
              assignedTo
              resource {
                id
                name
              }
            }
          }
        }
      }
    }
  }
`);

/** What all commanders decide, and what is done in the name of others. */
export const RoomDecisions = graphql(`
  query RoomDecisions($id: ID!) {
    structure(id: $id) {
      id
      jointDecisions {
        id
        what
        proposedAt
        agreedAt
        missing {
          id
          code
        }
        signatures {
          agency {
            id
            code
          }
          signedBy {
            id
            code
          }
        }
      }
      delegations {
        id
        power
        reason
        since
        until
        from {
          id
          code
        }
        to {
          id
          code
        }
      }
    }
  }
`);

/** Who can be assigned. Asked seldom: it is long. */
export const RoomPeople = graphql(`
  query RoomPeople {
    me {
      account {
        person
      }
    }
    persons(first: 200) {
      totalCount
      nodes {
        id
        name
        forgotten
        memberships {
          title
          until
          organization {
            id
            code
          }
        }
        qualifications {
          position
          type
          status
        }
      }
    }
    positions {
      code
      title
      level
      many
      anywhere
      reportsTo
      models
    }
  }
`);
