// A table of numbers over HTTP. It moves to another process while clients use it, and no client sees an error.
//   node examples/migrate/service.mjs                            the first one: fills a table
//   node examples/migrate/service.mjs --receive unix:/tmp/move   the other: waits for one
//   curl -X PUT -d 7 $FIRST/5; curl $FIRST/5; curl -X POST "$FIRST/move?to=unix:/tmp/move&service=$OTHER"
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createPager, receiveRegion } from 'farpage';
import { filled, Table } from './table.mjs';

const PAGE = 4096;
const { values: options } = parseArgs({
  options: {
    receive: { type: 'string' },
    entries: { type: 'string', default: '1000000' },
    bytes: { type: 'string', default: '64MiB' },
  },
});

let region;
let table;
let busy = 0; // requests that are at the table
let idle = () => {};
/** While it is not settled whose the table is: the other's address, or null where it is ours after all. */
let held = null;
let moving = false;

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function fill() {
  region = await (await createPager()).map({ byteLength: options.bytes });
  table = new Table(region.buffer);
  for (let key = 1; key <= Number(options.entries); key++) table.set(key, filled(key));
}

async function receive(url, onListening) {
  const received = await receiveRegion(url, { onListening });
  region = received.region;
  table = new Table(region.buffer);
  const { capacity, count } = JSON.parse(Buffer.from(received.state).toString());
  if (table.capacity !== capacity || table.size !== count) throw new Error('another table than was promised');
  say(`has the table of ${count} entries, and fetches what it lacks`);
  received.complete.then(
    (report) => say(`has all of it; ${report.urgentPages} pages came because somebody waited`),
    fail,
  );
}

async function move({ to, service, rounds = 1, bandwidth }) {
  if (moving) throw new Refusal(409, 'it moves already');
  moving = true;
  const ending = new AbortController();
  let settle = () => {};
  let gone = false;
  // It answers once it has the table; where nobody listens we know it before the switch.
  fetch(`${service}/size`).then(
    () => {
      gone = true;
      settle(service);
    },
    (error) => ending.abort(error),
  );
  try {
    const report = await region.migrate(to, {
      rounds: Number(rounds),
      ...(bandwidth && { bandwidth }),
      signal: ending.signal,
      state: async () => {
        held = new Promise((resolve) => {
          settle = resolve;
        });
        if (busy > 0) {
          await new Promise((resolve) => {
            idle = resolve;
          });
        }
        return Buffer.from(JSON.stringify({ capacity: table.capacity, count: table.size }));
      },
    });
    await region.close();
    say('has sent all of it');
    return JSON.stringify(report);
  } catch (error) {
    // Once the other has answered, our copy is the older one: better no answer than that.
    if (!gone) {
      moving = false;
      held = null;
      settle(null);
    }
    throw error;
  }
}

async function atTable({ method, url }, body) {
  busy++;
  try {
    if (url === '/size') return String(table.size);
    const key = checkWord(url.slice(1), 1);
    await region.load(table.pageOf(key), PAGE); // others are served meanwhile
    if (method === 'PUT') table.set(key, checkWord(body, 0));
    const value = table.get(key);
    if (value === undefined) throw new Refusal(404, `nothing at ${key}`);
    return String(value);
  } finally {
    busy--;
    if (busy === 0) idle();
  }
}

function checkWord(text, least) {
  const word = text === '' ? Number.NaN : Number(text);
  if (Number.isInteger(word) && word >= least && word < 2 ** 32) return word;
  throw new Refusal(400, `'${text}' is not a number from ${least} to ${2 ** 32 - 1}`);
}

async function answer(request, response) {
  const body = await text(request);
  const { pathname, searchParams } = new URL(request.url, 'http://service');
  if (request.method === 'POST' && pathname === '/move') {
    response.end(await move(Object.fromEntries(searchParams)));
    return;
  }
  // No await between the check of `held` and `busy++`: the stop waits for every request that gets through.
  while (held !== null) {
    const there = await held;
    if (there !== null) return forward(there, request, body, response);
  }
  response.setHeader('served-by', process.pid);
  response.end(await atTable(request, body));
}

async function forward(there, { method, url }, body, response) {
  const answered = await fetch(there + url, { method, ...(body !== '' && { body }) });
  response.writeHead(answered.status, { 'served-by': answered.headers.get('served-by'), 'moved-to': there });
  response.end(await answered.text());
}

function say(what) {
  console.log(`pid ${process.pid} ${what}`);
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    response.writeHead(error.status ?? 500).end(`${error.message}\n`);
  });
});

// The process that started it is gone.
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => process.exit(0));

try {
  if (options.receive === undefined) {
    await fill();
    say(`has a table of ${table.size} entries`);
    listen();
  } else {
    let received = () => {};
    held = new Promise((resolve) => {
      received = resolve;
    });
    await receive(options.receive, listen);
    held = null;
    received(null);
  }
} catch (error) {
  fail(error);
}

function listen() {
  server.listen(0, '127.0.0.1', () => say(`listens at http://127.0.0.1:${server.address().port}`));
}
