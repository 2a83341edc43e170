/** What the pages of messages ask of the hub and tell it. */
import { graphql } from "../api/generated";

graphql(`
  fragment MessageHead on Message {
    id
    subject
    stage
    priority
    public
    exercise
    author
    draftedAt
    changedAt
    launchedAt
    launchedBy
    recipientCount
    follows
    digest
    withheld
    organization {
      id
      code
    }
    incident {
      id
      number
      name
    }
    about {
      id
      subject
    }
    release {
      by
      at
      digest
    }
    over {
      at
      by
      reason
      why
    }
    counts {
      standing
      count
    }
  }
`);

graphql(`
  fragment SelectorParts on MessageAudience {
    persons {
      id
      name
    }
    membersOf {
      id
      code
    }
    groups {
      id
      name
    }
    onCall {
      id
      name
    }
    staffOf {
      id
      number
      name
    }
    positions {
      position
      incident {
        id
        number
        name
      }
    }
    qualified {
      position
      type
      organization {
        id
        code
      }
    }
    near {
      meters
      position
    }
    inside
    reachedBy {
      id
      subject
    }
  }
`);

graphql(`
  fragment MessageWhole on Message {
    ...MessageHead
    wavesOpened
    wordings {
      language
      what
      who
      where
      when
      toDo
      until
    }
    responses {
      labels
      meaning
    }
    plan {
      askAgainMinutes
      channels
      cycles
      expects
      intervalSeconds
      until
      enough {
        count
        position
        organization {
          id
          code
        }
      }
      waves {
        afterMinutes
        anyOf {
          ...SelectorParts
        }
        except {
          ...SelectorParts
        }
      }
    }
  }
`);

export const MessagesOf = graphql(`
  query MessagesOf($incident: ID, $stages: [MessageStage!], $first: Int!, $after: String) {
    messages(incident: $incident, stages: $stages, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...MessageHead
      }
    }
  }
`);

export const MessageById = graphql(`
  query MessageById($id: ID!) {
    message(id: $id) {
      ...MessageWhole
    }
  }
`);

export const MessageFollowed = graphql(`
  subscription MessageFollowed($id: ID!) {
    messageProgress(message: $id) {
      message {
        ...MessageWhole
      }
    }
  }
`);

export const DeliveriesOf = graphql(`
  query DeliveriesOf($id: ID!, $standings: [DeliveryStanding!], $first: Int!, $after: String) {
    message(id: $id) {
      deliveries(standings: $standings, first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          standing
          wave
          reachedAt
          reachedBy
          acknowledgedAt
          givenUpAt
          held
          heldUntil
          nextAt
          organization {
            code
          }
          person {
            id
            name
          }
          answer {
            arrival
            at
            channel
            late
            meaning
            response
          }
          attempts {
            at
            channel
            failure
            overrode
            provider
            purpose
            repeated
            state
          }
        }
      }
    }
  }
`);

export const DraftMessage = graphql(`
  mutation DraftMessage($input: DraftMessageInput!) {
    draftMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const AmendMessage = graphql(`
  mutation AmendMessage($input: AmendMessageInput!) {
    amendMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
