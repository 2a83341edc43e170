/** What people do with a message that stands: launch, release, stop, put right, close, throw away. */
import { graphql } from "../api/generated";

export const LaunchMessage = graphql(`
  mutation LaunchMessage($input: LaunchMessageInput!) {
    launchMessage(input: $input) {
      message {
        ...MessageWhole
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const ReleaseMessage = graphql(`
  mutation ReleaseMessage($input: ReleaseMessageInput!) {
    releaseMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const StopMessage = graphql(`
  mutation StopMessage($input: StopMessageInput!) {
    stopMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const DiscardMessage = graphql(`
  mutation DiscardMessage($input: DiscardMessageInput!) {
    discardMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const CorrectMessage = graphql(`
  mutation CorrectMessage($input: CorrectMessageInput!) {
    correctMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const CloseMessage = graphql(`
  mutation CloseMessage($input: CloseMessageInput!) {
    closeMessage(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const RecordAnswer = graphql(`
  mutation RecordAnswer($input: RecordAnswerInput!) {
    recordAnswer(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
