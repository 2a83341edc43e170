import { expect, test } from "vitest";

import type { Account } from "./documents";
import { grantFor, sameScopes, takable } from "./grants";
import { fieldsFor } from "./refusals";

const hfd = { id: "1", code: "HFD", name: "Harbor Fire" };
const account: Account = {
  id: "a",
  login: "a",
  name: "A",
  person: null,
  enabled: true,
  linked: false,
  grants: [
    { organization: hfd, scopes: ["READ"] },
    { organization: null, scopes: ["READ", "OPERATE"] },
  ],
};

test("what an account may do for whom, the hub as a whole included", () => {
  expect(grantFor(account, "1")).toEqual(["READ"]);
  expect(grantFor(account, null)).toEqual(["READ", "OPERATE"]);
  expect(grantFor(account, "2")).toEqual([]);
});

test("an administrator takes away what is for the own organization alone", () => {
  expect(takable(account, { operates: false, own: hfd })).toEqual([hfd]);
  expect(takable(account, { operates: true, own: null })).toEqual([hfd, null]);
});

test("the same rights are the same in any order", () => {
  expect(sameScopes(["READ", "WRITE"], ["WRITE", "READ"])).toBe(true);
  expect(sameScopes(["READ"], ["WRITE", "READ"])).toBe(false);
});

test("a refusal shows at the field that it names", () => {
  const refused = (code: string, field: string) => ({
    kind: "refused" as const,
    refusal: { code, message: "", values: [{ name: "field", value: field }] },
  });
  expect(fieldsFor(null)["LOGIN_TAKEN"]).toBe("login");
  expect(fieldsFor(refused("TEXT_TOO_LONG", "name"))["TEXT_TOO_LONG"]).toBe("name");
  expect(fieldsFor(refused("TEXT_TOO_LONG", "login"))["TEXT_TOO_LONG"]).toBe("login");
});
