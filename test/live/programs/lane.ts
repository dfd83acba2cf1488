// Scenes of lane.test.ts. The store's server stands in this process, so pages are loaded, not touched.
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { openStore, type Pager, type Region } from '../../../src/index.js';
import { type LaneProxy, type Spoil, startLaneProxy } from '../../support/servers/lane-proxy.js';
import { failure, hands, perform, say } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const PAGES = 64;

interface Stand {
  pager: Pager;
  region: Region;
  proxy: LaneProxy;
}

async function stand(port: number, more: { storePatienceMs?: number; query?: string } = {}): Promise<Stand> {
  const proxy = await startLaneProxy(port);
  const { query = '', ...options } = more;
  const pager = await createPager({ residentLimit: '1MiB', readahead: 'off', ...options });
  const region = await pager.map({
    byteLength: PAGES * PAGE,
    store: openStore(`redis://127.0.0.1:${proxy.port}${query}`),
  });
  const bytes = new Uint8Array(region.buffer);
  for (let page = 0; page < PAGES; page++) bytes.fill(page + 1, page * PAGE, (page + 1) * PAGE);
  await region.evict();
  return { pager, region, proxy };
}

/** Loads pages, which are then evicted again. @throws if they are not what was written */
async function read(region: Region, first: number, count: number): Promise<void> {
  await region.load(first * PAGE, count * PAGE);
  const bytes = new Uint8Array(region.buffer);
  for (let at = first * PAGE; at < (first + count) * PAGE; at++) {
    if (bytes[at] !== Math.floor(at / PAGE) + 1) throw new Error(`byte ${at} is ${bytes[at]}`);
  }
  await region.evict();
}

/** Resolves once pages come over the lane. */
async function laneUp({ region, proxy }: Stand): Promise<void> {
  proxy.spoil = undefined;
  for (;;) {
    const { laneReads } = region.stats().store;
    await read(region, 0, 2);
    if (region.stats().store.laneReads >= laneReads + 2) return;
    await sleep(20);
  }
}

const bulk = `$${PAGE}\r\n`;
const text =
  (from: string | RegExp, to: string): Spoil =>
  (reply, socket) =>
    void socket.write(Buffer.from(reply.toString('latin1').replace(from, to), 'latin1'));
const instead =
  (what: string): Spoil =>
  (_reply, socket) =>
    void socket.write(what);
const cut =
  (at: (length: number) => number): Spoil =>
  (reply, socket) =>
    void socket.end(reply.subarray(0, at(reply.length)));

/** Replies that are not what was asked for; the pages are then read by the client. */
const SPOILT: Record<string, Spoil> = {
  'no such key': instead('$-1\r\n'),
  'an empty string': instead('$0\r\n\r\n'),
  'a byte less': text(bulk, `$${PAGE - 1}\r\n`),
  'a byte more': text(bulk, `$${PAGE + 1}\r\n`),
  'a huge number': text(bulk, '$99999999999999999999999999\r\n'),
  'a length without an end': text(bulk, `$${'4'.repeat(100)}`),
  'a leading zero': text(bulk, '$04096\r\n'),
  'a line end of one byte': text(bulk, `$${PAGE}\n`),
  'an error': instead('-ERR no\r\n'),
  moved: instead('-MOVED 1 127.0.0.1:1\r\n'),
  loading: instead('-LOADING Redis is loading the dataset in memory\r\n'),
  'no permission': instead('-NOPERM this user has no permissions\r\n'),
  'an integer': instead(':4096\r\n'),
  'a verbatim string of RESP3': text(/^\$/, '='),
  'an array too long': text(/^(\*\d+\r\n)?\$/, '*9\r\n$'),
  'no line end after a page': (reply, socket) => {
    const changed = Buffer.from(reply);
    changed[changed.length - 2] = 0x20;
    socket.write(changed);
  },
  'a byte too many': (reply, socket) => void socket.write(Buffer.concat([reply, Buffer.from('x')])),
  'a page twice': (reply, socket) => void socket.write(Buffer.concat([reply, reply])),
  'nothing but the end': cut(() => 0),
  'an end in the length': cut(() => 3),
  'an end after the length': cut((length) => length - PAGE - 2),
  'an end in the page': cut((length) => length - PAGE / 2),
  'an end before the line end': cut((length) => length - 2),
  'an end in the line end': cut((length) => length - 1),
};

await perform({
  async 'spoilt replies'({ port, pages }: { port: number; pages: number }) {
    const on = await stand(port);
    const { region, proxy } = on;
    for (const spoil of Object.values(SPOILT)) {
      const before = proxy.spoilt;
      // A lane may break between two reads where nothing has run for a second.
      while (proxy.spoilt === before) {
        await laneUp(on);
        proxy.spoil = spoil;
        await read(region, 8, pages);
      }
    }
    await laneUp(on);
    const { errors } = region.stats().store;
    await on.pager.close();
    proxy.close();
    return errors;
  },

  async 'a byte at a time'({ port }: { port: number }) {
    const on = await stand(port);
    await laneUp(on);
    const { laneReads } = on.region.stats().store;
    on.proxy.spoil = async (reply, socket) => {
      // Each byte is written alone, and so read alone where the machine is not too busy.
      for (let at = 0; at < reply.length; at++) {
        const isInPage = at % (PAGE + 9) > 16;
        const end = isInPage ? Math.min(at + 512, reply.length) : at + 1;
        socket.write(reply.subarray(at, end));
        at = end - 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await read(on.region, 3, 1);
    await read(on.region, 4, 5);
    const came = on.region.stats().store.laneReads - laneReads;
    await on.pager.close();
    on.proxy.close();
    return came;
  },

  // The server answers everybody but the lane.
  async 'no reply'({ port }: { port: number }) {
    const on = await stand(port);
    await laneUp(on);
    const { laneReads } = on.region.stats().store;
    on.proxy.spoil = () => undefined;
    await read(on.region, 3, 1);
    const { laneReads: after, errors } = on.region.stats().store;
    const asked = on.proxy.spoilt > 0;
    await on.pager.close();
    on.proxy.close();
    return { asked, came: after - laneReads, errors };
  },

  async 'a close while a reply is due'({ port }: { port: number }) {
    const on = await stand(port);
    await laneUp(on);
    let reached = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    on.proxy.spoil = (reply, socket) => {
      socket.write(reply.subarray(0, reply.length / 2));
      reached();
    };
    const loading = failure(() => on.region.load(3 * PAGE, PAGE));
    await asked;
    await on.region.close();
    const { code } = await loading;
    await on.pager.close();
    on.proxy.close();
    return code;
  },

  async 'a process that exits while a reply is due'({ port }: { port: number }) {
    const on = await stand(port);
    await laneUp(on);
    on.proxy.spoil = (reply, socket) => {
      socket.write(reply.subarray(0, 100));
      setImmediate(() => process.exit(7));
    };
    await on.region.load(3 * PAGE, PAGE);
  },

  // Threads fault while the lane's connection is cut again and again, and now and then the server stands still.
  async 'a lane that is cut'({ url, pid }: { url: string; pid: number }) {
    const pager = await createPager({ residentLimit: '1MiB' });
    const region = await pager.map({ byteLength: '4MiB', store: openStore(url) });
    const { buffer } = region;
    const words = buffer.byteLength / 4;
    const shares = [0, 1, 2].map((at) => ({ from: (at * words) / 4, to: ((at + 1) * words) / 4 }));
    const client = createClient({ url, RESP: 2 });
    await client.connect();
    let over = false;
    const done = hands(
      shares.map((share, at) => ({ buffer, does: 'hammer', seed: at + 1, count: 3000, ...share })),
    ).finally(() => {
      over = true;
    });
    let cuts = 0;
    for (; !over || cuts === 0; cuts++) {
      await sleep(20);
      const list = String(await client.sendCommand(['CLIENT', 'LIST']));
      const lane = /^id=(\d+) .*cmd=m?get /m.exec(list)?.[1];
      if (lane !== undefined) await client.sendCommand(['CLIENT', 'KILL', 'ID', lane]);
      if (cuts % 20 !== 19) continue;
      process.kill(pid, 'SIGSTOP');
      await sleep(30);
      process.kill(pid, 'SIGCONT');
    }
    await done;
    const { laneReads, reads } = region.stats().store;
    client.destroy();
    await pager.close();
    return { came: laneReads > 0, asked: reads > laneReads };
  },

  // Stopped, the server keeps its connections and answers nobody.
  async 'a stopped server'({ url, pid }: { url: string; pid: number }) {
    const pager = await createPager({ residentLimit: '1MiB', readahead: 'off', storePatienceMs: 1500 });
    const region = await pager.map({ byteLength: PAGES * PAGE, store: openStore(url) });
    const bytes = new Uint8Array(region.buffer);
    for (let page = 0; page < PAGES; page++) bytes.fill(page + 1, page * PAGE, (page + 1) * PAGE);
    await region.evict();
    await read(region, 0, 4);
    const { laneReads } = region.stats().store;
    process.kill(pid, 'SIGSTOP');
    const { code, message } = await failure(() => region.load(8 * PAGE, PAGE));
    process.kill(pid, 'SIGCONT');
    for (;;) {
      const before = region.stats().store.laneReads;
      await read(region, 8, 4);
      if (region.stats().store.laneReads >= before + 4) break;
      await sleep(20);
    }
    await pager.close();
    return { laneReads, code, message };
  },

  async 'a page that is gone'({ url }: { url: string }) {
    const pager = await createPager({ residentLimit: '1MiB', readahead: 'off' });
    const region = await pager.map({ byteLength: PAGES * PAGE, source: openStore(`${url}?prefix=gone:`) });
    // The lane may be a moment late: pages that are asked for before it is open go to the client.
    for (let page = 5; region.stats().store.laneReads === 0; page++) await region.load(page * PAGE, PAGE);
    say('delete it');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.destroy();
    const outcome = await failure(() => region.load(3 * PAGE, PAGE));
    const { lanes, laneReads } = region.stats().store;
    await region.load(4 * PAGE, PAGE);
    await pager.close();
    return { outcome, lanes, laneReads };
  },

  async 'on or off'({ url }: { url: string }) {
    const found = [];
    for (const [query, core] of [
      ['', 'native'],
      ['?lane=off', 'native'],
      ['', 'v8'],
    ] as const) {
      const pager = await createPager({ residentLimit: '1MiB', core, faults: 'auto' });
      const region = await pager.map({ byteLength: PAGES * PAGE, store: openStore(`${url}${query}`) });
      new Uint8Array(region.buffer).fill(9);
      await region.evict();
      await region.load(0, PAGES * PAGE);
      const { reads, lanes, laneReads } = region.stats().store;
      found.push({ reads, lanes, laneReads });
      await pager.close();
    }
    return found;
  },
});
