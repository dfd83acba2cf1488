// Scenes of stores that fail, and of options that are wrong.
import { fileStore, httpStore, memoryStore, moduleStore, openStore, redisStore } from '../../../src/index.js';
import { begun, check, ended, failure, fill, hand, perform, say, until, wordsOf } from './kit.js';
import { createPager } from './variant.js';

const MIB = 2 ** 20;
const STORES = new URL('./stores.js', import.meta.url);

await perform({
  /** The test kills the server and starts it again while this runs. */
  async 'a server that restarts'({ url }: { url: string }) {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 4 * MIB, store: openStore(url) });
    const { buffer } = region;
    const job = { buffer, does: 'fill' as const };
    await ended(hand({ ...job, seed: 1 }));
    say('kill it');
    const done = ended(hand({ ...job, seed: 2 }));
    await until(() => region.stats().store.retries > 2);
    say('start it');
    await done;
    await ended(hand({ ...job, does: 'check', seed: 2 }));
    await region.flush();
    const stats = region.stats();
    await pager.close();
    return stats;
  },

  async 'a server that is gone'({ url, touch }: { url: string; touch: boolean }) {
    const pager = await createPager({ residentLimit: MIB, storePatience: 500, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, store: openStore(url) });
    fill(wordsOf(region), 1);
    await region.evict();
    say('kill it');
    process.stdin.resume();
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.pause();
    if (touch) {
      say('touches');
      say(`value ${wordsOf(region)[7 * 1024]}`);
    }
    const outcome = await failure(() => region.load(0, 4096));
    const again = await failure(() => region.load(0, 4096));
    const stats = region.stats();
    // Its keys cannot be removed any more: that may be said, but everything is closed.
    await pager.close().catch((error: { code: string }) => say(`close: ${error.code}`));
    const { code } = await failure(() => region.load(0, 1));
    return { outcome, again, stats, code };
  },

  async 'a page that is gone'({ thread }: { thread: boolean }) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, source: moduleStore(STORES, { mode: 'gone' }) });
    if (thread) await ended(hand({ buffer: region.buffer, does: 'byte', from: 5 * 1024 }));
    say(`value ${wordsOf(region)[5 * 1024]}`);
  },

  async 'a memory store at its limit'({
    patience,
    discard,
    rest = [0, 0],
  }: {
    patience: number;
    discard?: [number, number];
    rest?: [number, number];
  }) {
    const pager = await createPager({ residentLimit: MIB, storePatience: patience });
    const region = await pager.map({ byteLength: 4 * MIB, store: memoryStore({ limit: 2 * MIB }) });
    const worker = hand({ buffer: region.buffer, does: 'fill', seed: 1 });
    const done = ended(worker);
    done.catch(() => {});
    await begun(worker);
    await until(() => region.stats().store.errors > 0);
    const flush = await failure(() => region.flush());
    say(`flush ${flush.code} ${flush.message}`);
    if (discard === undefined) return done;
    const [from, to] = discard;
    await region.discard(from, to - from);
    say('discarded');
    await done;
    // So much that the store can hold all that is left.
    const [first, end] = rest;
    await region.discard(first, end - first);
    check(wordsOf(region), 1, 0, first / 4);
    check(wordsOf(region), 1, end / 4);
    const stats = region.stats();
    await pager.close();
    return stats;
  },

  async 'a full disk'({ file }: { file: string }) {
    const pager = await createPager({ residentLimit: MIB });
    const region = await pager.map({ byteLength: 8 * MIB, store: fileStore(file) });
    const done = ended(hand({ buffer: region.buffer, does: 'fill', seed: 1 }));
    await until(() => region.stats().store.errors > 2);
    say('make room');
    await done;
    check(wordsOf(region), 1);
    await region.flush();
    const stats = region.stats();
    await pager.close();
    return stats;
  },

  async 'bad options of createPager'({ options }: { options: unknown[] }) {
    const failures = [];
    for (const option of options) failures.push(await failure(() => createPager(option as never)));
    return failures;
  },

  async 'bad options of map'({ folder, http, redis }: { folder: string; http: string; redis: string }) {
    const pager = await createPager({ residentLimit: MIB, storePatience: 200 });
    const byteLength = 4 * MIB;
    const map = (options: unknown) => () => pager.map(options as never);
    const used = memoryStore();
    const file = fileStore(`${folder}/twice`);
    const twice = await pager.map({ byteLength, store: file });
    const attempts: Record<string, () => unknown> = {
      'no length': map({}),
      'length 0': map({ byteLength: 0 }),
      'length -1': map({ byteLength: -1 }),
      'length NaN': map({ byteLength: Number.NaN }),
      'length text': map({ byteLength: '12 parsecs' }),
      'length 2^50': map({ byteLength: 2 ** 50 }),
      'no options': map(undefined),
      'unknown option': map({ byteLength, stor: used }),
      'unknown memory': map({ byteLength, memory: 'glass' }),
      huge: map({ byteLength, memory: 'huge' }),
      'store is text': map({ byteLength, store: 'memory:' }),
      'source is null': map({ byteLength, source: null }),
      'store is {}': map({ byteLength, store: {} }),
      'store without write': map({ byteLength, store: { writable: true, read() {}, close() {} } }),
      'a missing source': map({ byteLength, source: fileStore(`${folder}/missing`, { readOnly: true }) }),
      'a source that is a directory': map({ byteLength, source: fileStore(folder) }),
      'a store that is a directory': map({ byteLength, store: fileStore(folder) }),
      'a store in a missing directory': map({ byteLength, store: fileStore(`${folder}/no/file`) }),
      'a read-only file as store': map({ byteLength, store: fileStore(`${folder}/data`, { readOnly: true }) }),
      'http as store': map({ byteLength, store: httpStore(`${http}/data`) }),
      'http 404': map({ byteLength, source: httpStore(`${http}/missing`) }),
      'http nobody there': map({ byteLength, source: httpStore('http://127.0.0.1:9/x') }),
      'redis nobody there': map({ byteLength, store: redisStore('redis://127.0.0.1:9') }),
      'redis that is http': map({ byteLength, store: redisStore(http.replace('http', 'redis')) }),
      'redis with a wrong password': map({ byteLength, store: redisStore(redis.replace('//', '//me:wrong@')) }),
      'memory as source': map({ byteLength, source: memoryStore() }),
      'a memory store too small': map({ byteLength, store: memoryStore({ compress: false, limit: MIB }) }),
      'a file of two regions': map({ byteLength, store: file }),
      'a module that is not there': map({ byteLength, store: moduleStore(`${folder}/none.mjs`) }),
      'a module without a factory': map({ byteLength, store: moduleStore('data:text/javascript,export const a = 1') }),
      'a module that throws': map({
        byteLength,
        store: moduleStore('data:text/javascript,export default () => { throw new Error("no") }'),
      }),
      'an unknown scheme': () => openStore('ftp://host/file'),
      'an unknown query': () => openStore('memory:?compres=off'),
      'a wrong limit': () => memoryStore({ limit: 'much' }),
    };
    const failures: Record<string, unknown> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      failures[name] = await failure(attempt).catch((error: Error) => ({ message: error.message }));
    }
    const { regions } = pager.stats();
    const region = await pager.map({ byteLength });
    fill(wordsOf(region), 1);
    check(wordsOf(region), 1);
    await twice.close();
    await pager.close();
    return { failures, regions };
  },
});
