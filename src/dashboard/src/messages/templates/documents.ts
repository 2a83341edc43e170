/** What the pages of templates ask of the hub and tell it. */
import { graphql } from "../../api/generated";

export const TemplatesOf = graphql(`
  query TemplatesOf {
    messages(stages: [TEMPLATE], first: 200) {
      nodes {
        id
        templateName
        subject
        priority
        author
        changedAt
      }
    }
  }
`);

export const KeepTemplate = graphql(`
  mutation KeepTemplate($input: KeepMessageTemplateInput!) {
    keepMessageTemplate(input: $input) {
      message {
        id
      }
      refusal {
        ...Refused
      }
    }
  }
`);
