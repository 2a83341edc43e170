/** Keeps the live picture live: reads it, follows it, and resumes after a loss. */
import { ask, type Answer, type Problem } from "../client";
import { socket } from "../connection";
import type {
  PictureChangesSubscription,
  PicturePageQuery,
  PicturePageQueryVariables,
} from "../generated/graphql";
import { askSession } from "../session";
import { PictureChanges, PicturePage } from "./documents";
import type { Picture } from "./picture";
import { difference, type Item } from "./reduce";

/** Records of the first page, which is to be seen soon, and of a later one: about what the hub allows. */
const PAGE_FIRST = 400;
const PAGE = 900;
const WAIT_MS_FIRST = 300;
const WAIT_MS_MAX = 5_000;

/** By this code the hub says that it does not know a cursor: the picture is read anew. */
const CURSOR_USELESS = "BAD_SEQUENCE";

/** Follows the picture until it is told to stop. */
export function followPicture(picture: Picture): () => void {
  const stop = new AbortController();
  void keepFollowing(picture, stop.signal);
  return () => {
    stop.abort();
  };
}

async function keepFollowing(picture: Picture, stop: AbortSignal): Promise<void> {
  let wait = WAIT_MS_FIRST;
  while (!stop.aborted) {
    const before = picture.cursor;
    if (before === null || !picture.complete) await readWhole(picture);
    if (picture.cursor !== null) {
      const code = await subscribe(picture, stop);
      if (code === CURSOR_USELESS) picture.cursor = null;
    }
    wait = picture.cursor === before ? Math.min(wait * 2, WAIT_MS_MAX) : WAIT_MS_FIRST;
    await pause(wait * (0.5 + Math.random() / 2), stop);
  }
}

/** Reads the whole picture, page by page, showing each as it comes. */
export async function readWhole(
  picture: Picture,
  variables: Omit<PicturePageQueryVariables, "first" | "after"> = {},
): Promise<Problem | null> {
  const all: Item[] = [];
  let cursor: string | null = null;
  let after: string | null = null;
  for (;;) {
    const answer: Answer<PicturePageQuery> = await ask(PicturePage, {
      ...variables,
      first: after === null ? PAGE_FIRST : PAGE,
      after,
    });
    if (answer.problem) return answer.problem;
    const cop: PicturePageQuery["cop"] = answer.data.cop;
    const records = cop.records;
    // What changes while the later pages are read is told after the sequence of the first one.
    cursor ??= cop.sequence ?? null;
    all.push(...records.nodes);
    picture.put({ put: new Map(records.nodes.map((item) => [item.id, item])), removed: new Set() });
    const { hasNextPage, endCursor } = records.pageInfo;
    if (!hasNextPage) {
      picture.put(difference(picture.items, all));
      picture.cursor = cursor;
      picture.noteRead(true, all.length);
      return null;
    }
    picture.noteRead(false, records.totalCount);
    after = endCursor ?? null;
  }
}

/** Follows the changes until the connection ends; tells the code of the reason, if it has one. */
function subscribe(picture: Picture, stop: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (code: string | null) => {
      stop.removeEventListener("abort", unsubscribe);
      resolve(code);
    };
    const unsubscribe = socket.subscribe<PictureChangesSubscription>(
      { query: PictureChanges.toString(), variables: { after: picture.cursor } },
      {
        next: ({ data, errors }) => {
          if (data) picture.take(data.copChanges);
          const code = codeOf(errors);
          if (code !== null) end(code);
        },
        error: (why) => {
          // 4403: what the connection was allowed by has ended; perhaps the log-in too.
          if (why instanceof CloseEvent && why.code === 4403) void askSession();
          end(codeOf(why));
        },
        complete: () => {
          end(null);
        },
      },
    );
    stop.addEventListener("abort", unsubscribe, { once: true });
  });
}

function codeOf(errors: unknown): string | null {
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  const extensions = (first as { extensions?: { code?: unknown } } | null)?.extensions;
  return typeof extensions?.code === "string" ? extensions.code : null;
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
