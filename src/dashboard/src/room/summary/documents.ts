/** What the summary asks and orders. */
import { graphql } from "../../api/generated";

export const RoomSummary = graphql(`
  query RoomSummary($id: ID!) {
    incident(id: $id) {
      id
      parent {
        id
        number
        name
        status
      }
      parts {
        id
        number
        name
        status
      }
      duplicates {
        id
        number
        name
        status
      }
      signals {
        reason
        rule
        since
        signal {
          id
          headline
          severity
          state
        }
      }
    }
  }
`);

export const RoomChangeStatus = graphql(`
  mutation RoomChangeStatus($input: ChangeStatusInput!) {
    changeStatus(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomReopen = graphql(`
  mutation RoomReopen($input: ReopenIncidentInput!) {
    reopenIncident(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomAssess = graphql(`
  mutation RoomAssess($input: AssessComplexityInput!) {
    assessComplexity(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomChangeLead = graphql(`
  mutation RoomChangeLead($input: ChangeLeadInput!) {
    changeLead(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomWriteNote = graphql(`
  mutation RoomWriteNote($input: WriteNoteInput!) {
    writeNote(input: $input) {
      refusal {
        ...Refused
      }
      note {
        id
      }
    }
  }
`);

export const RoomSetParent = graphql(`
  mutation RoomSetParent($input: SetParentInput!) {
    setParent(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomMerge = graphql(`
  mutation RoomMerge($input: MergeIncidentInput!) {
    mergeIncident(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomUnmerge = graphql(`
  mutation RoomUnmerge($input: UnmergeIncidentInput!) {
    unmergeIncident(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const RoomOrganizations = graphql(`
  query RoomOrganizations {
    organizations(first: 200) {
      nodes {
        id
        code
        name
      }
    }
  }
`);
