/** The posts of a structure as a tree, and who can go where. Pure. */
import type { Capacity, RoomPeopleQuery, RoomStructureQuery } from "../../api/generated/graphql";
import type { Concern } from "../room";

export type Structure = NonNullable<NonNullable<RoomStructureQuery["incident"]>["structure"]>;
export type Post = Structure["posts"]["nodes"][number];
export type Holder = Post["assignments"][number];
export type Person = RoomPeopleQuery["persons"]["nodes"][number];
export type Position = RoomPeopleQuery["positions"][number];

export interface PostNode {
  id: string;
  post: Post;
  children: PostNode[];
  /** What stands out about it. */
  concerns: readonly Concern[];
}

/** In the order of the form: staff of the commander, sections, then down the line. */
const levels: readonly Post["level"][] = [
  "COMMAND",
  "COMMAND_STAFF",
  "SECTION",
  "BRANCH",
  "DIVISION_GROUP",
  "UNIT",
  "TEAM",
  "SINGLE_RESOURCE",
  "SPECIALIST",
];

/** The tree, from the top. A post whose supervisor is not shown stands at the top too. */
export function treeOf(posts: readonly Post[], concerns: readonly Concern[]): PostNode[] {
  const nodes = new Map<string, PostNode>(
    posts.map((post) => [
      post.id,
      {
        id: post.id,
        post,
        children: [],
        concerns: concerns.filter(({ about }) => about?.kind === "POST" && about.id === post.id),
      },
    ]),
  );
  const top: PostNode[] = [];
  for (const node of nodes.values()) {
    const above = node.post.reportsTo ? nodes.get(node.post.reportsTo.id) : undefined;
    (above ? above.children : top).push(node);
  }
  const sort = (siblings: PostNode[]) => {
    siblings.sort(
      (a, b) =>
        levels.indexOf(a.post.level) - levels.indexOf(b.post.level) ||
        a.post.name.localeCompare(b.post.name),
    );
    for (const one of siblings) sort(one.children);
  };
  sort(top);
  return top;
}

/** Whether a post may report to another, as far as the positions say. */
export function mayReportTo(
  post: Pick<Post, "id" | "position">,
  above: Post,
  positions: readonly Position[],
  posts: readonly Post[],
): boolean {
  if (post.id === above.id || isUnder(above, post.id, posts)) return false;
  const position = positions.find(({ code }) => code === post.position);
  return !position || position.anywhere || position.reportsTo.includes(above.position);
}

function isUnder(post: Post, id: string, posts: readonly Post[]): boolean {
  let above = post.reportsTo?.id;
  // A structure is not deeper than it has posts, whatever the hub says.
  for (let n = 0; above !== undefined && n < posts.length; n += 1) {
    if (above === id) return true;
    above = posts.find((one) => one.id === above)?.reportsTo?.id;
  }
  return false;
}

/** In which capacity somebody would be put there first. */
export function capacityFor(post: Post): Capacity {
  if (!post.assignments.some(({ capacity }) => capacity === "PRIMARY")) return "PRIMARY";
  if (post.level === "COMMAND_STAFF") return "ASSISTANT";
  if (["COMMAND", "SECTION", "BRANCH"].includes(post.level)) return "DEPUTY";
  return "TRAINEE";
}

/** The best qualification that somebody has for a position; null when none is recorded. */
export function qualificationFor(
  person: Person,
  position: string,
): Person["qualifications"][number] | null {
  const stages = ["CERTIFIED", "QUALIFIED", "TRAINEE"];
  const usable = person.qualifications.filter(
    (one) => one.position === position && stages.includes(one.status ?? ""),
  );
  usable.sort(
    (a, b) =>
      stages.indexOf(a.status ?? "") - stages.indexOf(b.status ?? "") ||
      (a.type ?? 9) - (b.type ?? 9),
  );
  return usable[0] ?? null;
}

/** The organization that somebody comes for: one's own where they are of it. */
export function organizationOf(
  person: Person,
  own: string | null,
): { id: string; code: string } | null {
  const current = person.memberships.filter(({ until }) => until === null);
  const mine = current.find(({ organization }) => organization.id === own);
  return (mine ?? current[0])?.organization ?? null;
}

/** Those who fit a position first, and of them those who hold nothing. */
export function byFitness(
  people: readonly Person[],
  position: string | null,
  posts: readonly Post[],
): Person[] {
  const busy = new Set(posts.flatMap((post) => post.assignments.map((one) => one.person?.id)));
  const rank = (person: Person) =>
    (position !== null && qualificationFor(person, position) ? 0 : 2) +
    (busy.has(person.id) ? 1 : 0);
  return people
    .filter(({ forgotten }) => forgotten !== true)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** What somebody holds in this structure. */
export const postsOf = (person: string, posts: readonly Post[]): Post[] =>
  posts.filter((post) => post.assignments.some((one) => one.person?.id === person));

/** A name for a new post: the next letter of a division, else the title of its position. */
export function nameFor(position: Position, posts: readonly Post[]): string {
  if (position.code !== "DIVS") return "";
  const taken = new Set(posts.map(({ name }) => name));
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (letter) => `Division ${letter}`);
  return letters.find((name) => !taken.has(name)) ?? "";
}
