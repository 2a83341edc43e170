/** What changed between two pictures, by incident. Pure. */
import type { Item } from "../api/picture/reduce";

/** What is told of a record that changed. */
export type Fact =
  "status" | "lead" | "name" | "place" | "severity" | "state" | "filled" | "marking" | "attention";

export interface FactChange {
  fact: Fact;
  /** As the hub names it; null for none or withheld. Both null where only that it changed is told. */
  from: string | null;
  to: string | null;
}

export interface Entry {
  item: Item;
  what: "new" | "changed" | "gone";
  changes: readonly FactChange[];
}

export interface Group {
  /** The incident that they belong to; null for those that belong to none on the picture. */
  incident: { id: string; name: string; number: string } | null;
  entries: readonly Entry[];
}

/** What changed since the earlier picture: new incidents first, then by how much changed. */
export function since(before: ReadonlyMap<string, Item>, now: ReadonlyMap<string, Item>): Group[] {
  const entries: Entry[] = [];
  for (const item of now.values()) {
    const earlier = before.get(item.id);
    if (!earlier) entries.push({ item, what: "new", changes: [] });
    else {
      const changes = changesOf(earlier, item);
      if (changes.length > 0) entries.push({ item, what: "changed", changes });
    }
  }
  for (const item of before.values()) {
    if (!now.has(item.id)) entries.push({ item, what: "gone", changes: [] });
  }
  const incidents = (id: string) => {
    const item = now.get(id) ?? before.get(id);
    return item?.__typename === "Incident" ? item : null;
  };
  const groups = new Map<string, { incident: Group["incident"]; entries: Entry[] }>();
  for (const entry of entries) {
    const id = incidentOf(entry.item);
    const item = id === null ? null : incidents(id);
    const incident = item && { id: item.id, name: item.name, number: item.number };
    const key = incident?.id ?? "";
    const group = groups.get(key) ?? { incident, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.entries.sort((a, b) => weight(a) - weight(b));
  return [...groups.values()].sort(
    (a, b) =>
      Number(a.incident === null) - Number(b.incident === null) ||
      Number(isNew(b)) - Number(isNew(a)) ||
      b.entries.length - a.entries.length,
  );
}

export function count(groups: readonly Group[]): Record<Entry["what"], number> {
  const counts = { new: 0, changed: 0, gone: 0 };
  for (const { entries } of groups) for (const { what } of entries) counts[what] += 1;
  return counts;
}

const isNew = ({ entries }: Group) =>
  entries.some(({ item, what }) => item.__typename === "Incident" && what === "new");

/** The incident itself first, then what is asked, said, and there. */
const kinds = ["Incident", "ResourceRequest", "Signal", "Resource"];
const whats = ["new", "changed", "gone"];
const weight = ({ item, what }: Entry) => kinds.indexOf(item.__typename) * 10 + whats.indexOf(what);

function incidentOf(item: Item): string | null {
  switch (item.__typename) {
    case "Incident":
      return item.id;
    case "Signal":
      return item.attachments[0]?.incident.id ?? null;
    case "Resource":
      return item.commitments.find(({ ended }) => ended === null)?.incident?.id ?? null;
    case "ResourceRequest":
      return item.incident?.id ?? null;
  }
}

function changesOf(before: Item, now: Item): FactChange[] {
  const [earlier, later] = [factsOf(before), factsOf(now)];
  const changes: FactChange[] = [];
  for (const [fact, to] of Object.entries(later) as [Fact, string | null][]) {
    const from = earlier[fact] ?? null;
    if (from === to) continue;
    changes.push(fact === "place" ? { fact, from: null, to: null } : { fact, from, to });
  }
  return changes;
}

/** What a coordinator wants to know of; positions of resources change all the time, and are not. */
function factsOf(item: Item): Partial<Record<Fact, string | null>> {
  switch (item.__typename) {
    case "Incident":
      return {
        status: item.status,
        lead: item.lead?.code ?? null,
        name: item.name,
        place: item.location === null ? null : JSON.stringify(item.location),
        marking: item.marking,
        attention: String(item.attention.length),
      };
    case "Signal":
      return { severity: item.severity, state: item.state, name: item.headline };
    case "Resource":
      return { status: item.resourceStatus, name: item.name };
    case "ResourceRequest":
      return {
        status: item.requestStatus,
        filled: item.filled === null ? null : `${item.filled}/${item.quantity}`,
      };
  }
}
