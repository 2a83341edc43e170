/** How events become the picture. Pure, so that its laws can be tested. */
import type { PictureChangesSubscription } from "../generated/graphql";

export type Changes = PictureChangesSubscription["copChanges"];
export type Item = Changes["added"][number];
export type IncidentItem = Extract<Item, { __typename: "Incident" }>;
export type SignalItem = Extract<Item, { __typename: "Signal" }>;
export type ResourceItem = Extract<Item, { __typename: "Resource" }>;
export type RequestItem = Extract<Item, { __typename: "ResourceRequest" }>;

/** What many events come to: of each record only how it looks after the last of them. */
export interface Diff {
  /** Records as they are now, by id. */
  put: ReadonlyMap<string, Item>;
  removed: ReadonlySet<string>;
}

/** Carries events together, in their order. */
export function carryTogether(events: readonly Changes[]): Diff {
  const put = new Map<string, Item>();
  const removed = new Set<string>();
  for (const event of events) {
    for (const item of [...event.added, ...event.updated]) {
      put.set(item.id, item);
      removed.delete(item.id);
    }
    for (const { id } of event.removed) {
      put.delete(id);
      removed.add(id);
    }
  }
  return { put, removed };
}

/**
 * Carries out a diff on the records, in place: copying 20,000 of them many times a second would
 * keep the collector of garbage busy. Tells whether anything changed.
 */
export function carryOut(items: Map<string, Item>, { put, removed }: Diff): boolean {
  for (const id of removed) items.delete(id);
  for (const [id, item] of put) items.set(id, item);
  return put.size > 0 || removed.size > 0;
}

/** What differs between two whole pictures, for a client whose cursor is of no use any more. */
export function difference(before: ReadonlyMap<string, Item>, now: readonly Item[]): Diff {
  const put = new Map(now.map((item) => [item.id, item]));
  const removed = new Set([...before.keys()].filter((id) => !put.has(id)));
  return { put, removed };
}
