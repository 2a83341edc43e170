import { expect, test } from "vitest";

import type { Item } from "../../api/picture/reduce";
import { codeKey, codeOf, codeOfKey } from "./codes";

const record = (part: object) => part as unknown as Item;

test("an incident is unknown, a resource a friend, and a request one that is anticipated", () => {
  const kind = { code: "wildland-fire", category: "FIRE" };
  const fire = { __typename: "Incident", exercise: false, kind };
  expect(codeOf(record(fire))).toBe("EUIPCH---------");
  expect(codeOf(record({ ...fire, exercise: true }))).toBe("EWIPCH---------");
  const engine = { __typename: "Resource", exercise: false, resourceKind: { id: "fire-engine" } };
  expect(codeOf(record(engine))).toBe("EFOPC----------");
  const need = { definition: "ambulance-ground", type: 2 };
  const request = { __typename: "ResourceRequest", exercise: false, need };
  expect(codeOf(record(request))).toBe("EFOAAE---------");
});

test("what no word tells of is drawn by its category", () => {
  const kind = { code: "something-new", category: "GEO" };
  expect(codeOf(record({ __typename: "Incident", exercise: false, kind }))).toBe("EUNPAC---------");
});

test("the name of an image tells the symbol again, and that of another look does not", () => {
  const key = codeKey("EUIPCH---------", true);
  expect(codeOfKey(key)).toEqual({ code: "EUIPCH---------", hollow: true });
  expect(codeOfKey("Incident|flame|alarm|full")).toBeNull();
});
