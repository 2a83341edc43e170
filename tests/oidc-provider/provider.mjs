// A real OpenID provider on loopback, for one client. Whoever is named by `POST /be/NAME` is logged
// in there without being asked, and `POST /rotate` gives it another key to sign with; those are the
// only things about it that are not real.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [redirect, secret] = process.argv.slice(2);
const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
let who = "nobody";

const key = () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig" };
};

const make = () => new Provider(issuer, {
  jwks: { keys: [key()] },
  clients: [{ client_id: "muster", client_secret: secret, redirect_uris: [redirect] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: async () => ({
      sub,
      email: `${sub}@county.example`,
      email_verified: !sub.startsWith("unverified"),
      preferred_username: sub,
    }),
  }),
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const ids = { clientId: client.clientId, accountId: session.accountId };
    const grant = new ctx.oidc.provider.Grant(ids);
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

let provider = make();
server.on("request", async (request, response) => {
  if (request.url.startsWith("/be/")) {
    who = request.url.slice("/be/".length);
    response.end();
  } else if (request.url === "/rotate") {
    // Sessions and codes stand in the adapter, which all providers of the process share.
    provider = make();
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    await provider.interactionFinished(request, response, { login: { accountId: who } });
  } else {
    provider.callback()(request, response);
  }
});
console.log(issuer);
