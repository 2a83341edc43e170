/** Reads a whole picture of another moment or through other eyes, before any of it is shown. */
import { ask, type Answer, type Problem } from "../api/client";
import { graphql } from "../api/generated";
import type { PicturePageQuery } from "../api/generated/graphql";
import { PicturePage } from "../api/picture/documents";
import type { Item } from "../api/picture/reduce";

/** Records a page; the hub's bound on what a request may cost allows about 500. */
const PAGE = 400;

const PictureAsPage = graphql(`
  query PictureAsPage($organization: ID!, $first: Int!, $after: String, $asOf: AsOfInput) {
    pictureAs(organization: $organization, asOf: $asOf) {
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

/** What is read: whose eyes (one's own when null), of what moment (the present when null). */
export interface Wanted {
  organization: string | null;
  at: string | null;
}

type Page = PicturePageQuery["cop"];

/** That an organization is not known any more. */
const UNKNOWN: Problem = { unreached: false, code: "UNKNOWN", message: "" };

async function askPage({ organization, at }: Wanted, after: string | null): Promise<Answer<Page>> {
  const variables = { first: PAGE, after, asOf: at === null ? null : { time: at } };
  if (organization === null) {
    const answer = await ask(PicturePage, variables);
    return answer.problem ? answer : { data: answer.data.cop, problem: null };
  }
  const answer = await ask(PictureAsPage, { organization, ...variables });
  if (answer.problem) return answer;
  const page = answer.data.pictureAs;
  return page ? { data: page, problem: null } : { data: null, problem: UNKNOWN };
}

/**
 * All records, one page after the other; null when it was stopped meanwhile. `progress` is told
 * how many are there and how many there will be.
 */
export async function collect(
  wanted: Wanted,
  stop: AbortSignal,
  progress: (there: number, of: number) => void = () => undefined,
): Promise<Answer<Item[]> | null> {
  const all: Item[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: Answer<Page> = await askPage(wanted, after);
    if (stop.aborted) return null;
    if (answer.problem) return answer;
    const { nodes, totalCount, pageInfo } = answer.data.records;
    all.push(...nodes);
    progress(all.length, totalCount);
    if (!pageInfo.hasNextPage) return { data: all, problem: null };
    after = pageInfo.endCursor ?? null;
  }
}
