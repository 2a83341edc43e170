/** More about one record than the picture has of all. */
import { graphql } from "../../api/generated";

export const ItemOfIncident = graphql(`
  query ItemOfIncident($id: ID!) {
    incident(id: $id) {
      id
      openedByRule
      attention {
        code
        level
        sentence
        values {
          name
          value
        }
        since
        owner {
          code
        }
      }
      signals {
        reason
        rule
        since
        signal {
          id
          headline
          severity
          certainty
          urgency
          state
          expires
          key {
            sender
            sent
          }
          infos {
            event
            senderName
            areas {
              description
            }
          }
        }
      }
      mergedInto {
        id
        name
      }
      parent {
        id
        name
      }
      parts {
        id
        name
      }
      structure {
        commanders {
          name
          organization {
            code
          }
        }
      }
      currentPeriod {
        number
        end
      }
      resources(first: 1) {
        totalCount
      }
      requests(first: 1) {
        totalCount
      }
    }
  }
`);

export const ItemOfSignal = graphql(`
  query ItemOfSignal($id: ID!) {
    signal(id: $id) {
      id
      signed
      restriction
      scope
      messageType
      note
      infos {
        language
        event
        headline
        description
        instruction
        severity
        certainty
        urgency
        onset
        expires
        senderName
        contact
        web
        areas {
          description
        }
      }
      warnings {
        message
      }
      attachments {
        reason
        rule
        incident {
          id
          name
        }
      }
      suggestion {
        reason
        rule
        incident {
          id
          name
        }
      }
    }
  }
`);

export const ItemOfResource = graphql(`
  query ItemOfResource($id: ID!) {
    resource(id: $id) {
      id
      statusReason
      outOfService
      people
      crewLeader
      expectedReturn
      home {
        name
        point
      }
      supply {
        held
        free
        unit
      }
      commitments {
        stage
        since
        expected
        ended
        assignedTo {
          name
        }
        incident {
          id
          name
        }
      }
    }
  }
`);

export const ItemOfRequest = graphql(`
  query ItemOfRequest($id: ID!) {
    resourceRequest(id: $id) {
      id
      contact
      specialSupport
      substitutes
      fundingCode
      incidentName
      receivers {
        declined
        offers
        since
        organization {
          code
          name
        }
      }
      ending {
        at
        reason
      }
    }
  }
`);
