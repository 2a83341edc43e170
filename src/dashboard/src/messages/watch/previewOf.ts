/** What launching a draft would do now, with a page of those who would be told. */
import { graphql } from "../../api/generated";

export const PreviewOf = graphql(`
  query PreviewOf($message: ID!, $unreachable: Boolean, $first: Int!, $after: String) {
    messagePreview(message: $message) {
      count
      digest
      needsRelease
      quiet
      waves
      channels {
        channel
        count
      }
      languages {
        language
        count
      }
      texts {
        channel
        language
        count
        subject
        text
        sms {
          encoding
          segments
        }
      }
      handedOverWithin
      triedWithin
      answersSeenBy {
        id
        code
      }
      unreachable {
        why
        count
      }
      prospects(unreachable: $unreachable, first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          channel
          unreachable
          wave
          organization {
            code
          }
          person {
            id
            name
          }
        }
      }
    }
  }
`);
