/** The status board: what works where, what waits, what comes and what leaves. Pure. */
import type { RoomResourcesQuery } from "../../api/generated/graphql";

type Answer = NonNullable<RoomResourcesQuery["incident"]>;
export type BoardResource = Answer["resources"]["nodes"][number];
export type BoardCommitment = BoardResource["commitments"][number];
export type Box = NonNullable<BoardCommitment["demobilization"]>["boxes"][number];
export type BoardPost = NonNullable<Answer["structure"]>["posts"]["nodes"][number];

export interface Card {
  /** Unique on the board: what is counted can be committed more than once. */
  key: string;
  resource: BoardResource;
  commitment: BoardCommitment;
}

export interface Column {
  key: string;
  kind: "coming" | "waiting" | "working" | "leaving";
  /** What it is called; null for those that have a word of their own. */
  name: string | null;
  post: string | null;
  cards: Card[];
  people: number;
}

/** What is committed to the incident and has not ended. */
export function cardsOf(resources: readonly BoardResource[], incident: string): Card[] {
  return resources.flatMap((resource) =>
    resource.commitments
      .filter((one) => one.incident?.id === incident && one.ended === null)
      .map((commitment) => ({
        key: `${resource.id}:${commitment.number}`,
        resource,
        commitment,
      })),
  );
}

/**
 * What is committed to the incident without more being shown of that. Else whoever looks would take
 * what is on the board for all that is there.
 */
export const beyondBoard = (resources: readonly BoardResource[], incident: string) =>
  resources.filter(({ commitments }) => commitments.every((one) => one.incident?.id !== incident));

/** Where work is done, whether or not somebody works there now. */
const tactical: readonly BoardPost["level"][] = ["DIVISION_GROUP", "TEAM"];

/** The columns: what comes, what waits, a column for each part of the organization, what leaves. */
export function columnsOf(cards: readonly Card[], posts: readonly BoardPost[]): Column[] {
  const coming = column("coming", "coming", null, null);
  const waiting = column("waiting", "waiting", null, null);
  const leaving = column("leaving", "leaving", null, null);
  const working = new Map<string, Column>();
  for (const post of posts) {
    if (tactical.includes(post.level)) {
      working.set(post.id, column(post.id, "working", post.name, post.id));
    }
  }
  for (const card of cards) {
    const { stage, assignedTo } = card.commitment;
    let to = coming;
    if (stage === "DEMOBILIZING") to = leaving;
    else if (stage === "CHECKED_IN" || stage === null) {
      if (assignedTo) {
        // The post may have been dissolved, or have had another name.
        const key = assignedTo.post ?? assignedTo.name;
        to = working.get(key) ?? column(key, "working", assignedTo.name, assignedTo.post);
        working.set(key, to);
      } else to = waiting;
    }
    to.cards.push(card);
    to.people += card.commitment.people ?? 0;
  }
  const parts = [...working.values()].sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));
  return [coming, waiting, ...parts, leaving];
}

function column(
  key: string,
  kind: Column["kind"],
  name: string | null,
  post: string | null,
): Column {
  return { key, kind, name, post, cards: [], people: 0 };
}

/** Those boxes of a check-out that nobody has signed yet. */
export const unsigned = (commitment: BoardCommitment) =>
  commitment.demobilization?.boxes.filter(({ by }) => by === null).map(({ box }) => box) ?? [];
