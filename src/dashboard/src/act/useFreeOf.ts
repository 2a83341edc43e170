/** The resources of an organization that can be had. They need not be on the picture. */
import { graphql } from "../api/generated";
import type { FreeResourcesQuery } from "../api/generated/graphql";
import { useAnswer } from "../api/useAnswer";

const FreeResources = graphql(`
  query FreeResources($owner: ID!, $exercise: Boolean!) {
    resources(filter: { owner: $owner, free: true, exercise: $exercise }, first: 200) {
      nodes {
        id
        name
        type
        kind {
          id
          name
        }
      }
    }
  }
`);

export type FreeResource = FreeResourcesQuery["resources"]["nodes"][number];

/** Nothing where no organization is given; `known` tells whether the answer has come. */
export function useFreeOf(
  owner: string | null,
  exercise: boolean,
): { free: readonly FreeResource[]; known: boolean } {
  const { data } = useAnswer(
    FreeResources,
    { owner: owner ?? "", exercise },
    { when: owner !== null },
  );
  return { free: data?.resources.nodes ?? NONE, known: data !== null };
}

const NONE: readonly FreeResource[] = [];
