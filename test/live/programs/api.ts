// Scenes of what a region and a pager owe every Node.js program: events, signals, disposal, warnings.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import {
  attachRegion,
  type PageLostEvent,
  PagerError,
  probe,
  type Region,
  receiveRegion,
  redisStore,
  type Store,
  shareRegion,
} from '../../../src/index.js';
import { failure, perform, until } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;

/** A store of this thread whose answers the test controls. */
function moody() {
  const mood = { read: 'well', write: 'well' };
  const kept = new Map<number, Uint8Array>();
  const be = async (how: string | undefined): Promise<void> => {
    if (how === 'never') await new Promise(() => {});
    if (how === 'fails') throw new Error('the store is away');
  };
  const store: Store = {
    writable: true,
    async read(pages) {
      await be(mood.read);
      for (const { page, into } of pages) into.set(kept.get(page) ?? new Uint8Array(into.length));
    },
    async write(pages) {
      await be(mood.write);
      for (const { page, from } of pages) kept.set(page, from.slice());
    },
    async close() {},
  };
  return { mood, store };
}

async function open(storePatienceMs: number) {
  const { mood, store } = moody();
  const pager = await createPager({ residentLimit: MIB, storePatienceMs, readahead: 'off' });
  const region = await pager.map({ byteLength: 64 * PAGE, store });
  await region.load(0, 64 * PAGE);
  region.view(Uint8Array).fill(9);
  return { mood, pager, region };
}

/** How a call ends whose signal is aborted while it waits. */
async function aborted(call: (signal: AbortSignal) => Promise<unknown>): Promise<[string | undefined, boolean]> {
  const ending = new AbortController();
  const reason = new Error('enough');
  const calling = call(ending.signal);
  calling.catch(() => {});
  setImmediate(() => ending.abort(reason));
  const error = await calling.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return PagerError.is(error) ? [error.code, error.cause === reason] : [String(error), false];
}

await perform({
  async 'a store that is away, and is back'() {
    const warnings: string[] = [];
    process.on('warning', (warning) => warnings.push(String((warning as Error & { code?: string }).code)));
    const { mood, pager, region } = await open(300);
    mood.write = 'fails';
    const fails = once(pager, 'storeError');
    const flushing = failure(() => region.flush());
    const [{ region: of, error }] = (await fails) as [{ region: Region; error: PagerError }];
    const { code } = await flushing;
    mood.write = 'well';
    const recovers = once(pager, 'storeRecovered');
    await region.flush();
    const [{ region: back }] = (await recovers) as [{ region: Region }];
    await until(() => warnings.length > 0);
    await pager.close();
    return [of === region, error.code, error.region, code, back === region, warnings];
  },

  async 'signals end calls that wait for a store'() {
    const { mood, pager, region } = await open(1000);
    await region.evict();
    mood.read = 'never';
    const ends = {
      load: await aborted((signal) => region.load(0, PAGE, { signal })),
      pin: await aborted((signal) => region.pin(8 * PAGE, PAGE, { signal })),
      use: await aborted((signal) => region.use(16 * PAGE, PAGE, () => 0, { signal })),
    };
    mood.read = 'well';
    mood.write = 'never';
    await region.load(32 * PAGE, PAGE);
    region.view(Uint8Array, 32 * PAGE, 1)[0] = 1;
    const flush = await aborted((signal) => region.flush({ signal }));
    mood.write = 'well';
    const now = AbortSignal.abort(new Error('before'));
    const before = [
      await failure(() => region.load(0, PAGE, { signal: now })),
      await failure(() => region.evict(0, PAGE, { signal: now })),
      await failure(() => region.discard(0, PAGE, { signal: now })),
      await failure(() => pager.map({ byteLength: PAGE, signal: now })),
      await failure(() => createPager({ signal: now })),
      await failure(() => region.migrate('tcp://127.0.0.1:1', { signal: now })),
      await failure(() => attachRegion('/nowhere', { signal: now })),
      await failure(() => shareRegion(region, '/nowhere/socket', { signal: now })),
      await failure(() => probe({ signal: now })),
      await failure(() => receiveRegion('tcp://127.0.0.1:0', { signal: now })),
    ].map(({ code }) => code);
    // Not one of those above: the store has been asked for them, and does not answer.
    await region.load(40 * PAGE, PAGE);
    const value = region.view(Uint8Array, 40 * PAGE, 1)[0];
    await until(() => region.stats().pinnedPages === 0);
    await pager.close();
    return { ...ends, flush, before, value };
  },

  async 'a call that the end of its pager overtakes'() {
    // A server that accepts, and never answers.
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connected = once(server, 'connection');
    const pager = await createPager({ residentLimit: MIB });
    const mapping = failure(() => pager.map({ byteLength: MIB, store: redisStore(`redis://127.0.0.1:${port}`) }));
    await connected;
    await pager.close();
    server.close();
    const { code, message } = await mapping;
    const later = await failure(() => pager.map({ byteLength: MIB }));
    return [code, message, later.code, later.message];
  },

  async 'listeners for reclaimed pages come and go'() {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 16 * MIB });
    await region.markVolatile(0, 16 * MIB);
    const bytes = region.view(Uint8Array);
    const fill = async () => {
      for (let at = 0; at < 16 * MIB; at += PAGE) bytes[at] = 1;
      await new Promise((resolve) => setImmediate(resolve));
    };
    await fill();
    const reclaimed = once(region, 'reclaimed');
    await new Promise((resolve) => setImmediate(resolve));
    await fill();
    const [range] = (await reclaimed) as [{ byteLength: number }];
    region.removeAllListeners();
    const again = once(region, 'reclaimed');
    await new Promise((resolve) => setImmediate(resolve));
    await fill();
    await again;
    await pager.close();
    return range.byteLength >= PAGE;
  },

  /** The pager's process outlives the thread that touches: it is another process's. */
  async 'a page is lost that another process waits for'({ path }: { path: string }) {
    const source: Store = {
      writable: false,
      async read() {
        throw Object.assign(new Error('it is gone'), { permanent: true });
      },
      async close() {},
    };
    const pager = await createPager({ engine: 'userfaultfd', residentLimit: MIB, readahead: 'off' });
    await pager.map({ byteLength: PAGE });
    const region = await pager.map({ byteLength: 64 * PAGE, memory: 'shared', source });
    const share = await shareRegion(region, path);
    const order: string[] = [];
    const lost = once(pager, 'pageLost');
    pager.once('pageLost', () => order.push('pageLost'));
    const toucher = spawn(
      process.execPath,
      [process.argv[1] ?? '', 'touch a page of a shared region', JSON.stringify({ path })],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    const [, signal] = (await once(toucher, 'exit').finally(() => order.push('end'))) as [unknown, string];
    const [event] = (await lost) as [PageLostEvent];
    const { code, message, region: number, page, address } = event.error;
    const at = address === region.address + BigInt(7 * PAGE);
    await share.close();
    await pager.close();
    return {
      signal,
      order,
      event: [event.region === region, event.page, event.byteOffset],
      error: [code, message, number, page, at, (event.error.cause as Error).message],
    };
  },

  async 'touch a page of a shared region'({ path }: { path: string }) {
    const region = await attachRegion(path);
    return region.view(Uint8Array)[7 * PAGE];
  },

  async 'shares and attached regions are disposed of'({ path }: { path: string }) {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: MIB, memory: 'shared' });
    // The signal ends the call only; and a share that was ended leaves no file.
    const ending = new AbortController();
    const share = await shareRegion(region, path, { signal: ending.signal });
    ending.abort();
    const late = new AbortController();
    const sharing = failure(() => shareRegion(region, `${path}.late`, { signal: late.signal }));
    late.abort();
    if ((await sharing).code !== 'CLOSED' || existsSync(`${path}.late`)) throw new Error('a share outlived its signal');
    const attached = await attachRegion(path);
    region.view(Uint8Array)[5] = 7;
    const value = attached.view(Uint8Array)[5];
    await attached[Symbol.asyncDispose]();
    const { code } = await failure(() => attached.buffer);
    await share[Symbol.asyncDispose]();
    const there = existsSync(path);
    const gone = await failure(() => attachRegion(path));
    await region[Symbol.asyncDispose]();
    await pager[Symbol.asyncDispose]();
    return { value, code, there, gone: gone.code };
  },
});
