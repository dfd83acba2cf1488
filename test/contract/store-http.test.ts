/** What can go wrong between the HTTP store and its server. */
// budget: 120 s
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { type HttpSpec, httpStore, openHttp } from '../../src/store/http.js';
import { settlesIn } from '../../src/store/http-check.js';
import { retry } from '../../src/store/retry.js';
import { isPermanent } from '../../src/store/store-error.js';
import { within } from '../support/budget.js';
import { freePort, type Server, startNginx, until } from '../support/servers/servers.js';

const PAGE = 4096;
const BUDGET = 30_000;
const test = suite('http store');

const directory = mkdtempSync(path.join(tmpdir(), 'farpage-http-'));
const content = randomBytes(8 * PAGE);
let nginx: Server;

const LOCATIONS = `
  location /noranges/ { alias ${directory}/; max_ranges 0; }
  location /noetag/ { alias ${directory}/; etag off; }
  location /nothing/ { alias ${directory}/; etag off; add_header Last-Modified ""; }
  location /encoded/ { alias ${directory}/; add_header Content-Encoding gzip; }
  location /forbidden/ { return 403; }
  location /busy/ { return 503; }
  location /moved/ { rewrite ^/moved/(.*)$ /$1 redirect; }
  location /round/ { return 302 /round/; }
  location /secret/ { alias ${directory}/; if ($http_authorization != "Basic dXNlcjpwYSBzcw==") { return 401; } }`;

test.before(async () => {
  replace(content);
  nginx = await startNginx({ root: directory, locations: LOCATIONS });
});
test.after(async () => {
  await nginx?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Puts a new file in place, as a deployment does. */
function replace(bytes: Uint8Array, modified?: Date): void {
  const fresh = path.join(directory, 'fresh');
  writeFileSync(fresh, bytes);
  if (modified !== undefined) utimesSync(fresh, modified, modified);
  renameSync(fresh, path.join(directory, 'content.bin'));
}

async function untilSecondBegins(): Promise<void> {
  await sleep(1000 - (Date.now() % 1000) + 20);
}

function specOf(folder: string): HttpSpec {
  return { kind: 'http', url: `${nginx.url}/${folder}content.bin`, headers: {} };
}

function page(byte = 0): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(PAGE)).fill(byte);
}

async function rejection(promise: Promise<unknown>): Promise<PagerError> {
  const error = await within(BUDGET, promise, 'the call').then(
    () => assert.fail('it should have been rejected'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PagerError, String(error));
  return error;
}

for (const folder of ['', 'noetag/', 'moved/']) {
  test(`/${folder}: a file that changes underneath is a permanent error, never a mixture`, async () => {
    replace(content);
    const store = httpStore(`${nginx.url}/${folder}content.bin`);
    const into = page();
    await within(BUDGET, store.read([{ page: 1, into }]), 'reading');
    assert.ok(Buffer.from(into).equals(content.subarray(PAGE, 2 * PAGE)));
    replace(randomBytes(8 * PAGE), new Date(Date.now() + 60_000));
    const error = await rejection(store.read([{ page: 2, into: page() }]));
    assert.equal(error.code, 'STORE_READ');
    assert.match(error.message, /changed underneath/);
    assert.equal(isPermanent(error), true);
    replace(content.subarray(0, PAGE), new Date(Date.now() + 90_000));
    assert.match((await rejection(store.read([{ page: 3, into: page() }]))).message, /changed underneath/);
    await store.close();
  });
}

// nginx makes its ETag of the second of the change and the length, which a hasty deployment keeps.
for (const folder of ['', 'noetag/', 'moved/']) {
  test(`/${folder}: a file replaced within the second in which it was made is noticed`, async () => {
    await untilSecondBegins();
    replace(content);
    const store = await within(BUDGET, openHttp(specOf(folder)), 'opening');
    replace(randomBytes(8 * PAGE));
    assert.match((await rejection(store.read([{ page: 2, into: page() }]))).message, /changed underneath/);
    await store.close();
  });
}

test('a file that is written all the time is refused, and waited for once it is let alone', async () => {
  const writing = setInterval(() => replace(content), 100);
  const error = await rejection(openHttp(specOf(''))).finally(() => clearInterval(writing));
  assert.equal(error.code, 'OPTION');
  assert.match(error.message, /the file is being written/);
  const store = await within(BUDGET, openHttp(specOf('')), 'opening');
  await within(BUDGET, store.read([{ page: 1, into: page() }]), 'reading');
  await store.close();
});

test("the age of an answer counts, and a date ahead of the server's clock is not waited for", () => {
  const pin = { byteLength: 1, etag: '"a"', lastModified: 'Mon, 30 Nov 2026 02:00:00 GMT' };
  const at = (date: string, age?: string) => settlesIn(pin, { date: `Mon, 30 Nov 2026 ${date} GMT`, age });
  assert.deepEqual(
    [at('02:00:00'), at('02:00:01'), at('02:00:02'), at('02:00:00', '1'), at('02:00:00', '7')],
    [1050, 50, 0, 50, 0],
  );
  assert.deepEqual([at('01:59:59'), settlesIn(pin, {})], [0, 0]);
  assert.equal(settlesIn({ ...pin, lastModified: undefined }, { date: pin.lastModified }), 0);
});

test('what cannot be paged from is refused when it is opened, with advice', async () => {
  replace(content);
  const cases: Array<[string, RegExp, RegExp]> = [
    ['noranges/content.bin', /does not answer ranges/, /nginx/],
    ['nothing/content.bin', /neither a strong ETag nor/, /local copy/],
    ['encoded/content.bin', /encoded as gzip/, /encoding/],
    ['missing.bin', /404/, /no such file/],
    ['forbidden/', /403/, /credentials/],
    ['round/', /redirects/, /the file itself/],
  ];
  for (const [where, message, hint] of cases) {
    const store = httpStore(`${nginx.url}/${where}`);
    const error = await rejection(store.read([{ page: 0, into: page() }]));
    assert.equal(error.code, 'OPTION', where);
    assert.match(error.message, message);
    assert.match(error.hint ?? '', hint);
    assert.equal(isPermanent(error), true);
    await store.close();
  }
});

test('an empty file is all zeros', async () => {
  replace(new Uint8Array());
  const store = httpStore(`${nginx.url}/content.bin`);
  const into = page(9);
  await within(BUDGET, store.read([{ page: 0, into }]), 'reading');
  assert.deepEqual(into, page());
  await store.close();
});

test('a busy server is transient', async () => {
  const error = await rejection(httpStore(`${nginx.url}/busy/`).read([{ page: 0, into: page() }]));
  assert.equal(isPermanent(error), false);
});

test('credentials in the URL are sent, and never shown', async () => {
  replace(content);
  const host = `127.0.0.1:${nginx.port}`;
  const right = httpStore(`http://user:pa%20ss@${host}/secret/content.bin?token=hidden`);
  await within(BUDGET, right.read([{ page: 0, into: page() }]), 'reading');
  await right.close();
  const wrong = httpStore(`http://user:wr0ng@${host}/secret/content.bin?token=hidden`);
  const error = await rejection(wrong.read([{ page: 0, into: page() }]));
  assert.match(error.message, /401/);
  assert.ok(!/wr0ng|hidden/.test(`${error.stack}${error.hint}${error.cause}`));
});

test('a server killed and restarted: transient, then the retried read succeeds', async () => {
  replace(content);
  const store = await openHttp({ kind: 'http', url: `${nginx.url}/content.bin`, headers: {} });
  assert.equal(store.byteLength, content.byteLength);
  await nginx.kill('SIGKILL');
  const error = await rejection(store.read([{ page: 0, into: page() }]));
  assert.equal(isPermanent(error), false);
  const into = page();
  let retries = 0;
  const reading = retry(() => store.read([{ page: 5, into }]), {
    onRetry: () => {
      retries++;
    },
  });
  await until(() => retries > 1, 'retries');
  await nginx.restart();
  await within(BUDGET, reading, 'reading again');
  assert.ok(Buffer.from(into).equals(content.subarray(5 * PAGE, 6 * PAGE)));
  await store.close();
});

test('nobody there: a PagerError that says so', async () => {
  const error = await rejection(httpStore(`http://127.0.0.1:${await freePort()}/x`).read([{ page: 0, into: page() }]));
  assert.equal(error.errno, 'ECONNREFUSED');
  assert.match(error.hint ?? '', /check that the server runs/);
});

/** A server of this process: for answers that no real one gives. */
async function withFake(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  body: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await body(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/x`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ETAG = { etag: '"1"' };

test('a body cut short is transient; a body too long, another range and a silent change are not', async () => {
  type Answer = (response: ServerResponse, range: string) => void;
  const cases: Array<[string, boolean, Answer]> = [
    [
      'cut short',
      false,
      (response, range) => {
        response.writeHead(206, { ...ETAG, 'content-range': `${range}/40960`, 'content-length': PAGE });
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'cut short without a length',
      false,
      (response, range) => response.writeHead(206, { ...ETAG, 'content-range': `${range}/40960` }).end('half'),
    ],
    [
      'too long',
      true,
      (response, range) =>
        response.writeHead(206, { ...ETAG, 'content-range': `${range}/40960` }).end(Buffer.alloc(PAGE + 1)),
    ],
    [
      'another range',
      true,
      (response) => response.writeHead(206, { ...ETAG, 'content-range': 'bytes 0-4095/40960' }).end(Buffer.alloc(PAGE)),
    ],
    [
      'another ETag, the condition ignored',
      true,
      (response, range) =>
        response.writeHead(206, { etag: '"2"', 'content-range': `${range}/40960` }).end(Buffer.alloc(PAGE)),
    ],
    [
      'another length',
      true,
      (response, range) =>
        response.writeHead(206, { ...ETAG, 'content-range': `${range}/50000` }).end(Buffer.alloc(PAGE)),
    ],
    ['the whole file', true, (response) => response.writeHead(200, ETAG).end(Buffer.alloc(40_960))],
  ];
  for (const [what, permanent, answer] of cases) {
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      const range = String(request.headers.range).replace('=', ' ');
      if (range === 'bytes 0-0') response.writeHead(206, { ...ETAG, 'content-range': `${range}/40960` }).end('x');
      else answer(response, range);
    };
    await withFake(serve, async (url) => {
      const store = httpStore(url);
      const error = await rejection(store.read([{ page: 3, into: page() }]));
      assert.equal(isPermanent(error), permanent, `${what}: ${error.message}`);
      await store.close();
    });
  }
});

test('pages that lie together are asked for together, up to 1 MiB', async () => {
  const ranges: string[] = [];
  const total = 600 * PAGE;
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers.range)) ?? [];
    if (last !== '0') ranges.push(`${Number(first) / PAGE}-${(Number(last) + 1) / PAGE}`);
    assert.equal(request.headers['accept-encoding'], 'identity');
    const range = `bytes ${first}-${last}/${total}`;
    response.writeHead(206, { ...ETAG, 'content-range': range }).end(Buffer.alloc(Number(last) - Number(first) + 1));
  };
  await withFake(serve, async (url) => {
    const store = httpStore(url);
    const numbers = [...Array.from({ length: 300 }, (_, at) => at), 500, 502, 501];
    await within(BUDGET, store.read(numbers.map((number) => ({ page: number, into: page() }))), 'reading');
    await store.close();
  });
  assert.deepEqual(ranges.sort(), ['0-256', '256-300', '500-503']);
});

/** A link that leads to an address which is good until it is taken back, and to another from then on. */
async function startLink(): Promise<{
  url: string;
  asked: () => number;
  takeBack(): void;
  shut(): void;
  close(): void;
}> {
  let [asked, current, shut] = [0, 0, false];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    if (pathname === '/link') {
      asked++;
      if (shut) response.writeHead(410).end();
      else response.writeHead(302, { location: `/file?signature=${current}` }).end();
    } else if (searchParams.get('signature') !== String(current)) response.writeHead(403).end('run out');
    else {
      // nginx knows ranges and conditions.
      const { range = '', 'if-match': match } = request.headers;
      const headers = { range, ...(match === undefined ? {} : { 'if-match': match }) };
      fetch(`${nginx.url}/content.bin`, { headers }).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `http://127.0.0.1:${address.port}/link`,
    asked: () => asked,
    takeBack: () => void current++,
    shut: () => {
      shut = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('an address that has run out: the link is asked again, once for all, and must lead to the same file', async () => {
  // Old enough for one look: the requests are counted.
  replace(content, new Date(Date.now() - 10_000));
  const link = await startLink();
  const store = httpStore(link.url);
  const read = async (at: number) => {
    const into = page();
    await store.read([{ page: at, into }]);
    assert.deepEqual(Buffer.from(into), content.subarray(at * PAGE, (at + 1) * PAGE));
  };
  await read(0);
  link.takeBack();
  await within(BUDGET, Promise.all([2, 4, 6].map(read)), 'pages behind a new address');
  assert.equal(link.asked(), 2);
  // nginx tells files apart by the second of their change, and by their length.
  replace(randomBytes(8 * PAGE), new Date(Date.now() - 60_000));
  link.takeBack();
  const changed = await rejection(read(5));
  assert.match(changed.message, /changed underneath/);
  assert.equal(isPermanent(changed), true);
  link.shut();
  link.takeBack();
  const refused = await rejection(read(5));
  assert.match(refused.message, /link: the server answered 410/);
  assert.equal(isPermanent(refused), true);
  await store.close();
  link.close();
  replace(content);
});

test('the hint of 403 helps: the link that leads to a signed address in place of the address', async () => {
  const link = await startLink();
  const address = new URL('/file?signature=0', link.url).href;
  const signed = httpStore(address);
  await signed.read([{ page: 0, into: page() }]);
  link.takeBack();
  const error = await rejection(signed.read([{ page: 1, into: page() }]));
  assert.match(error.hint ?? '', /may have run out: take a new one, or give the link that leads to it/);
  await signed.close();
  const linked = httpStore(link.url);
  await linked.read([{ page: 1, into: page() }]);
  await linked.close();
  link.close();
});

test.run();
