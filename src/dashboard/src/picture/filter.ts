/** Which part of the picture is shown, the same for list and map. Pure, but for the store. */
import type { Item } from "../api/picture/reduce";
import { createStore } from "../api/store";
import { replacePath } from "../ui/route";
import { kinds, organizationOf, placeNameOf, pointOf, titleOf, type Kind } from "./facts";

export interface Filter {
  /** All of them when empty. */
  kinds: readonly Kind[];
  /** Codes of organizations, or names of senders; all of them when empty. */
  organizations: readonly string[];
  /** Statuses, severities and priorities; all of them when empty. */
  standings: readonly string[];
  text: string;
  reality: "all" | "exercise" | "real";
  /** Only what the map shows. */
  inView: boolean;
}

export const noFilter: Filter = {
  kinds: [],
  organizations: [],
  standings: [],
  text: "",
  reality: "all",
  inView: false,
};

/** How the lists of a filter are called in an address. */
const names = { kinds: "kind", organizations: "org", standings: "is" } as const;

/** West, south, east, north. */
export type Bounds = readonly [number, number, number, number];

/** What the map shows now. */
export const boundsStore = createStore<Bounds | null>(null);

export const filterStore = createStore<Filter>(parseFilter(location.search));

/** Changes the filter; it stands in the address, so that it can be handed on. */
export function setFilter(change: Partial<Filter>): void {
  filterStore.set({ ...filterStore.get(), ...change });
  writeFilter();
}

/** Puts the filter into the address, as after coming back to the page. */
export function writeFilter(): void {
  const search = formatFilter(filterStore.get(), location.search);
  replacePath(location.pathname + (search === "" ? "" : `?${search}`));
}

export function parseFilter(search: string): Filter {
  const params = new URLSearchParams(search);
  const reality = params.get("reality");
  return {
    kinds: kinds.filter((kind) => params.getAll(names.kinds).includes(kind)),
    organizations: params.getAll(names.organizations),
    standings: params.getAll(names.standings),
    text: params.get("q") ?? "",
    reality: reality === "exercise" || reality === "real" ? reality : "all",
    inView: params.has("view"),
  };
}

/** The filter as a part of an address; what else stands there stays. */
export function formatFilter(filter: Filter, search: string): string {
  const params = new URLSearchParams(search);
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][]) {
    params.delete(name);
    for (const value of filter[key]) params.append(name, value);
  }
  const single = {
    q: filter.text,
    reality: filter.reality === "all" ? "" : filter.reality,
    view: filter.inView ? "1" : "",
  };
  for (const [name, value] of Object.entries(single)) {
    if (value === "") params.delete(name);
    else params.set(name, value);
  }
  return params.toString();
}

/** Whether a record fits. Signals are sought by their senders, too. */
export function fits(item: Item, filter: Filter, bounds: Bounds | null): boolean {
  if (filter.kinds.length > 0 && !filter.kinds.includes(item.__typename)) return false;
  if (filter.reality !== "all" && item.exercise !== (filter.reality === "exercise")) return false;
  if (filter.organizations.length > 0) {
    const organization = organizationOf(item);
    if (organization === null || !filter.organizations.includes(organization)) return false;
  }
  if (filter.standings.length > 0) {
    const key = standingKey(item);
    if (key === null || !filter.standings.includes(key)) return false;
  }
  if (filter.inView && bounds !== null && !inside(item, bounds)) return false;
  return filter.text === "" || hasText(item, filter.text);
}

export function standingKey(item: Item): string | null {
  switch (item.__typename) {
    case "Incident":
      return item.status;
    case "Signal":
      return item.severity;
    case "ResourceRequest":
      return item.priority;
    case "Resource":
      return item.resourceStatus;
  }
}

function inside(item: Item, [west, south, east, north]: Bounds): boolean {
  const point = pointOf(item);
  // What has no place on the map is not hidden by where the map looks.
  if (point === null) return true;
  const [x, y] = point;
  return x >= west && x <= east && y >= south && y <= north;
}

function hasText(item: Item, text: string): boolean {
  const number = "number" in item ? item.number : "";
  const kind = item.__typename === "Resource" ? (item.resourceKind?.name ?? "") : "";
  const all = [titleOf(item), number, kind, organizationOf(item) ?? "", placeNameOf(item) ?? ""];
  const where = plain(all.join(" "));
  return plain(text)
    .split(/\s+/)
    .every((part) => where.includes(part));
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
