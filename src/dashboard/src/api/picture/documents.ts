/** What the picture shows of each record. */
import { graphql } from "../generated";

graphql(`
  fragment PictureIncident on Incident {
    id
    number
    name
    exercise
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
    }
    owner {
      id
      code
    }
    parent {
      id
    }
    complexity {
      type
    }
    location {
      name
      point
      perimeter
    }
    attention {
      level
    }
  }
`);

graphql(`
  fragment PictureSignal on Signal {
    id
    headline
    exercise
    severity
    certainty
    urgency
    state
    messageStatus: status
    changedAt
    expires
    marking
    withheld
    via
    source
    point
    key {
      sender
      sent
    }
    infos {
      event
      categories
      senderName
      areas {
        description
        polygons
      }
    }
    attachments {
      incident {
        id
      }
    }
    suggestion {
      reason
    }
  }
`);

graphql(`
  fragment PictureResource on Resource {
    id
    name
    exercise
    resourceStatus: status
    statusPlace
    statusSince
    changedAt
    type
    withheld
    position
    positionAt
    positionSource
    resourceKind: kind {
      id
      name
      class
    }
    owner {
      id
      code
    }
    commitments {
      stage
      ended
      incident {
        id
      }
    }
  }
`);

graphql(`
  fragment PictureRequest on ResourceRequest {
    id
    number
    exercise
    priority
    requestStatus: status
    quantity
    filled
    outstanding
    purpose
    changedAt
    wantedBy
    withheld
    need {
      definition
      type
    }
    askedBy {
      id
      code
    }
    incident {
      id
    }
    deliverTo {
      name
      point
    }
    question {
      state
    }
  }
`);

/** A page of the picture as it is now. */
export const PicturePage = graphql(`
  query PicturePage($first: Int!, $after: String, $filter: CopFilterInput, $asOf: AsOfInput) {
    cop(filter: $filter, asOf: $asOf) {
      sequence
      records(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          __typename
          ...PictureIncident
          ...PictureSignal
          ...PictureResource
          ...PictureRequest
        }
      }
    }
  }
`);

/** What changes on the picture. */
export const PictureChanges = graphql(`
  subscription PictureChanges($after: Sequence) {
    copChanges(after: $after) {
      sequence
      added {
        __typename
        ...PictureIncident
        ...PictureSignal
        ...PictureResource
        ...PictureRequest
      }
      updated {
        __typename
        ...PictureIncident
        ...PictureSignal
        ...PictureResource
        ...PictureRequest
      }
      removed {
        id
      }
    }
  }
`);
