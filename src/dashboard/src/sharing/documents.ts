/** What is asked about sharing, and the commands that change it. */
import { graphql } from "../api/generated";
import type { AgreementFactsFragment, TermFactsFragment } from "../api/generated/graphql";

export type AgreementFacts = AgreementFactsFragment;
export type TermFacts = TermFactsFragment;

graphql(`
  fragment TermFacts on Term {
    records
    groups
    gives {
      id
      code
      name
    }
    receives {
      id
      code
      name
    }
    kinds {
      code
      name
    }
    these
    area
    exercise
    place
    time
    onward
    passesOn
    tellsWithheld
    upTo
  }
`);

graphql(`
  fragment AgreementFacts on Agreement {
    id
    title
    purpose
    standing
    starts
    ends
    changedAt
    inWords
    proposedBy {
      id
      code
    }
    parties {
      id
      code
      name
    }
    signatures {
      at
      by
      organization {
        id
        code
      }
    }
    ended {
      at
      by
      reason
      organization {
        id
        code
      }
    }
    terms {
      ...TermFacts
    }
  }
`);

export const AgreementsList = graphql(`
  query AgreementsList {
    agreements(first: 100) {
      totalCount
      nodes {
        ...AgreementFacts
      }
    }
  }
`);

export const IncidentNumber = graphql(`
  query IncidentNumber($id: ID!) {
    incident(id: $id) {
      id
      number
    }
  }
`);

export const AgreementCedar = graphql(`
  query AgreementCedar($id: ID!) {
    agreement(id: $id) {
      id
      cedar
    }
  }
`);

export const Directory = graphql(`
  query SharingDirectory {
    organizations(first: 200) {
      nodes {
        id
        code
        name
        jurisdiction
      }
    }
    hazardKinds {
      code
      name
      parent {
        code
      }
    }
  }
`);

graphql(`
  fragment SightFacts on Sight {
    organization {
      id
      code
    }
    record {
      id
      kind
      name
    }
    gained
    lost
    placeBefore
    placeAfter
    timeBefore
    timeAfter
  }
`);

graphql(`
  fragment TrialFacts on Simulation {
    gains
    losses
    refusal {
      ...Refused
    }
    sights {
      ...SightFacts
    }
  }
`);

export const TryProposal = graphql(`
  query TryProposal($propose: AgreementInput!) {
    simulate(propose: $propose) {
      ...TrialFacts
    }
  }
`);

export const TryEnding = graphql(`
  query TryEnding($end: ID!) {
    simulate(end: $end) {
      ...TrialFacts
    }
  }
`);

export const ProposeAgreement = graphql(`
  mutation ProposeAgreement($input: ProposeAgreementInput!) {
    proposeAgreement(input: $input) {
      agreement {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const SignAgreement = graphql(`
  mutation SignAgreement($input: SignAgreementInput!) {
    signAgreement(input: $input) {
      agreement {
        id
        standing
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const EndAgreement = graphql(`
  mutation EndAgreement($input: EndAgreementInput!) {
    endAgreement(input: $input) {
      agreement {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
