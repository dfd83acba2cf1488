// Question: what do faults and evictions cost on each kind of memory and page size?
import { readFileSync, writeFileSync } from 'node:fs';
import { type Answer, type Context, lessClock, middle, type Question, type Row, row, type Side } from '../harness.js';

const SMALL = 4096;
const LARGE = 2 * 2 ** 20;
/** The kernel's own pool of 2 MiB pages: Documentation/admin-guide/mm/hugetlbpage.rst. */
const POOL = '/sys/kernel/mm/hugepages/hugepages-2048kB';
const PAGES_A_CALL = [1, 16, 64] as const;

async function run(context: Context): Promise<Answer> {
  const { cpu, quick } = context;
  const bytes = (quick ? 32 : 64) * 2 ** 20;
  const passes = quick ? 3 : 5;
  const lacking = reserve(context, bytes / LARGE);
  const kind = (memory: string, page: number): Side => context.subject('kinds', { memory, page, bytes, passes }, cpu);
  const runs = await context.inTurn({
    'anonymous, 4 KiB': kind('anonymous', SMALL),
    'shared, 4 KiB': kind('shared', SMALL),
    'anonymous, 2 MiB': kind('anonymous', LARGE),
    'shared, 2 MiB': kind('shared', LARGE),
    ...(lacking === undefined ? { 'huge, 2 MiB': kind('huge', LARGE) } : {}),
    C: context.peer('shmem', { pages: bytes / SMALL }, cpu),
  });

  const figures = {
    'fault, p50': (name: string) => lessClock(runs[name], 'p50'),
    'load of all, a page': (name: string) => middle(runs[name], 'load'),
    'evict, unchanged, a page': (name: string) => middle(runs[name], 'evictClean'),
    'evict, written, a page': (name: string) => middle(runs[name], 'evictDirty'),
  };
  const compare = (ours: string, peer: string): Row[] =>
    Object.entries(figures).map(([what, of]) =>
      row(`${ours}: ${what}`, 'µs', of(ours), { name: peer, value: of(peer) }, null),
    );
  const peer = (field: string) => middle(runs.C, field);
  const best = (prefix: 'in' | 'out', pages: number) => {
    const ways = prefix === 'in' ? ['inCopy', 'inAlias', 'inPwrite'] : ['outPread', 'outAlias'];
    return Math.min(...ways.map((way) => peer(`${way}${pages}`)));
  };
  const rows = [
    ...compare('shared, 4 KiB', 'anonymous, 4 KiB'),
    ...compare('shared, 2 MiB', 'anonymous, 2 MiB'),
    ...(lacking === undefined ? compare('huge, 2 MiB', 'anonymous, 2 MiB') : []),
    row(
      'shared, 4 KiB: load of all, a page',
      'µs',
      figures['load of all, a page']('shared, 4 KiB'),
      { name: 'C, the cheapest way in, 16 pages a call', value: best('in', 16) },
      null,
    ),
    row(
      'shared, 4 KiB: evict, unchanged, a page',
      'µs',
      figures['evict, unchanged, a page']('shared, 4 KiB'),
      { name: 'C, the cheapest way out, 16 pages a call', value: best('out', 16) },
      null,
    ),
  ];
  const each = (way: string) => PAGES_A_CALL.map((pages) => peer(`${way}${pages}`).toFixed(2)).join(' / ');
  const notes = [
    `${bytes / 2 ** 20} MiB a side, on one CPU, the bytes at hand in an uncompressed pool; a 2 MiB page is 512 times the bytes of a small one`,
    'a fault is one touch in random order; load and evict are of the whole region, the answer of the loop included; written pages differ whole, and take a copy into the pool',
    `C, in, µs a page of 4 KiB at ${PAGES_A_CALL.join(' / ')} pages a call: UFFDIO_COPY ${each('inCopy')}, second mapping + CONTINUE ${each('inAlias')}, pwrite + CONTINUE ${each('inPwrite')}`,
    `C, out, likewise, write-protected first and a hole punched after: pread ${each('outPread')} (no second mapping), memcpy from the second mapping ${each('outAlias')}, pread of pages that came by pwrite ${each('outPreadMapped')}`,
    ...(lacking === undefined ? [] : [`huge: skipped [${lacking}]`]),
  ];
  return { rows, notes, runs };
}

/** Sees to so many free pages of 2 MiB, and that the setting is put back. Why there are none, else undefined. */
function reserve(context: Context, count: number): string | undefined {
  const read = (name: string) => Number(readFileSync(`${POOL}/${name}`, 'latin1'));
  const write = (total: number) => writeFileSync(`${POOL}/nr_hugepages`, String(total));
  try {
    const [total, lacks] = [read('nr_hugepages'), count - read('free_hugepages')];
    if (lacks > 0) {
      write(total + lacks);
      context.onCleanup(() => write(total));
    }
    const free = read('free_hugepages');
    return free >= count ? undefined : `the system gives ${free} of ${count} pages of 2 MiB`;
  } catch (error) {
    return `no pages of 2 MiB are free: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export const kinds: Question = {
  name: 'kinds',
  minutes: 0.8,
  title: 'a fill and an eviction, by kind of memory',
  target: 'reported: shared and huge memory beside anonymous, and the ways in and out of a memfile in C',
  run,
};
