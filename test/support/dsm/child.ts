// A process that has joined a shared region, or is attached to a node of one, and does what a test writes to its standard input: one JSON command a line, one JSON
// answer a line. `race` is a litmus test's role, `operate` a client's part of a linearizability test.
import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import {
  attachRegion,
  createPager,
  type JoinOptions,
  type Share,
  type SharedRange,
  type SharedRegion,
  shareRegion,
} from '../../../src/index.js';
import { advise } from '../../../src/userfaultfd/index.js';
import { Keeper } from './keeper.js';
import { flagsAt } from './vma.js';

const PAGE_INTS = 1024;
const PAGE_LONGS = 512;

interface Command {
  do:
    | 'write'
    | 'read'
    | 'load'
    | 'flush'
    | 'evict'
    | 'changed'
    | 'abandon'
    | 'events'
    | 'stats'
    | 'race'
    | 'operate'
    | 'persist'
    | 'discard'
    | 'plant'
    | 'remove'
    | 'share'
    | 'unshare'
    | 'flags'
    | 'keep'
    | 'rest'
    | 'snapshot'
    | 'close';
  page?: number;
  pages?: number;
  value?: number;
  write?: boolean;
  test?: string;
  role?: number;
  x?: number;
  y?: number;
  ms?: number;
  seed?: number;
  log?: string;
  nodes?: number;
  reads?: number[];
  path?: string;
  mark?: string;
  at?: 'abort' | 'kill' | 'stop' | 'close';
  from?: string;
}

/** One operation on a word: kind (0 read, 1 write), word, value, and when it began and ended. */
export type WordOperation = [kind: number, word: number, value: number, began: number, ended: number];

const [homes = '', text = '{}'] = process.argv.slice(2);
const options = JSON.parse(text) as JoinOptions & { attach?: string };
const pager = await createPager();
const attached = options.attach === undefined ? undefined : await attachRegion(options.attach);
const joined = attached === undefined ? await pager.join(homes.split(','), options) : undefined;
const region = attached ?? own();
const ints = new Int32Array(region.buffer);
const longs = new BigInt64Array(region.buffer);
const keeper = new Keeper(ints);
const events: Array<{ event: string; ranges: SharedRange[] }> = [];
joined?.on('lost', (ranges) => events.push({ event: 'lost', ranges }));
joined?.on('fenced', (ranges) => events.push({ event: 'fenced', ranges }));
let share: Share | undefined;

/** The region of a process that has joined. */
function own(): SharedRegion {
  if (joined === undefined) throw new Error('this process is attached');
  return joined;
}

/**
 * One thread of a litmus test, again and again, without meeting the others: x and y only grow, so that any two steps of two threads
 * are an attempt. Returns [own step, first value, second value] of each step that read something new, and how many steps there were.
 */
function race({ test = '', role = 0, x = 0, y = 0, ms = 0 }: Command): { steps: number[][]; count: number } {
  const steps: number[][] = [];
  const end = performance.now() + ms;
  let [lastFirst, lastSecond] = [-1, -1];
  const step = STEPS[`${test} ${role}`];
  if (step === undefined) throw new Error(`no role ${role} in ${test}`);
  let i = 0;
  while (performance.now() < end) {
    const [first, second] = step(++i, x, y);
    if (first !== lastFirst || second !== lastSecond) steps.push([i, first, second]);
    [lastFirst, lastSecond] = [first, second];
  }
  return { steps, count: i };
}

const store = (at: number, value: number) => Atomics.store(ints, at, value);
const load = (at: number) => Atomics.load(ints, at);
/** Roles that only write read nothing. */
const NONE: [number, number] = [0, 0];

/** The other writer's value; 0 for the one of its own that is right, else -2. */
const foreign = (read: number, own: number) => ((read & 1) === 1 ? read : read === own ? 0 : -2);

const STEPS: Readonly<Record<string, (i: number, x: number, y: number) => [number, number]>> = {
  'MP 0': (i, x, y) => {
    ints[x] = i;
    ints[y] = i;
    return NONE;
  },
  'MP 1': (_, x, y) => [ints[y] ?? 0, ints[x] ?? 0],
  'SB 0': (i, x, y) => {
    store(x, i);
    return [load(y), 0];
  },
  'SB 1': (i, x, y) => {
    store(y, i);
    return [load(x), 0];
  },
  'LB 0': (i, x, y) => {
    const read = load(x);
    store(y, i);
    return [read, 0];
  },
  'LB 1': (i, x, y) => {
    const read = load(y);
    store(x, i);
    return [read, 0];
  },
  'IRIW 0': (i, x) => {
    store(x, i);
    return NONE;
  },
  'IRIW 1': (i, _, y) => {
    store(y, i);
    return NONE;
  },
  'IRIW 2': (_, x, y) => [load(x), load(y)],
  'IRIW 3': (_, x, y) => {
    const second = load(y);
    return [load(x), second];
  },
  'CoRR 0': (i, x) => {
    ints[x] = i;
    return NONE;
  },
  'CoRR 1': (_, x) => [ints[x] ?? 0, ints[x] ?? 0],
  // The two writers of a word differ in its lowest bit.
  'CoWW 0': (i, x) => {
    ints[x] = 4 * i;
    ints[x] = 4 * i + 2;
    return NONE;
  },
  'CoWW 1': (_, x) => [ints[x] ?? 0, 0],
  'CoRW 0': (i, x) => {
    const before = load(x);
    store(x, 2 * i);
    return [foreign(before, 2 * (i - 1)), 0];
  },
  'CoWR 0': (i, x) => {
    store(x, 2 * i);
    return [foreign(load(x), 2 * i), 0];
  },
  'S 0': (i, x, y) => {
    store(x, 2 * i);
    store(y, i);
    return NONE;
  },
  'S 1': (i, x, y) => {
    const read = load(y);
    store(x, 2 * i + 1);
    return [read, 0];
  },
  'R 0': (i, x, y) => {
    store(x, i);
    store(y, 2 * i);
    return NONE;
  },
  'R 1': (i, x, y) => {
    store(y, 2 * i + 1);
    return [load(x), 0];
  },
  '2+2W 0': (i, x, y) => {
    store(x, 2 * i);
    store(y, 2 * i);
    return NONE;
  },
  '2+2W 1': (i, x, y) => {
    store(y, 2 * i + 1);
    store(x, 2 * i + 1);
    return NONE;
  },
  /** The other writer of one word, and a reader of both words. */
  'WRITE 0': (i, x) => {
    store(x, 2 * i + 1);
    return NONE;
  },
  'SEE 0': (_, x, y) => [load(x), load(y)],
  'ADD 0': (_, x) => {
    Atomics.add(ints, x, 1);
    return NONE;
  },
};

/**
 * As `race`, for a role that takes turns: y=i, a discard of the page of y, then x is read (role 0) or x=i (1). x lies on another page.
 */
async function raceDiscards({ role = 0, x = 0, y = 0, ms = 0 }: Command): Promise<ReturnType<typeof race>> {
  const steps: number[][] = [];
  const end = performance.now() + ms;
  let last = -1;
  let i = 0;
  while (performance.now() < end) {
    store(y, ++i);
    await own().discard(Math.floor(y / PAGE_INTS) * region.pageSize, region.pageSize);
    if (role === 1) store(x, i);
    const read = role === 1 ? 0 : load(x);
    if (read !== last) steps.push([i, read, 0]);
    last = read;
  }
  return { steps, count: i };
}

const now = () => Number(process.hrtime.bigint());

/** Writes each word of `operate` once: a word that is discarded has no zeros before that. */
function plant({ pages = 1 }: Command): WordOperation[] {
  return Array.from({ length: 2 * pages }, (_, word) => {
    const value = 2 ** 40 + word;
    const began = now();
    Atomics.store(longs, (word >> 1) * PAGE_LONGS + (word & 1), BigInt(value));
    return [1, word, value, began, now()];
  });
}

/**
 * Random reads and writes of 64-bit words, two on each page; each value is written once. If a `page` is given it is discarded in the middle: that is
 * a write of zeros to both of its words.
 */
async function operate({ role = 0, ms = 0, pages = 1, seed = 1, page }: Command): Promise<WordOperation[]> {
  const done: WordOperation[] = [];
  const end = performance.now() + ms;
  const middle = page === undefined ? Number.POSITIVE_INFINITY : performance.now() + ms / 2;
  let discarded: Promise<void> | undefined;
  let discards = false;
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % below;
  };
  for (let i = 1; performance.now() < end; i++) {
    if (page !== undefined && discarded === undefined && performance.now() > middle) {
      const from = now();
      discards = true;
      discarded = own()
        .discard(page * region.pageSize, region.pageSize)
        .then(() => {
          discards = false;
          for (const word of [2 * page, 2 * page + 1]) done.push([1, word, 0, from, now()]);
        });
    }
    // Only then does this thread hear that it is done.
    if (discards) await turn();
    const word = random(2 * pages);
    const at = (word >> 1) * PAGE_LONGS + (word & 1);
    const isWrite = random(4) === 0;
    const written = role * 2 ** 32 + i;
    if (random(64) === 0) joined?.prefetch((word >> 1) * region.pageSize, region.pageSize);
    if (random(1024) === 0) joined?.evict((word >> 1) * region.pageSize, region.pageSize).catch(() => {});
    const began = process.hrtime.bigint();
    const value = isWrite ? BigInt(written) : Atomics.load(longs, at);
    if (isWrite) Atomics.store(longs, at, value);
    const ended = process.hrtime.bigint();
    done.push([Number(isWrite), word, Number(value), Number(began), Number(ended)]);
  }
  await discarded;
  return done;
}

/**
 * For a node with write-through that is alone: writes `pages` words again and again, and notes in the file `log` what it is about to write
 * (`w page value`), and that the home has it (`k page value`), though nobody asked for it. Ends when it is killed.
 */
async function persist({ pages = 1, log = '' }: Command): Promise<void> {
  const file = openSync(log, 'w', 0o600);
  const note = (kind: string, page: number, value: number) => writeSync(file, `${kind} ${page} ${value}\n`);
  for (let value = 1; ; value++) {
    const before = own().stats().dsm.grants;
    for (let page = 0; page < pages; page++) {
      note('w', page, value);
      store(page * PAGE_INTS, value);
    }
    // Each page that it was granted has been sent.
    let { grants, puts } = own().stats().dsm;
    for (; grants < before + pages || puts !== grants; { grants, puts } = own().stats().dsm) await sleep(1);
    await own().flush();
    if (own().stats().dsm.puts !== puts) throw new Error('the flush had something to send');
    for (let page = 0; page < pages; page++) note('k', page, value);
  }
}

/** The region's image goes to `path`. When pages have arrived the file `mark` is made, and the snapshot aborted, this process killed or stopped, or the region closed. */
function snapshot({ path = '', mark, at, from }: Command): Promise<unknown> {
  const ending = new AbortController();
  let ended = false;
  const onProgress = () => {
    if (ended) return;
    ended = true;
    if (mark !== undefined) closeSync(openSync(mark, 'w'));
    if (at === 'kill') process.kill(process.pid, 'SIGKILL');
    if (at === 'stop') process.kill(process.pid, 'SIGSTOP');
    if (at === 'close') void own().close();
    if (at === 'abort') ending.abort(new Error('enough'));
  };
  const options = { onProgress, signal: ending.signal, ...(from !== undefined && { incrementalFrom: from }) };
  return own().snapshot(path, options);
}

async function answer(command: Command): Promise<unknown> {
  const { page = 0, pages = 1, value = 0, write = false } = command;
  const [offset, length] = [page * region.pageSize, pages * region.pageSize];
  switch (command.do) {
    case 'write':
      ints.fill(value, page * PAGE_INTS, (page + pages) * PAGE_INTS);
      return null;
    case 'read':
      return Array.from({ length: pages }, (_, i) => ints[(page + i) * PAGE_INTS]);
    case 'load':
      return own().load(offset, length, { write });
    case 'flush':
      return own().flush();
    case 'evict':
      return own().evict(offset, length);
    case 'changed':
      return own().changed(offset, value);
    case 'abandon':
      return own()
        .changed(offset, value, { signal: AbortSignal.timeout(0) })
        .catch(({ code }: { code: string }) => code);
    case 'events':
      return events;
    case 'stats':
      return own().stats();
    case 'race':
      return command.test === 'DISCARD' ? raceDiscards(command) : race(command);
    case 'operate':
      return operate(command);
    case 'discard':
      return own().discard(offset, length);
    case 'plant':
      return plant(command);
    case 'persist':
      return persist(command);
    case 'keep':
      keeper.start(command);
      return null;
    case 'rest':
      return keeper.stop();
    case 'snapshot':
      return snapshot(command);
    case 'remove':
      return advise({ start: region.address + BigInt(offset), byteLength: length }, 'REMOVE');
    case 'share':
      share = await shareRegion(own(), command.path ?? '');
      return null;
    case 'unshare':
      return share?.close();
    case 'flags':
      return flagsAt(region.address);
    case 'close':
      await attached?.close();
      return pager.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as Command;
  const result = await answer(command).then(
    (value) => ({ ok: value ?? null }),
    (error: unknown) => ({ error: String((error as Error).message) }),
  );
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (command.do === 'close') break;
}
process.exit(0);
