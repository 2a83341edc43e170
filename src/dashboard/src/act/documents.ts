/** What the dialogs of acting ask of the hub and tell it. */
import { graphql } from "../api/generated";

export const ActOptions = graphql(`
  query ActOptions {
    hazardKinds {
      code
      name
    }
    organizations(first: 200) {
      nodes {
        id
        code
        name
      }
    }
  }
`);

export const ResourceKinds = graphql(`
  query ResourceKinds {
    resourceDefinitions {
      id
      version
      name
      unit
    }
  }
`);

export const RequestToAnswer = graphql(`
  query RequestToAnswer($id: ID!) {
    me {
      organization {
        id
      }
    }
    resourceRequest(id: $id) {
      id
      number
      exercise
      quantity
      outstanding
      incidentName
      incidentNumber
      purpose
      priority
      contact
      wantedBy
      specialSupport
      substitutes
      askedBy {
        code
      }
      need {
        definition
        type
      }
      deliverTo {
        name
        point
      }
    }
  }
`);

export const OpenIncident = graphql(`
  mutation OpenIncident($input: OpenIncidentInput!) {
    openIncident(input: $input) {
      incident {
        id
        number
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const DraftResourceRequest = graphql(`
  mutation DraftResourceRequest($input: DraftRequestInput!) {
    draftRequest(input: $input) {
      request {
        id
        number
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const SubmitResourceRequest = graphql(`
  mutation SubmitResourceRequest($input: SubmitRequestInput!) {
    submitRequest(input: $input) {
      request {
        id
        number
        status
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const SendResourceRequest = graphql(`
  mutation SendResourceRequest($input: SendRequestInput!) {
    sendRequest(input: $input) {
      request {
        id
        number
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const OfferResources = graphql(`
  mutation OfferResources($input: MakeOfferInput!) {
    makeOffer(input: $input) {
      offer {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const DeclineResourceRequest = graphql(`
  mutation DeclineResourceRequest($input: DeclineRequestInput!) {
    declineRequest(input: $input) {
      refusal {
        ...Refused
      }
    }
  }
`);

export const WriteJournalNote = graphql(`
  mutation WriteJournalNote($input: WriteNoteInput!) {
    writeNote(input: $input) {
      note {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
