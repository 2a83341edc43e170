// Runs the audits of the `graphql-http` package against a server and prints one JSON line each.
// Usage: node audit.mjs URL TOKEN
import { serverAudits } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const fetchFn = (address, init = {}) =>
  fetch(address, { ...init, headers: { ...init.headers, authorization } });

for (const audit of serverAudits({ url, fetchFn })) {
  const result = await audit.fn();
  const { name, status, reason } = result;
  console.log(JSON.stringify({ name, status, reason }));
}
