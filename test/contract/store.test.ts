/** One contract, kept by every store, over real servers. */
// budget: 180 s
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { openSpec, openStore } from '../../src/store/open.js';
import { redisStore } from '../../src/store/redis.js';
import { isBuiltIn, SPEC, type Store } from '../../src/store/store.js';
import { within } from '../support/budget.js';
import { type Cluster, type Server, startNginx, startRedis, startRedisCluster } from '../support/servers/servers.js';

const PAGE = 4096;
const BUDGET = 20_000;
const test = suite('store contract');

const directory = mkdtempSync(path.join(tmpdir(), 'farpage-store-'));
const content = randomBytes(40 * PAGE + 1234);
let redis: Server;
let cluster: Cluster;
let nginx: Server;

test.before(async () => {
  writeFileSync(path.join(directory, 'content.bin'), content);
  [redis, cluster, nginx] = await Promise.all([startRedis(), startRedisCluster(3), startNginx({ root: directory })]);
});

test.after(async () => {
  await Promise.all([redis, cluster, nginx].map((server) => server?.stop()));
  rmSync(directory, { recursive: true, force: true });
});

/** Pages as the loop gives them: views over one shared buffer, not in order of their numbers. */
function frames(count: number, pageBytes: number): Uint8Array[] {
  const memory = new SharedArrayBuffer(count * pageBytes + 64);
  return Array.from({ length: count }, (_, at) => new Uint8Array(memory, 64 + at * pageBytes, pageBytes));
}

function frame(pageBytes = PAGE): Uint8Array {
  const [one] = frames(1, pageBytes);
  assert.ok(one);
  return one;
}

function filled(byte: number, pageBytes = PAGE): Uint8Array {
  return frame(pageBytes).fill(byte);
}

function assertSame(got: Uint8Array, wanted: Uint8Array, what: string): void {
  assert.ok(Buffer.from(got).equals(Buffer.from(wanted)), what);
}

const writable: Array<[string, () => Store]> = [
  ['memory', () => openStore('memory:')],
  ['file', () => openStore(`file:${directory}/pages-${Math.random()}.bin`)],
  ['redis', () => openStore(redis.url)],
  ['redis cluster', () => openStore(cluster.url)],
];

const readable: Array<[string, () => Store]> = [
  ['file', () => openStore(`file:${directory}/content.bin?readonly`)],
  ['http', () => openStore(`${nginx.url}/content.bin`)],
];

/** The store that `map` sees through a spec keeps the same contract as the object itself. */
async function opened(make: () => Store): Promise<Store> {
  const store = make();
  assert.ok(isBuiltIn(store));
  return openSpec(structuredClone(store[SPEC]));
}

for (const [name, make] of writable) {
  for (const [way, get] of [
    ['direct', async () => make()],
    ['by spec', () => opened(make)],
  ] as const) {
    const holds = (what: string, body: (store: Store) => Promise<void>) => {
      test(`${name}, ${way}: ${what}`, async () => {
        const store = await within(BUDGET, get(), 'opening');
        try {
          await within(BUDGET, body(store), what);
        } finally {
          await within(BUDGET, store.close(), 'closing');
        }
      });
    };

    holds('gives back what was written, in any order and number', async (store) => {
      assert.equal(store.writable, true);
      const numbers = Array.from({ length: 300 }, (_, at) => (at * 7919) % 100_003);
      const written = numbers.map((page) => ({ page, from: randomBytes(PAGE) }));
      await store.write?.(written);
      const into = frames(numbers.length, PAGE);
      const asked = numbers.map((page, at) => ({ page, into: into[at] ?? frame() })).reverse();
      await store.read(asked);
      for (const { page, from } of written) {
        const got = asked.find((read) => read.page === page);
        assert.ok(got);
        assertSame(got.into, from, `page ${page}`);
      }
      const [one] = written;
      assert.ok(one);
      const alone = frame();
      await store.read([{ page: one.page, into: alone }]);
      assertSame(alone, one.from, 'one page alone');
    });

    holds('keeps the last of several writes, and no reference to the buffer', async (store) => {
      const from = filled(1);
      await store.write?.([{ page: 3, from }]);
      from.fill(2);
      await store.write?.([{ page: 3, from }]);
      from.fill(9);
      const into = frame();
      await store.read([{ page: 3, into }]);
      assertSame(into, filled(2), 'the second write');
    });

    holds('carries pages of 2 MiB and page numbers past 2^32', async (store) => {
      const pageBytes = 2 ** 21;
      const from = randomBytes(pageBytes);
      // A file's offset would be too far for most file systems.
      const page = name === 'file' ? 1000 : 2 ** 33 + 5;
      await store.write?.([{ page, from }]);
      const into = frame(pageBytes);
      await store.read([{ page, into }]);
      assertSame(into, from, 'the page');
    });

    holds('serves overlapping reads and writes', async (store) => {
      await store.write?.(Array.from({ length: 64 }, (_, page) => ({ page, from: filled(page) })));
      const into = frames(64, PAGE);
      const reads = into.map((target, page) => store.read([{ page, into: target }]));
      const writes = Array.from({ length: 64 }, (_, at) => store.write?.([{ page: 64 + at, from: filled(64 + at) }]));
      await Promise.all([...reads, ...writes]);
      for (const [page, target] of into.entries()) assertSame(target, filled(page), `page ${page}`);
      const late = frame();
      await store.read([{ page: 127, into: late }]);
      assertSame(late, filled(127), 'page 127');
    });

    holds('takes an empty batch, discards, flushes, and takes a discarded page again', async (store) => {
      await store.read([]);
      await store.write?.([]);
      await store.write?.([{ page: 1, from: filled(1) }]);
      await store.discard?.([1, 2]);
      await store.discard?.([]);
      await store.write?.([{ page: 1, from: filled(5) }]);
      await store.flush?.();
      const into = frame();
      await store.read([{ page: 1, into }]);
      assertSame(into, filled(5), 'page 1');
    });

    holds('closes twice, and rejects afterwards', async (store) => {
      await store.write?.([{ page: 1, from: filled(1) }]);
      await store.close();
      await store.close();
      const isClosed = (error: unknown) => error instanceof PagerError && error.code === 'CLOSED';
      await assert.rejects(store.read([{ page: 1, into: frame() }]), isClosed);
      await assert.rejects(store.write?.([{ page: 1, from: filled(1) }]) ?? Promise.resolve(), isClosed);
    });
  }
}

for (const [name, make] of readable) {
  for (const [way, get] of [
    ['direct', async () => make()],
    ['by spec', () => opened(make)],
  ] as const) {
    test(`${name}, ${way}: reads what it came with, zeros past its end`, async () => {
      const store = await within(BUDGET, get(), 'opening');
      try {
        assert.equal(store.writable, false);
        const padded = Buffer.concat([content, Buffer.alloc(10 * PAGE)]);
        const numbers = Array.from({ length: 44 }, (_, at) => (at * 17) % 44);
        const into = frames(numbers.length, PAGE);
        for (const target of into) target.fill(0xee);
        await within(BUDGET, store.read(numbers.map((page, at) => ({ page, into: into[at] ?? frame() }))), 'reading');
        for (const [at, page] of numbers.entries()) {
          assertSame(into[at] ?? frame(), padded.subarray(page * PAGE, (page + 1) * PAGE), `page ${page}`);
        }
        const far = filled(0xee);
        await within(BUDGET, store.read([{ page: 2 ** 30, into: far }]), 'reading far past the end');
        assertSame(far, frame(), 'zeros');
        await within(BUDGET, store.read([]), 'an empty batch');
        if (store.write !== undefined) {
          await assert.rejects(store.write([{ page: 0, from: frame() }]), { code: 'STORE_WRITE' });
        }
      } finally {
        await within(BUDGET, store.close(), 'closing');
      }
    });
  }
}

test('redis: temporary keys are gone after close, those of a given prefix stay', async () => {
  const temporary = redisStore(redis.url);
  const kept = redisStore(redis.url, { prefix: 'kept:' });
  const batch = Array.from({ length: 1500 }, (_, page) => ({ page, from: filled(page) }));
  await within(BUDGET, Promise.all([temporary.write?.(batch), kept.write?.(batch.slice(0, 3))]), 'writing');
  await within(BUDGET, Promise.all([temporary.close(), kept.close()]), 'closing');
  const again = redisStore(`${redis.url}?prefix=kept:`);
  const into = frame();
  await within(BUDGET, again.read([{ page: 2, into }]), 'reading');
  assertSame(into, filled(2), 'page 2');
  await again.discard?.([0, 1, 2]);
  await again.close();
  const temporarySpec = isBuiltIn(temporary) ? temporary[SPEC] : undefined;
  assert.ok(temporarySpec?.kind === 'redis' && temporarySpec.temporary);
  const look = redisStore(redis.url, { prefix: temporarySpec.prefix });
  try {
    await assert.rejects(within(BUDGET, look.read([{ page: 7, into }]), 'reading'), { code: 'STORE_READ' });
  } finally {
    await look.close();
  }
});

test.run();
