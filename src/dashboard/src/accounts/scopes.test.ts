import { expect, test } from "vitest";

import { choices, doubt } from "./scopes";

const fire = { organization: true, operates: false };

test("an administrator is offered what an organization can give", () => {
  expect(choices([], fire)).toEqual(["READ", "WRITE", "INGEST", "ADMINISTER"]);
});

test("what an account has can be taken, also where it could not be given", () => {
  expect(choices(["READ", "BREAK_GLASS"], fire)).toContain("BREAK_GLASS");
});

test("whoever runs the hub gives the glass, and what is for the hub as a whole", () => {
  expect(choices([], { organization: true, operates: true })).toContain("BREAK_GLASS");
  expect(choices([], { organization: false, operates: true })).toContain("AUDIT");
  expect(choices([], { organization: true, operates: true })).not.toContain("OPERATE");
});

test("what cannot be given, or is of no use, is doubted", () => {
  expect(doubt([], false)).toBe("none");
  expect(doubt(["READ", "BREAK_GLASS"], false)).toBe("beyond");
  expect(doubt(["READ", "BREAK_GLASS"], true)).toBeNull();
  expect(doubt(["WRITE"], false)).toBe("blind");
  expect(doubt(["METRICS"], true)).toBeNull();
  expect(doubt(["READ", "WRITE"], false)).toBeNull();
});
