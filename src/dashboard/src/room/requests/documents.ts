/** What the tab of requests asks. */
import { graphql } from "../../api/generated";

/** The requests of an incident, with what says whose move it is. */
export const RoomRequests = graphql(`
  query RoomRequests($id: ID!) {
    incident(id: $id) {
      id
      requests(first: 100) {
        totalCount
        nodes {
          id
          number
          priority
          quantity
          filled
          changedAt
          requestStatus: status
          need {
            definition
            type
          }
          askedBy {
            id
            code
          }
          approvalsNeeded
          approvals {
            approver
          }
          question {
            state
            since
          }
          receivers {
            since
            offers
            declined
            organization {
              id
              code
            }
          }
          offers(first: 12) {
            nodes {
              id
              stage
              since
              by {
                id
                code
              }
              to {
                id
                code
              }
              answers {
                id
                code
              }
              signatures {
                organization {
                  id
                }
              }
              amendment {
                since
                by {
                  id
                }
              }
              claim {
                returned
              }
            }
          }
        }
      }
    }
  }
`);

/** One request in full, with the terms of its offers. */
export const RoomRequest = graphql(`
  query RoomRequest($id: ID!) {
    resourceRequest(id: $id) {
      id
      number
      priority
      quantity
      filled
      outstanding
      purpose
      contact
      fundingCode
      specialSupport
      substitutes
      wantedBy
      changedAt
      withheld
      requestStatus: status
      need {
        definition
        type
        version
      }
      deliverTo {
        name
        point
      }
      askedBy {
        id
        code
        name
      }
      approvalsNeeded
      approvals {
        approver
        by
        at
        comment
      }
      returned {
        approver
        by
        reason
        at
      }
      ending {
        reason
        by
        at
      }
      question {
        state
        since
        reason
      }
      receivers {
        since
        offers
        declined
        organization {
          id
          code
        }
      }
      offers(first: 50) {
        nodes {
          id
          stage
          since
          expires
          version
          by {
            id
            code
          }
          to {
            id
            code
          }
          answers {
            id
            code
          }
          signatures {
            at
            by
            organization {
              id
              code
            }
          }
          missionOrder {
            number
            departs
            arrives
            reportTo
            assignment
            by
            at
          }
          ending {
            at
            reason
            organization {
              code
            }
          }
          amendment {
            version
            since
            by {
              id
              code
            }
            terms {
              availableFrom
              availableUntil
              conditions
              cost {
                currency
                commodity
                equipment
                other
                personnel
                travel
              }
            }
          }
          claim {
            at
            by
            evidence
            paid
            returned
            cost {
              currency
              commodity
              equipment
              other
              personnel
              travel
            }
          }
          terms {
            availableFrom
            availableUntil
            conditions
            cost {
              currency
              commodity
              equipment
              other
              personnel
              travel
            }
            items {
              resource
              name
              kind
              quantity
              substitution
            }
          }
        }
      }
    }
  }
`);

/** What can be asked for. */
export const RoomDefinitions = graphql(`
  query RoomDefinitions {
    resourceDefinitions {
      id
      version
      name
      class
      unit
      metrics {
        types {
          type
        }
      }
    }
  }
`);
