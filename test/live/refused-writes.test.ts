// budget: 200 s
// covers: src/loop/, assembly/paging/operation.ts, assembly/paging/fill.ts
// A store refuses writes, and pages of any region find no frame: each error names the store that refused, and its reason.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { attempt } from '../support/process/attempt.js';

const test = suite('refused writes');

interface Told {
  code: string;
  message: string;
  hint?: string;
  errno?: string;
  page?: number;
  /** The messages of its causes, the nearest first. Only one crosses the threads. */
  causes: string[];
}

/** Two regions under one limit; `refusing` is the store of the first, and refuses from the line 'refuse = true' on. */
const SCENE = (refusing: string, rest: string) => `
  const MIB = 2 ** 20;
  const { memoryStore } = farpage;
  const { randomFillSync } = await import('node:crypto');
  let refuse = false;
  const kept = new Map();
  const own = {
    writable: true,
    async read(pages) { for (const { page, into } of pages) into.set(kept.get(page)); },
    async write(pages) {
      if (refuse) throw Object.assign(new Error('the bucket is over its quota'), { code: 'EDQUOT', permanent: true });
      for (const { page, from } of pages) kept.set(page, from.slice());
    },
    async close() {},
  };
  const outcomeOf = async (call) => {
    try {
      await call();
      return null;
    } catch (error) {
      const causes = [];
      for (let each = error.cause; each; each = each.cause) causes.push(each.message);
      return { code: error.code, message: error.message, hint: error.hint, errno: error.errno, page: error.page, causes };
    }
  };
  const pager = await farpage.createPager({ residentLimit: MIB, storePatienceMs: 1000 });
  const first = await pager.map({ byteLength: 4 * MIB, store: ${refusing} });
  const second = await pager.map({ byteLength: MIB });
  const change = async (region) => {
    for (let at = 0; at < region.byteLength; at += MIB / 4) await region.use(at, MIB / 4, (bytes) => void randomFillSync(bytes));
  };
  ${rest}`;

const OUTCOMES = `
  const changed = await outcomeOf(() => change(first));
  const loaded = await outcomeOf(() => second.load(0, MIB / 2));
  const flushed = await outcomeOf(() => first.flush());
  const stored = { changed, loaded, flushed };`;

async function outcomes(refusing: string, before: string, after: string): Promise<Record<string, Told>> {
  const { value, failed, message } = await attempt(SCENE(refusing, `${before} ${OUTCOMES} ${after}`));
  assert.equal(failed, false, message);
  return value as Record<string, Told>;
}

test('a store object of the user’s own: loads of each region name its write, and work again when it takes pages', async () => {
  const before = 'await change(second); await change(first); refuse = true;';
  const after = `
    refuse = false;
    await first.flush();
    await first.load(0, MIB / 2);
    await second.load(0, MIB / 2);
    await pager.close();
    return stored;`;
  const { changed, loaded, flushed } = await outcomes('own', before, after);
  for (const [region, outcome] of [
    [1, changed],
    [2, loaded],
  ] as const) {
    const why = 'no page could be evicted to make room: your store cannot be written: the bucket is over its quota';
    assert.equal(outcome?.code, 'STORE_READ');
    assert.equal(outcome.message, `region ${region}: page ${outcome.page} cannot be brought in: ${why}`);
    assert.equal(outcome.errno, 'EDQUOT');
    assert.match(outcome.hint ?? '', /^see that the store takes pages again/);
    assert.deepEqual(outcome.causes, [why]);
  }
  assert.equal(flushed?.code, 'STORE_WRITE');
  assert.match(flushed.message, /^region 1: page \d+ cannot be written to your store: the bucket is over its quota$/);
});

test('a pool that is full: a load of another region names the pool, and what helps', async () => {
  const refusing = "memoryStore({ limit: '1MiB' })";
  const { changed, loaded, flushed } = await outcomes(refusing, 'await change(second);', 'return stored;');
  for (const outcome of [changed, loaded]) {
    assert.equal(outcome?.code, 'STORE_READ');
    assert.match(
      outcome.message,
      /cannot be brought in: no page could be evicted to make room: memory cannot be written: the pool is full at its limit$/,
    );
    assert.match(outcome.hint ?? '', /^raise the limit of memoryStore/);
  }
  assert.match(
    flushed?.message ?? '',
    /^region 1: page \d+ cannot be written to memory: the pool is full at its limit$/,
  );
});

test('each page of a load that cannot be read is named with its own reason', async () => {
  const body = `
    const { createPager } = farpage;
    const source = {
      writable: false,
      byteLength: 64 * 4096,
      async read(pages) {
        for (const { page, into } of pages) {
          if (page % 2 === 1) throw Object.assign(new Error('no object ' + page), { permanent: true });
          into.fill(page);
        }
      },
      async close() {},
    };
    const pager = await createPager({ residentLimit: '1MiB', readahead: 'off' });
    const region = await pager.map({ byteLength: 64 * 4096, source });
    const told = [];
    await Promise.all([1, 3, 5, 7].map((page) => region.load(page * 4096, 4096).catch((error) => told.push(error.message))));
    await pager.close();
    return told.sort();`;
  const { value, failed, message } = await attempt(body);
  assert.equal(failed, false, message);
  const told = (page: number) => `region 1: page ${page} cannot be read from your store or memory: no object ${page}`;
  assert.deepEqual(value, [1, 3, 5, 7].map(told));
});

test.run();
