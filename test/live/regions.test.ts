// budget: 300 s
// parts: 2
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, engine trap faults loop, memory shared, host v8, faults inline
// covers: assembly/, native/engine/, native/kernel/, src/loop/, src/pager/, src/core/
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PagerStats, RegionStats } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { startNginx, startRedis, startRedisCluster } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';
import { play, run, told } from './play.js';
import { type Failure, fill } from './programs/kit.js';
import { ENGINE, FAULTS, MEMORY } from './programs/variant.js';

const MIB = 2 ** 20;
const EVICTIONS = ['fifo', 'clock', 's3-fifo'];
const READAHEADS = ['off', 'sequential', 'stride'];

interface Passes {
  stats: PagerStats;
  one: RegionStats;
  after: number;
  closed: number;
}

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));
const test = suite('regions');
test.after(() => rmSync(folder, { recursive: true }));
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root');
const budget = 60_000;

function sane({ stats, one, after, closed }: Passes): void {
  const limit = stats.residentLimit ?? Number.POSITIVE_INFINITY;
  assert.ok(stats.residentBytesPeak <= limit, `peak ${stats.residentBytesPeak}`);
  assert.ok(stats.residentBytesPeak > limit / 2, `peak ${stats.residentBytesPeak}`);
  assert.ok(stats.evictions > 0 && stats.writebacks > 0 && stats.faults.missing > 0);
  assert.equal(after, 0, 'pages resident after evict()');
  const { zero, source, store, soft } = stats.fills;
  assert.equal(zero, stats.pages, 'every page began as zeros once');
  assert.equal(source, 0);
  assert.ok(store <= stats.store.reads, 'a page comes from the store by a read');
  assert.ok(stats.store.writes >= stats.writebacks);
  assert.equal(stats.store.errors, 0);
  assert.ok(zero + store + soft - stats.evictions <= stats.pages);
  assert.ok(stats.readahead.used <= stats.readahead.issued, JSON.stringify(stats.readahead));
  const { p50, p90, p99, p999, max } = stats.latency;
  assert.ok(0 < p50 && p50 <= p90 && p90 <= p99 && p99 <= p999 && p999 <= max, JSON.stringify(stats.latency));
  for (const key of ['evictions', 'writebacks', 'pages', 'residentPages'] as const) assert.equal(stats[key], one[key]);
  assert.equal(closed, stats.evictions, 'the numbers stay after close');
}

/** In a variant of the run every policy once, in the run itself all of them together. */
const VARIANT = ENGINE !== undefined || MEMORY !== undefined;

for (const [at, eviction] of EVICTIONS.entries()) {
  for (const readahead of VARIANT ? READAHEADS.slice(at, at + 1) : READAHEADS) {
    test(`several passes over four times the limit: ${eviction}, readahead ${readahead}`, async () => {
      sane(await play<Passes>('regions', 'passes', { pager: { residentLimit: MIB, eviction, readahead } }, { budget }));
    });
  }
}

for (const pageSize of [65536, 2 * MIB]) {
  for (const eviction of VARIANT ? ['s3-fifo'] : EVICTIONS) {
    test(`pages of ${pageSize} bytes, ${eviction}`, async () => {
      const pager = { residentLimit: 16 * pageSize, pageSize, eviction };
      sane(await play<Passes>('regions', 'passes', { pager }, { budget }));
    });
  }
}

for (const store of ['plain', 'own', 'module', { url: 'memory:?compress=off' }, { url: `file:${folder}/pages` }]) {
  test(`a store: ${JSON.stringify(store).replace(folder, '')}`, async () => {
    sane(await play<Passes>('regions', 'passes', { pager: { residentLimit: MIB }, store }, { budget }));
  });
}

test('a store: Redis', async () => {
  const redis = await startRedis();
  try {
    const store = { url: redis.url };
    sane(await play<Passes>('regions', 'passes', { pager: { residentLimit: MIB }, store }, { budget }));
    await play('regions', 'passes', { pager: { residentLimit: 2 * MIB, pageSize: 65536 }, store }, { budget });
    const flushed = { url: `${redis.url}?prefix=flushed:` };
    const { held, again } = await play<Record<string, unknown>>('regions', 'flush', flushed, { budget });
    assert.equal(held, true);
    assert.equal(again, 0, 'a second flush had something to write');
  } finally {
    await redis.stop();
  }
});

test('a store: a Redis cluster', async () => {
  const cluster = await startRedisCluster();
  try {
    const store = { url: cluster.url };
    sane(await play<Passes>('regions', 'passes', { pager: { residentLimit: MIB }, store }, { budget }));
  } finally {
    await cluster.stop();
  }
});

test('flush: the file holds every byte', async () => {
  const file = path.join(folder, 'flushed');
  const outcome = await play<Record<string, unknown>>('regions', 'flush', { url: `file:${file}`, file });
  assert.deepEqual(outcome, { held: true, second: 1, again: 0, dirtyPages: 0 });
});

for (const pageSize of [4096, 65536, 2 * MIB]) {
  test(`a source: a file bigger than the limit, pages of ${pageSize} bytes`, async () => {
    const size = pageSize === 2 * MIB ? 64 * MIB : 8 * MIB;
    const input = { size, pageSize };
    const stats = await play<PagerStats>('regions', 'a file bigger than the limit, as a source', input, { budget });
    assert.equal(stats.writebacks, 0, 'clean pages were written');
    assert.equal(stats.store.writes, 0);
    assert.ok(stats.evictions > 0 && stats.fills.source > size / pageSize);
    assert.ok(stats.residentBytesPeak <= (stats.residentLimit ?? 0));
  });
}

test('a source: a file over http', async () => {
  const size = 4 * MIB + 4096;
  const words = new Uint32Array(size / 4);
  fill(words, 9);
  writeFileSync(path.join(folder, 'served.bin'), new Uint8Array(words.buffer), { mode: 0o644 });
  const nginx = await startNginx({ root: folder });
  try {
    const input = { url: `${nginx.url}/served.bin`, size };
    const stats = await play<PagerStats>('regions', 'a file over http, as a source', input, { budget });
    assert.equal(stats.writebacks, 0);
    assert.ok(stats.fills.source >= size / 4096);
  } finally {
    await nginx.stop();
  }
});

test('a store object of the user: what fails for a while comes in the end', async () => {
  const input = { failures: 3, gone: -1 };
  const { values, stats, calls } = await play<{ values: number[]; stats: RegionStats; calls: { closed: number } }>(
    'regions',
    'a store object of the user',
    input,
  );
  assert.deepEqual(values, [1, 2, 64]);
  assert.equal(stats.store.retries, 3);
  assert.equal(calls.closed, 1);
});

test('a store object of the user: what is gone rejects, and its neighbours come', async () => {
  const result = await run('regions', 'a store object of the user', { failures: 0, gone: 100 });
  const { values, outcome } = told<{ values: number[]; outcome: Failure }>(result);
  assert.deepEqual(values, [1, 2, 64]);
  assert.equal(outcome.code, 'STORE_READ');
  assert.match(outcome.message, /page 100 .*this page is gone/);
  assert.equal(result.stderr, '');
});

test('several threads, regions and pagers at once', async () => {
  const outcome = await play<{ stats: PagerStats[]; left: number[]; closedEvictions: number[] }>(
    'regions',
    'several threads, regions and pagers',
    {},
    { budget },
  );
  for (const stats of outcome.stats) assert.ok(stats.residentBytesPeak <= MIB);
  assert.deepEqual(outcome.left, [2, 3]);
  assert.ok(
    (outcome.closedEvictions[1] ?? 0) >= (outcome.closedEvictions[0] ?? 0),
    'a closed region’s numbers are lost',
  );
});

test('a region of 4 GiB has a memory', async () => {
  const { wrong, isMemory } = await play<Record<string, unknown>>('regions', 'a region of 4 GiB', {}, { budget });
  assert.deepEqual({ wrong, isMemory }, { wrong: 0, isMemory: true });
});

for (const gib of [8, 1024]) {
  test(`a region of ${gib} GiB is seen through views`, async () => {
    const outcome = await play<Record<string, unknown>>('regions', 'a region over 4 GiB', { gib }, { budget });
    assert.equal(outcome['wrong'], 0);
    assert.equal(outcome['memory'], true);
    for (const name of ['buffer', 'big', 'outside']) {
      const { name: type, code, hint } = outcome[name] as Failure;
      assert.deepEqual([type, code], ['PagerError', 'REGION'], name);
      assert.ok(hint);
    }
  });
}

const isServed = ENGINE === 'trap' || FAULTS === 'inline';
(isServed ? test : asRoot)('system calls on absent pages: read into them, write from them', async () => {
  const outcome = await play<{ same: boolean; got: number; put: number; stats: PagerStats }>('regions', 'system calls');
  assert.deepEqual([outcome.got, outcome.put, outcome.same], [4 * MIB, 4 * MIB, true]);
  assert.ok(outcome.stats.evictions > 0);
});

test('load, pin, prefetch and evict, by the count of faults', async () => {
  const outcome = await play<Record<string, unknown>>('regions', 'load, pin, prefetch, evict');
  const { tooMuch, outside, negative, ...rest } = outcome;
  assert.deepEqual(rest, {
    afterLoad: 0,
    pinned: 32,
    afterPressure: 0,
    stayed: 0,
    afterEvict: 0,
    dropped: 32,
    unpinned: 0,
    afterUnpin: 32,
    none: 0,
    afterPrefetch: 0,
    pinnedAfter: 0,
    whole: 'done',
  });
  assert.equal((tooMuch as Failure).code, 'OPTION');
  assert.equal((outside as Failure).code, 'REGION');
  assert.equal((negative as Failure).code, 'REGION');
});

test('pins asked for at once never take the whole limit', async () => {
  const outcome = await play<{ outcomes: string[]; pinned: number }>(
    'regions',
    'pins are counted over many loads at once',
  );
  assert.ok(outcome.outcomes.includes('fulfilled') && outcome.outcomes.includes('rejected'), String(outcome.outcomes));
  assert.ok(outcome.pinned < 256, `${outcome.pinned} pages pinned`);
});

for (const source of [false, true]) {
  test(`discard: zeros afterwards, ${source ? 'also over a source' : 'without a source'}`, async () => {
    const { partly } = await play<{ partly: Failure }>('regions', 'discard', { source });
    assert.equal(partly.code, 'REGION');
  });
}

test('zero pages are never stored', async () => {
  const { sum, stats } = await play<{ sum: number; stats: RegionStats }>('regions', 'zero pages are not stored');
  assert.equal(sum, 0);
  assert.ok(stats.evictions > 0);
  assert.deepEqual([stats.writebacks, stats.store.writes, stats.store.bytesWritten], [0, 0, 0]);
});

test('child processes come and go while pages do', async () => {
  const outcome = await play<Record<string, unknown>>('regions', 'child processes', {}, { budget });
  assert.deepEqual([outcome['outputs'], outcome['last'], outcome['forkedCode']], [22, 'spawned\n', 0]);
});

test('a thread with resource limits works, and printing a region touches nothing', async () => {
  const outcome = await play<Record<string, unknown>>('regions', 'a thread with limits, and a region that is printed');
  assert.equal(outcome['touched'], 0);
});

test('a file that was changed underneath is an error, never wrong data', async () => {
  const result = await run('regions', 'a corrupted file');
  assert.equal(result.signal, 'SIGBUS', result.stdout + result.stderr);
  assert.match(result.stdout, /^failed STORE_READ STORE_READ /);
  assert.match(result.stderr, /^farpage: region 1, page 2: .*not the ones that were stored/);
  assert.doesNotMatch(result.stdout, /told/);
});

test.run();
