// Starts GraphiQL for this hub, for whoever has logged in or for a token. A token is kept for as
// long as the tab is open.
"use strict";

const TOKEN = "muster-token";

const QUERY = `# What goes on now. Ctrl-Enter runs it.
# The book on the left has the documentation.
query Picture {
  cop {
    sequence
    counts { incidents signals }
    records(first: 20) {
      nodes {
        __typename
        ... on Incident { id number name status }
        ... on Signal { id headline }
      }
    }
  }
}
`;

const SUBSCRIPTION = `# Each change of the picture, as it happens.
subscription Changes {
  copChanges {
    sequence
    added { __typename ... on Incident { number name status } }
    updated { __typename ... on Incident { number name status } }
    removed { kind id }
  }
}
`;

// Relative, so that the page also works behind a proxy that puts the hub under a path.
const api = new URL("graphql", location.href);
const live = new URL("graphql/ws", location.href);
live.protocol = api.protocol === "https:" ? "wss:" : "ws:";

const root = ReactDOM.createRoot(document.getElementById("graphiql"));
const input = document.getElementById("token");
const organization = document.getElementById("organization");
let csrf;
let socket;

// A new token is a new start: what its owner may see differs, and a connection belongs to one.
function start() {
  const token = input.value.trim();
  const headers = token
    ? { Authorization: `Bearer ${token}` }
    : csrf
      ? { "X-Muster-CSRF": csrf, "Muster-Organization": organization.value }
      : {};
  socket?.dispose();
  socket = graphqlWs.createClient({ url: live.href, connectionParams: headers, lazy: true });
  const fetcher = GraphiQL.createFetcher({ url: api.href, headers, wsClient: socket });
  const defaultTabs = [{ query: QUERY }, { query: SUBSCRIPTION }];
  root.render(React.createElement(GraphiQL, { key: token + organization.value, fetcher, defaultTabs }));
}

input.value = sessionStorage.getItem(TOKEN) ?? "";
input.addEventListener("change", () => {
  sessionStorage.setItem(TOKEN, input.value.trim());
  start();
});
organization.addEventListener("change", start);

// Who has logged in may act for some organizations, and says for which.
async function meet() {
  const reply = await fetch("session");
  document.getElementById("enter").hidden = reply.ok;
  if (!reply.ok) return;
  const session = await reply.json();
  csrf = session.csrf;
  for (const { code, name } of session.organizations) organization.add(new Option(name, code));
  document.getElementById("person").hidden = false;
  document.getElementById("leave").addEventListener("click", async () => {
    await fetch("session", { method: "DELETE", headers: { "X-Muster-CSRF": csrf } });
    location.assign("login");
  });
}

meet().finally(start);
