// A browser with its push service, and a receiver of webhooks. Says on one line of JSON where it
// listens and what the subscription is, then one line for each request: what it understood of it.
// A line of its input is the secret of its webhook from then on.
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import ece from 'http_ece';
import { Webhook } from 'standardwebhooks';

const browser = createECDH('prime256v1');
const publicKey = browser.generateKeys();
const auth = randomBytes(16);

let secret;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

// RFC 8292: the claims of the one who pushes, if the signature is by the key beside it.
function claims(authorization) {
  const { t, k } = authorization.match(/^vapid t=(?<t>[\w.-]+), ?k=(?<k>[\w-]+)$/).groups;
  const point = Buffer.from(k, 'base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const [header, payload, signature] = t.split('.');
  const signed = Buffer.from(`${header}.${payload}`);
  const bytes = Buffer.from(signature, 'base64url');
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, bytes)) throw new Error('signature');
  return { ...JSON.parse(Buffer.from(payload, 'base64url')), header: JSON.parse(Buffer.from(header, 'base64url')), k };
}

function pushed(headers, body) {
  const text = ece.decrypt(body, { version: 'aes128gcm', privateKey: browser, authSecret: auth });
  const { ttl, urgency, topic, 'content-encoding': encoding } = headers;
  return { claims: claims(headers.authorization), ttl, urgency, topic, encoding, size: body.length, message: JSON.parse(text) };
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  try {
    if (request.url === '/push') {
      say(pushed(request.headers, body));
      response.writeHead(201, { location: 'https://push.example.net/m/1' });
    } else {
      say({ verified: new Webhook(secret).verify(body.toString(), request.headers) });
      response.writeHead(204);
    }
  } catch (error) {
    say({ error: String(error) });
    response.writeHead(400);
  }
  response.end();
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const keys = { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') };
  say({ port, subscription: { endpoint: `http://127.0.0.1:${port}/push`, expirationTime: null, keys } });
});
createInterface({ input: process.stdin })
  .on('line', (line) => {
    secret = line;
    say({ ready: true });
  })
  // Ends with the one who started it.
  .on('close', () => process.exit());
