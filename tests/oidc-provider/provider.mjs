// A real OpenID provider on loopback, for one client. Whoever is named by `POST /be/NAME` is logged
// in there without being asked; that is the only thing about it that is not real.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [redirect, secret] = process.argv.slice(2);
const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
let who = "nobody";

const provider = new Provider(issuer, {
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

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (request.url.startsWith("/be/")) {
    who = request.url.slice("/be/".length);
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    await provider.interactionFinished(request, response, { login: { accountId: who } });
  } else {
    answer(request, response);
  }
});
console.log(issuer);
