import { expect, test } from "vitest";

import type { Account, Person } from "./documents";
import { findAccounts, findPersons, loginFor } from "./find";

const hfd = { id: "1", code: "HFD", name: "Harbor Fire" };
const water = { id: "2", code: "WATER", name: "Harbor Water" };

const account = (name: string, more: Partial<Account> = {}): Account => ({
  id: name,
  login: loginFor(name),
  name,
  person: null,
  enabled: true,
  linked: false,
  grants: [{ organization: hfd, scopes: ["READ"] }],
  ...more,
});
const accounts = [
  account("Zoe Park", { grants: [{ organization: water, scopes: ["READ"] }] }),
  account("Bea Out", { enabled: false }),
  account("Ana Ruíz", { person: "p" }),
];
const nobody = () => null;
const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);

test("those who get in come first, each by name", () => {
  expect(names(findAccounts(accounts, "", nobody))).toEqual(["Ana Ruíz", "Zoe Park", "Bea Out"]);
});

test("an account is found by name, login, organization and person", () => {
  expect(names(findAccounts(accounts, "ruiz", nobody))).toEqual(["Ana Ruíz"]);
  expect(names(findAccounts(accounts, "zoe.p", nobody))).toEqual(["Zoe Park"]);
  expect(names(findAccounts(accounts, "water", nobody))).toEqual(["Zoe Park"]);
  expect(names(findAccounts(accounts, "captain", () => "Captain Ruíz"))).toEqual(["Ana Ruíz"]);
  expect(findAccounts(accounts, "ana zoe", nobody)).toEqual([]);
});

const person = (name: string, until: string | null, more: Partial<Person> = {}): Person => ({
  id: name,
  name,
  forgotten: false,
  memberships: [{ title: "Chief", until, organization: hfd }],
  ...more,
});

test("an organization finds its own present members, whoever runs the hub everybody", () => {
  const persons = [
    person("Cam Lee", null),
    person("Ada Stone", null),
    person("Ben Left", "2020-01-01T00:00:00Z"),
    person("Gone", null, { forgotten: true }),
  ];
  expect(names(findPersons(persons, "", "1"))).toEqual(["Ada Stone", "Cam Lee"]);
  expect(names(findPersons(persons, "chief ada", "1"))).toEqual(["Ada Stone"]);
  expect(findPersons(persons, "", "2")).toEqual([]);
  expect(names(findPersons(persons, "", null))).toEqual(["Ada Stone", "Ben Left", "Cam Lee"]);
});

test("a login is made of a name", () => {
  expect(loginFor("Ana Ruíz Peña")).toBe("ana.ruiz.pena");
  expect(loginFor("  O’Brien, Pat ")).toBe("o.brien.pat");
  expect(loginFor("李")).toBe("");
});
