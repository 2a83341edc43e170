/** What the tab of requests asks. */
import { graphql } from "../../api/generated";

export const RoomRequests = graphql(`
  query RoomRequests($id: ID!) {
    incident(id: $id) {
      id
      requests(first: 50) {
        totalCount
        nodes {
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
          offers(first: 12) {
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
