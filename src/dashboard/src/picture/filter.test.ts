import { describe, expect, test } from "vitest";

import type { Item } from "../api/picture/reduce";
import { fits, formatFilter, noFilter, parseFilter, type Filter } from "./filter";
import { listed } from "./order";

const incident = (change: object) =>
  ({
    __typename: "Incident",
    id: "i",
    number: "AHFPD-2026-00001",
    name: "EXERCISE: Quarry Fire",
    exercise: true,
    status: "ACTIVE",
    lead: { code: "AHFPD" },
    owner: null,
    location: { name: "Córdoba Street", point: [-120, 38], perimeter: null },
    ...change,
  }) as Item;
const resource = (change: object) =>
  ({
    __typename: "Resource",
    id: "r",
    name: "Engine 81",
    exercise: false,
    resourceStatus: "AVAILABLE",
    owner: { code: "NFIRE" },
    resourceKind: { name: "Engine, fire" },
    position: null,
    statusPlace: null,
    ...change,
  }) as Item;

test("a filter is the same after it went through an address, and leaves the rest of it alone", () => {
  const filter: Filter = {
    kinds: ["Incident", "Signal"],
    organizations: ["AHFPD", "Weather & Co"],
    standings: ["ACTIVE"],
    text: "quarry fire",
    reality: "exercise",
    inView: true,
  };
  const search = formatFilter(filter, "?item=42&q=old");
  expect(parseFilter(search)).toEqual(filter);
  expect(new URLSearchParams(search).get("item")).toBe("42");
  expect(formatFilter(noFilter, "?q=old&wall=")).toBe("wall=");
});

describe("a record fits", () => {
  const all = (change: Partial<Filter>) => ({ ...noFilter, ...change });

  test("by words in any order, without accents or capitals, in name, number and place", () => {
    expect(fits(incident({}), all({ text: "cordoba QUARRY" }), null)).toBe(true);
    expect(fits(incident({}), all({ text: "00001" }), null)).toBe(true);
    expect(fits(incident({}), all({ text: "ridge" }), null)).toBe(false);
  });

  test("by kind, organization, status and whether it is an exercise", () => {
    expect(fits(incident({}), all({ kinds: ["Signal"] }), null)).toBe(false);
    expect(fits(incident({}), all({ organizations: ["AHFPD"] }), null)).toBe(true);
    expect(fits(incident({ status: null }), all({ standings: ["ACTIVE"] }), null)).toBe(false);
    expect(fits(resource({}), all({ reality: "exercise" }), null)).toBe(false);
  });

  test("by what the map shows, and where it has no place, always", () => {
    const inView = all({ inView: true });
    expect(fits(incident({}), inView, [-121, 37, -119, 39])).toBe(true);
    expect(fits(incident({}), inView, [0, 0, 1, 1])).toBe(false);
    expect(fits(resource({}), inView, [0, 0, 1, 1])).toBe(true);
  });
});

test("the list begins with what presses, sort by sort, then goes by name", () => {
  const items = [
    resource({ id: "1", name: "B" }),
    incident({ id: "2", status: "CONTAINED" }),
    resource({ id: "3", name: "A" }),
    incident({ id: "4" }),
  ];
  expect(listed(items, noFilter, null).map(({ id }) => id)).toEqual(["4", "2", "3", "1"]);
});
