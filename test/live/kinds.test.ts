// budget: 600 s
// parts: 3
// uses: hugepages
// covers: native/engine/, native/trap/, src/pager/
// The pager on every kind of memory: content and limits, the memfile in another process, and what the application does
// to its regions itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { reserveHugePages } from '../../src/conformance/huge-pages.js';
import type { PagerStats } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { accountOf } from '../support/process/account.js';
import { startChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, play, program, run, told } from './play.js';
import { type Kind, limitOf } from './programs/kinds-kit.js';
import { type Failure, pause, until } from './programs/kit.js';

const MIB = 2 ** 20;
/** The most that a scene here holds, and room for another's. */
const HUGE_PAGES = 48;
const POOL = '/sys/kernel/mm/hugepages/hugepages-2048kB';
const budget = 40_000;

const before = poolCount('nr_hugepages');
const pool = await reserveHugePages(HUGE_PAGES, () => {});
const test = suite('kinds of memory');
test.after(async () => assert.equal(await pool.release(), undefined));

const withHuge = skipUnless(test, pool.lacking === undefined, pool.lacking ?? '');
const USERFAULTFD: Kind[] = [
  { memory: 'anonymous', engine: 'userfaultfd' },
  { memory: 'shared', engine: 'userfaultfd' },
  { memory: 'huge', engine: 'userfaultfd' },
];
const TRAPS: Kind[] = [
  { memory: 'anonymous', engine: 'trap' },
  { memory: 'shared', engine: 'trap', mprotect: true },
];
const KINDS = [...USERFAULTFD, ...TRAPS];
const FILES = KINDS.filter(({ memory }) => memory !== 'anonymous');

function poolCount(name: string): number {
  return Number(readFileSync(`${POOL}/${name}`, 'latin1'));
}

function nameOf({ memory, engine, mprotect }: Kind): string {
  return `${memory} by ${engine}${mprotect === true ? ', mprotect' : ''}`;
}

function on(kind: Kind): typeof withHuge {
  return kind.memory === 'huge' ? withHuge : test;
}

interface Passed {
  engine: string;
  pageSize: number;
  held: PagerStats;
  stats: PagerStats;
  dropped: number;
}

for (const kind of KINDS) {
  // The other live tests go through every store; here each kind of memory meets one that is not in memory.
  for (const store of [kind.memory === 'huge' ? 'module' : 'file']) {
    on(kind)(`${nameOf(kind)}: passes over three times the limit, store ${store}, never above it`, async () => {
      const child = startChild(program('kinds'), { args: ['passes', JSON.stringify({ kind, store })], budget });
      const [, text = ''] = await child.waitFor(/^ranges (.*)$/m);
      const ranges = (JSON.parse(text) as { start: string; end: string; file?: number }[]).map((range) => ({
        ...range,
        start: BigInt(range.start),
        end: BigInt(range.end),
      }));
      let ended = false;
      void child.result.finally(() => {
        ended = true;
      });
      const seen: number[] = [];
      while (!ended) {
        try {
          seen.push(accountOf(child.pid, ranges));
        } catch (error) {
          // It is ending, or its pager is.
          if (!/ENOENT|ESRCH|does not stop/.test(String(error))) throw error;
        }
        await pause(15);
      }
      const result = await child.result;
      assert.equal(result.code, 0, describe(result));
      assert.equal(result.stderr, '', describe(result));
      const { engine, pageSize, held, stats, dropped } = told<Passed>(result);
      const limit = stats.residentLimit ?? 0;
      assert.equal(engine, kind.engine);
      assert.equal(limit, (kind.memory === 'huge' ? 16 : 256) * pageSize);
      assert.ok(seen.length > 3, `${seen.length} looks`);
      assert.ok(Math.max(...seen) > limit / 2, `at most ${Math.max(...seen)} seen`);
      // A page that is copied between file and frame is held twice while the kernel copies it.
      assert.ok(
        Math.max(...seen) <= limit,
        `${Math.max(...seen)} bytes of pages, limit ${limit}: ${seen.length} looks`,
      );
      assert.ok(stats.residentBytesPeak <= limit);
      assert.equal(held.residentPages, 0);
      assert.ok(dropped > 0 && stats.evictions > 0 && stats.writebacks > 0);
    });
  }

  for (const regions of [1, 2]) {
    on(kind)(`${nameOf(kind)}: nothing is evicted of ${regions} region(s) as large as the limit`, async () => {
      const stats = await play<PagerStats>('kinds', 'fits', { kind, regions }, { budget });
      assert.equal(stats.evictions, 0, JSON.stringify(stats));
      assert.equal(stats.fills.soft, 0, JSON.stringify(stats));
      assert.equal(stats.residentPages, limitOf(kind));
      assert.ok(stats.residentBytesPeak <= (stats.residentLimit ?? 0));
    });
  }

  on(kind)(`${nameOf(kind)}: load, pin, flush, evict and discard`, async () => {
    const store = 'memory';
    const { stats, ...rest } = await play<{ stats: PagerStats }>('kinds', 'operations', { kind, store }, { budget });
    assert.deepEqual(rest, { pinned: 4, stay: 4, left: 0, loaded: 1, faultless: true });
    assert.ok(stats.residentBytesPeak <= (stats.residentLimit ?? 0));
  });

  on(kind)(
    `${nameOf(kind)}: pinned pages are back after each flush, with what was written to them meanwhile`,
    async () => {
      type Flushed = Record<'flushes' | 'pinnedPages' | 'residentPages', number>;
      const { flushes, ...pages } = await play<Flushed>('kinds', 'flushes of pinned pages', { kind }, { budget });
      assert.ok(flushes > 0);
      assert.deepEqual(pages, { pinnedPages: 4, residentPages: 4 });
    },
  );

  on(kind)(`${nameOf(kind)}: a page that leaves unchanged is not written again`, async () => {
    type Written = Record<'pages' | 'first' | 'unchanged' | 'changed', number>;
    const { pages, first, unchanged, changed } = await play<Written>('kinds', 'dirtiness', { kind }, { budget });
    assert.ok(first >= pages, `${first} writes of ${pages} pages`);
    assert.equal(unchanged, first);
    assert.equal(changed, unchanged + 2, 'two pages were changed');
  });

  on(kind)(`${nameOf(kind)}: a store that fails for a while loses nothing`, async () => {
    const result = await play<Record<string, number>>('kinds', 'a store that takes nothing', { kind }, { budget });
    const { errors = 0, retries = 0, residentBytesPeak = 0, residentLimit = 0 } = result;
    assert.ok(errors > 0 && retries > 0 && residentBytesPeak <= residentLimit, JSON.stringify(result));
  });

  for (const touch of [false, true]) {
    on(kind)(`${nameOf(kind)}: a page that cannot be read ${touch ? 'is SIGBUS' : 'makes load reject'}`, async () => {
      const result = await run('kinds', 'a store that fails', { kind, touch });
      // A load rejects with the reason; for a thread that touches, a line on standard error gives it.
      const line = 'farpage: region 1, page 5: cannot be read [^\\n]*SIGBUS\\n';
      assert.match(result.stderr, new RegExp(`^${touch ? line : ''}$`));
      if (touch) assert.equal(result.signal, 'SIGBUS', describe(result));
      else assert.equal(told<Failure>(result).code, 'STORE_READ');
      assert.doesNotMatch(result.stdout, /value/);
    });
  }
}

for (const kind of FILES) {
  on(kind)(`${nameOf(kind)}: discarded and evicted pages are no longer in the file`, async () => {
    type Bytes = Record<'before' | 'after' | 'evicted' | 'page', number>;
    const { before, after, evicted, page } = await play<Bytes>('kinds', 'discard gives memory back', { kind });
    assert.deepEqual([before / page, after / page, evicted], [8, 4, 0]);
  });

  on(kind)(
    `${nameOf(kind)}: another process maps the file, sees what is resident, and what it writes counts`,
    async () => {
      const owner = startChild(program('kinds-share'), { args: ['owner', JSON.stringify({ kind })], budget });
      const [, place = ''] = await owner.waitFor(/^place (.*)$/m);
      const other = startChild(program('kinds-share'), { args: ['other', place], budget });
      await other.waitFor(/wrote/);
      owner.write('go\n');
      await owner.waitFor(/changed/);
      other.write('go\n');
      const seen = await other.result;
      owner.write('go\n');
      const result = await owner.result;
      assert.equal(result.code, 0, describe(result));
      assert.deepEqual(told(result), { seen: [111, 222], kept: [111, 222] });
      assert.equal(seen.code, 0, describe(seen));
      assert.equal(told(seen), 4711, 'written after the page was out and back');
    },
  );
}

withHuge('a pager without a page size takes that of its first region, and of no later one', async () => {
  type Switched = Record<'first' | 'residentLimit' | 'pageSize', number> &
    Record<'small' | 'asked' | 'trapped', Failure>;
  const { small, asked, trapped, ...sizes } = await play<Switched>('kinds', 'switches to huge pages', {}, { budget });
  assert.deepEqual(sizes, { first: 32 * MIB, residentLimit: 32 * MIB, pageSize: 2 * MIB });
  for (const { name, code, message, hint } of [small, asked]) {
    assert.deepEqual([name, code], ['PagerError', 'OPTION']);
    assert.match(message, /2 MiB.*4096/);
    assert.match(hint ?? '', /pageSize: '2MiB'/);
  }
  assert.equal(trapped.code, 'UNSUPPORTED');
  assert.ok(trapped.hint);
});

test('huge pages that the system has not: REGION, and how many to reserve', async () => {
  const refused = await play<Failure>('kinds', 'more huge pages than there are');
  assert.deepEqual([refused.name, refused.code, refused.errno], ['PagerError', 'REGION', 'ENOMEM']);
  assert.match(refused.hint ?? '', /vm\.nr_hugepages=\d+/);
});

for (const how of ['close', 'region', 'exit', 'kill']) {
  withHuge(`huge pages that are out come back: ${how}`, async () => {
    const free = poolCount('free_hugepages');
    const child = startChild(program('kinds'), { args: ['huge pages out', JSON.stringify({ how })], budget });
    const out = Number((await child.waitFor(/^out (\d+)$/m))[1]);
    assert.ok(out > 0 && out <= 16, `${out} pages in the file`);
    assert.equal(free - poolCount('free_hugepages'), out);
    child.write('go\n');
    const result = await child.result;
    assert.equal(result.stderr, '', describe(result));
    if (how === 'kill') assert.equal(result.signal, 'SIGKILL');
    else assert.equal(result.code, 0, describe(result));
    await until(() => poolCount('free_hugepages') === free);
  });
}

for (const kind of KINDS) {
  // hugetlbfs and memfiles drop pages by REMOVE, and forget only the mapping by DONTNEED: the pager makes them the same.
  for (const advice of kind.memory === 'anonymous' && kind.engine === 'userfaultfd'
    ? ['DONTNEED']
    : ['DONTNEED', 'REMOVE']) {
    const plain = { kind, advice };
    on(kind)(`${nameOf(kind)}: what ${advice} removes reads as zeros`, async () => {
      await play('kinds-moves', 'removed', plain, { budget });
      await play('kinds-moves', 'removed', { ...plain, source: true, delay: 3 }, { budget });
    });

    on(kind)(`${nameOf(kind)}: what ${advice} removes before it was touched reads as zeros`, async () => {
      const { ends, wanted } = await play<Record<'ends' | 'wanted', number[]>>(
        'kinds-moves',
        'removed before a touch',
        plain,
        { budget },
      );
      assert.deepEqual(ends, wanted);
    });

    for (const delay of kind.memory === 'anonymous' && kind.engine === 'userfaultfd' ? [0, 5] : [0]) {
      const behind = delay === 0 ? 'a pool' : 'a slow store and source';
      on(kind)(`${nameOf(kind)}: ${advice} while threads fault, ${behind} behind`, async () => {
        const stood = { ...plain, delay, source: false };
        const rounds = await play<number>('kinds-moves', 'removed while threads fault', stood, { budget });
        assert.ok(rounds > 0);
      });
    }
  }

  on(kind)(`${nameOf(kind)}: parts that are unmapped`, async () => {
    type Unmapped = { residentPages: number; limit: number; loaded: string; left: number };
    const result = await run('kinds-moves', 'unmapped', { kind }, { budget });
    assert.equal(result.code, 0, describe(result));
    const { residentPages, limit, loaded, left } = told<Unmapped>(result);
    assert.ok(residentPages < limit && left === 0, describe(result));
    // Loading memory that is unmapped is refused, perhaps with a line.
    assert.equal(loaded, 'STORE_READ');
    assert.match(result.stderr, /^(farpage: region 1, page \d+: cannot be read [^\n]*\n)?$/);
  });
}

for (const kind of USERFAULTFD) {
  on(kind)(`${nameOf(kind)}: part of it moved, there and back, and over itself`, () =>
    play('kinds-moves', 'moved', { kind }, { budget }),
  );

  on(kind)(`${nameOf(kind)}: moved whole, time and again`, () =>
    play('kinds-moves', 'moved whole', { kind }, { budget }),
  );

  on(kind)(`${nameOf(kind)}: moved and grown`, async () => {
    if (kind.memory !== 'huge') return void (await play('kinds-moves', 'grown', { kind }, { budget }));
    const refused = await play<Failure>('kinds-moves', 'not grown', { kind }, { budget });
    assert.deepEqual([refused.name, refused.code], ['PagerError', 'REGION']);
  });

  on(kind)(`${nameOf(kind)}: moved in three parts and in twelve`, async () => {
    for (const parts of [3, 12]) await play('kinds-moves', 'moved in many parts', { kind, parts }, { budget });
  });
}

for (const kind of TRAPS) {
  test(`${nameOf(kind)}: moving it is refused and changes nothing`, async () => {
    const refused = await play<Failure>('kinds-moves', 'a trap’s region does not move', { kind });
    assert.deepEqual([refused.name, refused.code, refused.errno], ['PagerError', 'UNSUPPORTED', 'EOPNOTSUPP']);
    assert.ok(refused.hint);
  });
}

for (const kind of KINDS.filter(({ memory }) => memory !== 'huge')) {
  // A region's addresses are given back as a whole, by V8 or when its last view is gone: with whatever lies there by then.
  for (const size of ['up to', 'over']) {
    if (size === 'over' && kind.memory !== 'anonymous') continue;
    test(`${nameOf(kind)}: no other memory comes to lie in a hole of a region ${size} 4 GiB`, async () => {
      const big = size === 'over';
      assert.equal(await play('kinds-moves', 'others in the hole', { kind, big }, { budget }), 'none');
    });
  }
}

test('the setting is as it was', async () => {
  assert.equal(await pool.release(), undefined);
  assert.equal(poolCount('nr_hugepages'), before);
});

test.run();
