/** What a proposal would show beside what agreements in force show already. Pure. */
import type {
  FieldGroup,
  PlacePrecision,
  ShareableRecord,
  TimePrecision,
} from "../api/generated/graphql";
import { places, times } from "./draft";

/** A term as far as it is compared; organizations by their codes. */
export interface Compared {
  gives: readonly string[];
  receives: readonly string[];
  records: readonly ShareableRecord[];
  groups: readonly FieldGroup[];
  place: PlacePrecision;
  time: TimePrecision;
  /** Whether it is limited to some incidents, kinds, an area, or to exercises or real events. */
  limited: boolean;
}

/** What some givers would show some receivers of some records. */
export interface Difference {
  gives: readonly string[];
  receives: readonly string[];
  records: readonly ShareableRecord[];
  /** Groups that the proposal adds. */
  more: readonly FieldGroup[];
  /** Groups that are shown already. */
  already: readonly FieldGroup[];
  /** How exactly places would be shown, where that is finer than now. */
  finerPlace: PlacePrecision | null;
  finerTime: TimePrecision | null;
  /** Whether what is shown already is so only within limits: within them it may be less. */
  limited: boolean;
}

type Delta = Omit<Difference, "gives" | "receives" | "records">;

export function compare(inForce: readonly Compared[], proposed: readonly Compared[]): Difference[] {
  const cells: Difference[] = [];
  for (const term of proposed) {
    for (const giver of term.gives) {
      for (const receiver of term.receives) {
        if (giver === receiver) continue;
        for (const record of term.records) {
          const now = inForce.filter(
            (one) =>
              one.gives.includes(giver) &&
              one.receives.includes(receiver) &&
              one.records.includes(record),
          );
          const delta = deltaOf(now, term);
          cells.push({ gives: [giver], receives: [receiver], records: [record], ...delta });
        }
      }
    }
  }
  const byReceivers = together(cells, "receives");
  return together(together(byReceivers, "gives"), "records");
}

function deltaOf(now: readonly Compared[], term: Compared): Delta {
  const shown = new Set(now.flatMap((one) => one.groups));
  const finest = <P>(scale: readonly P[], group: FieldGroup, of: (one: Compared) => P) =>
    Math.min(
      ...now.filter((one) => one.groups.includes(group)).map((one) => scale.indexOf(of(one))),
    );
  const placeNow = finest(places, "PLACE", (one) => one.place);
  const timeNow = finest(times, "HISTORY", (one) => one.time);
  const both = (group: FieldGroup) => shown.has(group) && term.groups.includes(group);
  return {
    more: term.groups.filter((group) => !shown.has(group)),
    already: term.groups.filter((group) => shown.has(group)),
    finerPlace: both("PLACE") && places.indexOf(term.place) < placeNow ? term.place : null,
    finerTime: both("HISTORY") && times.indexOf(term.time) < timeNow ? term.time : null,
    limited: now.length > 0 && now.every((one) => one.limited),
  };
}

/** Puts together what differs in nothing but one of its lists. */
function together(
  rows: readonly Difference[],
  list: "gives" | "receives" | "records",
): Difference[] {
  const merged = new Map<string, Difference>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, [list]: null });
    const other = merged.get(key);
    const joined = other ? [...new Set([...other[list], ...row[list]])] : row[list];
    merged.set(key, { ...row, [list]: joined });
  }
  return [...merged.values()];
}

/** Whether it would change nothing. */
export const isNothing = ({ more, finerPlace, finerTime, limited }: Difference): boolean =>
  more.length === 0 && finerPlace === null && finerTime === null && !limited;
