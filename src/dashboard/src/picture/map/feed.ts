/** Tells a map what to add and remove, and nothing else. Pure but for what it remembers. */
import type { Item } from "../../api/picture/reduce";
import { ages, areaFeature, pointFeature, type AreaFeature, type PointFeature } from "./features";

export interface SourceDiff<F> {
  add: F[];
  remove: string[];
}

export interface MapDiff {
  points: SourceDiff<PointFeature>;
  areas: SourceDiff<AreaFeature>;
}

/** What is to be drawn, and how. */
export interface Drawn {
  wanted: (item: Item) => boolean;
  /** The ids of records whose areas are. */
  areas: ReadonlySet<string>;
  now: number;
  military: boolean;
}

export class Feed {
  /** What is drawn, by id, written down so that the same is not sent again. */
  readonly #points = new Map<string, string>();
  readonly #areas = new Map<string, string>();

  /** What is to change so that the map shows the records with these ids as they are now. */
  update(
    ids: Iterable<string>,
    items: ReadonlyMap<string, Item>,
    { wanted, areas, now, military }: Drawn,
  ): MapDiff {
    const diff: MapDiff = { points: { add: [], remove: [] }, areas: { add: [], remove: [] } };
    for (const id of ids) {
      const found = items.get(id);
      const item = found && wanted(found) ? found : null;
      settle(id, item && pointFeature(item, now, military), this.#points, diff.points);
      settle(id, item && areas.has(id) ? areaFeature(item) : null, this.#areas, diff.areas);
    }
    return diff;
  }

  /** The ids of everything that is or may come on the map. */
  everything(items: ReadonlyMap<string, Item>): Set<string> {
    return new Set([...items.keys(), ...this.#points.keys(), ...this.#areas.keys()]);
  }

  /** The ids of what looks different as time goes by. */
  aging(items: ReadonlyMap<string, Item>): string[] {
    return [...this.#points.keys()].filter((id) => {
      const item = items.get(id);
      return item !== undefined && ages(item);
    });
  }
}

export function isEmpty({ add, remove }: SourceDiff<unknown>): boolean {
  return add.length === 0 && remove.length === 0;
}

function settle<F extends PointFeature | AreaFeature>(
  id: string,
  feature: F | null,
  drawn: Map<string, string>,
  diff: SourceDiff<F>,
): void {
  if (feature === null) {
    if (drawn.delete(id)) diff.remove.push(id);
    return;
  }
  const written = JSON.stringify([feature.geometry, feature.properties]);
  if (drawn.get(id) === written) return;
  drawn.set(id, written);
  diff.add.push(feature);
}
