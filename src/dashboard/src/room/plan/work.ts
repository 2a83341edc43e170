/** From what a work assignment is put together. Pure. */
import type { RoomWorkChoicesQuery } from "../../api/generated/graphql";
import type { Period } from "./objectives";

type Known = NonNullable<RoomWorkChoicesQuery["incident"]>;
export type Post = NonNullable<Known["structure"]>["posts"]["nodes"][number];
export type Resource = Known["resources"]["nodes"][number];

type Assigned = Period["assignments"][number];

/** Levels whose posts have work of their own to do (ICS 204, blocks 3 to 5). */
const levels = new Set(["BRANCH", "DIVISION_GROUP", "TEAM", "UNIT"]);

/** The posts that could have this assignment: each has one. */
export function postsToWork(
  posts: readonly Post[],
  period: Pick<Period, "assignments">,
  work: Assigned | null,
): Post[] {
  const taken = new Set(
    period.assignments.filter(({ id }) => id !== work?.id).map(({ post }) => post),
  );
  const able = posts.filter(({ id, level }) => levels.has(level) && !taken.has(id));
  return able.sort(
    (a, b) =>
      Number(b.level === "DIVISION_GROUP") - Number(a.level === "DIVISION_GROUP") ||
      a.name.localeCompare(b.name),
  );
}

/** Who leads there. */
export const leaderOf = (post: Post): string | null =>
  post.assignments.find(({ capacity }) => capacity === "PRIMARY")?.name ?? null;

/**
 * The resources with where each of them works in the period; first those of this assignment, then
 * those without any: one stands on exactly one. What has left the incident is not among them.
 */
export function byPlace(
  resources: readonly Resource[],
  period: Pick<Period, "assignments">,
  work: Assigned | null,
): { resource: Resource; at: string | null }[] {
  const placed = resources.map((resource) => {
    const holder = period.assignments.find((one) =>
      one.resources.some(({ id }) => id === resource.id),
    );
    const here = holder !== undefined && holder.id === work?.id;
    return {
      resource,
      at: holder && !here ? holder.place : null,
      rank: here ? 0 : holder ? 2 : 1,
    };
  });
  return placed
    .sort((a, b) => a.rank - b.rank || a.resource.name.localeCompare(b.resource.name))
    .map(({ resource, at }) => ({ resource, at }));
}

/** Those on an assignment that the incident does not have, as far as one sees: they can be taken off. */
export const goneFrom = (resources: readonly Resource[], work: Assigned | null) =>
  (work?.resources ?? []).filter((one) => !resources.some(({ id }) => id === one.id));
