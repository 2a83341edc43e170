// Follows the picture with the `graphql-ws` client and prints one JSON line for each event. After
// a broken connection it resumes by cursor, as an application would.
// Usage: node subscribe.mjs URL TOKEN
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token] = process.argv.slice(2);
const variables = {};
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: `Bearer ${token}` },
  retryAttempts: 100,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
  shouldRetry: () => true,
});
const query = `subscription($after: Sequence) {
  copChanges(after: $after) {
    sequence
    added { ... on Incident { name } ... on Signal { headline } }
    updated { ... on Incident { name status } }
    removed { kind }
  }
}`;
client.subscribe(
  { query, variables },
  {
    next({ data, errors }) {
      if (errors) throw new Error(JSON.stringify(errors));
      // The same object is sent again when the client reconnects.
      variables.after = data.copChanges.sequence;
      console.log(JSON.stringify(data.copChanges));
    },
    error(error) {
      console.error(error);
      process.exit(1);
    },
    complete() {},
  },
);
