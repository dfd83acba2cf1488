// An HTTP service over paged data. A request waits at most three seconds for its page, and no longer than its client does;
// the event loop keeps serving the others. The store of this example does not answer for one page.
//   node examples/service.mjs
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPager } from 'farpage';

const PAGE = 4096;
const PAGES = 4096; // 16 MiB, of which 1 MiB is resident
const PATIENCE = 3000;
const STUCK_PAGE = 7;

const ending = new AbortController();
const source = {
  writable: false,
  async read(pages) {
    await Promise.all(
      pages.map(async ({ page, into }) => {
        if (page === STUCK_PAGE) await sleep(3_600_000, undefined, { signal: ending.signal });
        Buffer.from(into.buffer, into.byteOffset, into.byteLength).fill(`page ${page}\n`);
      }),
    );
  },
  async close() {},
};
const pager = await createPager({ residentLimit: '1MiB', readahead: 'off' });
const region = await pager.map({ byteLength: PAGES * PAGE, source });

async function answer(request, response) {
  const page = Number(request.url.slice(1));
  if (!Number.isInteger(page) || page < 0 || page >= PAGES) return response.writeHead(404).end();
  // A controller and a timer: Node.js 20 may collect an AbortSignal.timeout() inside AbortSignal.any() before it fires.
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), PATIENCE);
  response.on('close', () => ended.abort()); // also when the client leaves early
  try {
    const line = await region.use(page * PAGE, PAGE, (bytes) => Buffer.from(bytes).toString('latin1', 0, 11), {
      signal: ended.signal,
    });
    response.end(line.split('\n')[0]);
  } catch (error) {
    // 'CLOSED' is the code of a call that its signal ended.
    response.writeHead(error.code === 'CLOSED' ? 504 : 500).end(error.code);
  } finally {
    clearTimeout(timer);
  }
}

const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
await once(server, 'listening');
const ask = (page) => fetch(`http://127.0.0.1:${server.address().port}/${page}`);

const stuck = ask(STUCK_PAGE); // asked first: the others do not wait for it
const quick = await Promise.all([1, 200, 4000].map(async (page) => (await ask(page)).text()));
console.log(quick.join(', '));
console.log(`page ${STUCK_PAGE} answers ${(await stuck).status}, page ${PAGES} ${(await ask(PAGES)).status}`);

server.close();
server.closeAllConnections();
ending.abort();
await pager.close();
