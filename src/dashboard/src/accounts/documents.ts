/** What is asked about accounts, and the commands that change them. */
import { graphql } from "../api/generated";
import type {
  AccountFactsFragment,
  AccountPersonsQuery,
  TokenFactsFragment,
} from "../api/generated/graphql";

export type Account = AccountFactsFragment;
export type Grant = Account["grants"][number];
export type Scope = Grant["scopes"][number];
export type Token = TokenFactsFragment;
export type Person = AccountPersonsQuery["persons"]["nodes"][number];
export type Organization = NonNullable<Grant["organization"]>;

graphql(`
  fragment AccountFacts on Account {
    id
    login
    name
    person
    enabled
    linked
    grants {
      organization {
        id
        code
        name
      }
      scopes
    }
  }
`);

export const AccountsPart = graphql(`
  query AccountsPart($first: Int!, $after: String) {
    accounts(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...AccountFacts
      }
    }
  }
`);

export const AccountPersons = graphql(`
  query AccountPersons($first: Int!, $after: String) {
    persons(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        forgotten
        memberships {
          title
          until
          organization {
            id
            code
          }
        }
      }
    }
  }
`);

export const AccountOrganizations = graphql(`
  query AccountOrganizations {
    me {
      organization {
        id
        code
        name
      }
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

export const CreateAccount = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        ...AccountFacts
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const CreateSetupLink = graphql(`
  mutation CreateSetupLink($input: AccountInput!) {
    createSetupLink(input: $input) {
      link
      refusal {
        ...Refused
      }
    }
  }
`);

export const GrantOrganization = graphql(`
  mutation GrantOrganization($input: GrantOrganizationInput!) {
    grantOrganization(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const RevokeGrant = graphql(`
  mutation RevokeGrant($input: RevokeGrantInput!) {
    revokeGrant(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const RenameAccount = graphql(`
  mutation RenameAccount($input: RenameAccountInput!) {
    renameAccount(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const DisableAccount = graphql(`
  mutation DisableAccount($input: AccountInput!) {
    disableAccount(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const EnableAccount = graphql(`
  mutation EnableAccount($input: AccountInput!) {
    enableAccount(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const LinkPerson = graphql(`
  mutation LinkPerson($input: LinkPersonInput!) {
    linkPerson(input: $input) {
      account {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);

graphql(`
  fragment TokenFacts on AccessToken {
    id
    label
    account
    scopes
    created
    expires
    revoked
    lastUsed
    organization {
      id
      code
      name
    }
    storedQueries {
      name
    }
  }
`);

export const TokensPart = graphql(`
  query TokensPart($first: Int!, $after: String) {
    tokens(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...TokenFacts
      }
    }
  }
`);

export const IssueToken = graphql(`
  mutation IssueToken($input: IssueTokenInput!) {
    issueToken(input: $input) {
      secret
      token {
        id
        label
        expires
      }
      refusal {
        ...Refused
      }
    }
  }
`);

export const RevokeToken = graphql(`
  mutation RevokeToken($input: RevokeTokenInput!) {
    revokeToken(input: $input) {
      token {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
