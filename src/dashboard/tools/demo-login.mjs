// Makes accounts with passwords on a demo hub, whose agencies have only tokens at its start.
//
//   muster demo --scenario wildfire --listen 127.0.0.1:8700 > demo.log &
//   node tools/demo-login.mjs demo.log [NAME ...]     # names of agencies; all when none is given
//
// Prints one line an account: the login is that of the agency's person with `@` and the agency in
// lower case; the password is the same for all.
import { readFileSync } from "node:fs";

const PASSWORD = "muster-demo-password";
const [log, ...wanted] = process.argv.slice(2);
const text = readFileSync(log, "utf8");
const hub = /try the API\s+(http:\/\/[^/]+)/.exec(text)[1];
const tokens = [...text.matchAll(/^ {2}(\S+) +(\S+) +[a-z, ]+\n\s+(mstr_\w+)/gm)].map(
  ([, agency, name, token]) => ({ agency, name, token }),
);

async function ask(token, query, variables) {
  const reply = await fetch(`${hub}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await reply.json();
  if (errors) throw new Error(errors[0].message);
  const refusal = Object.values(data)[0]?.refusal;
  if (refusal) throw new Error(refusal.message);
  return data;
}

for (const { agency, name, token } of tokens) {
  const administrator = tokens.find((one) => one.name === `administrator.${agency.toLowerCase()}`);
  if (name.startsWith("administrator.") || !administrator) continue;
  if (wanted.length > 0 && !wanted.includes(agency)) continue;
  const { me } = await ask(token, "{ me { organization { id } } }");
  const { persons } = await ask(token, "{ persons(first: 200) { nodes { id name } } }");
  const full = name.replace(
    /(^|\.)(.)/g,
    (_, dot, letter) => (dot ? " " : "") + letter.toUpperCase(),
  );
  const person = persons.nodes.find((one) => one.name.includes(full))?.id ?? null;
  const login = `${name}@${agency.toLowerCase()}`;
  const input = {
    login,
    name: full,
    organization: me.organization.id,
    person,
    scopes: ["READ", "WRITE", "ADMINISTER"],
  };
  const made = await ask(
    administrator.token,
    "mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } refusal { message } } }",
    { input },
  );
  const link = await ask(
    administrator.token,
    "mutation($input: AccountInput!) { createSetupLink(input: $input) { link refusal { message } } }",
    { input: { account: made.createAccount.account.id } },
  );
  const secret = new URL(link.createSetupLink.link).hash.slice(1);
  const setup = await fetch(`${hub}/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, login, name: full, password: PASSWORD }),
  });
  if (!setup.ok) throw new Error(await setup.text());
  console.log(`${login}  ${PASSWORD}${person ? "" : "  (no person)"}`);
}
