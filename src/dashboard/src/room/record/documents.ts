/** What the tabs of the record ask. */
import { graphql } from "../../api/generated";

export const RoomJournal = graphql(`
  query RoomJournal($id: ID!, $first: Int!, $after: String) {
    journal(incident: $id, first: $first, after: $after) {
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        text
        author
        writtenAt
        marking
        withheld
        organization {
          code
        }
        corrects {
          id
        }
      }
    }
  }
`);

export const RoomTimeline = graphql(`
  query RoomTimeline($id: ID!, $first: Int!, $after: String) {
    incident(id: $id) {
      id
      timeline(first: $first, after: $after) {
        pageInfo {
          endCursor
          hasNextPage
        }
        nodes {
          at
          principal
          what
          code
          values {
            name
            value
          }
        }
      }
    }
  }
`);

export const RoomAgreements = graphql(`
  query RoomAgreements {
    agreements(first: 100) {
      nodes {
        id
        title
        standing
        inWords
        parties {
          id
          code
        }
        terms {
          ...TermFacts
        }
      }
    }
  }
`);

/** The principal as which the hub itself acts. */
export const HUB = "muster";
