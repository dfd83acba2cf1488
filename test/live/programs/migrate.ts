// Scenes of a region that moves to another process: each end is a scene of its own.
import { Worker } from 'node:worker_threads';
import { type MigrateOptions, type ReceiveOptions, type Region, receiveRegion } from '../../../src/index.js';
import { failure, pause, perform, say, until, wordAt, wordsOf } from './kit.js';
import { createPager, MEMORY } from './variant.js';

interface End {
  url: string;
  tls?: { ca: string; cert: string; key: string };
  patience?: number;
  residentLimit?: string;
}

interface Source extends End {
  pages: number;
  options?: MigrateOptions;
}

/** Writes to its pages while they move. */
class Writer {
  readonly #worker: Worker;
  readonly #stop = new SharedArrayBuffer(4);
  readonly #counts: Promise<Uint32Array>;
  readonly begun: Promise<void>;

  constructor(region: Region) {
    const data = { buffer: region.buffer, stop: this.#stop, seed: 7 };
    this.#worker = new Worker(new URL('./migrate-writer.js', import.meta.url), { workerData: data });
    let begin = (): void => {};
    this.begun = new Promise((resolve) => {
      begin = resolve;
    });
    this.#counts = new Promise((resolve, reject) => {
      this.#worker.on('message', (told: unknown) => (told instanceof Uint32Array ? resolve(told) : begin()));
      this.#worker.on('error', reject);
    });
  }

  /** How often it wrote to each page. */
  async stop(): Promise<Uint32Array> {
    Atomics.store(new Int32Array(this.#stop), 0, 1);
    return this.#counts;
  }
}

/** Of every fourth page a word in the middle, which nobody writes to afterwards. */
function mark(region: Region): void {
  const words = wordsOf(region);
  for (let page = 0; page * 1024 < words.length; page += 4) words[page * 1024 + 500] = wordAt(page, 5);
}

function checkMarks(words: Uint32Array): void {
  for (let page = 0; page * 1024 < words.length; page++) {
    const found = words[page * 1024 + 500];
    const wanted = page % 4 === 0 ? wordAt(page, 5) : 0;
    if (found !== wanted) throw new Error(`page ${page}: ${found}, not ${wanted}`);
  }
}

function checkCounts(words: Uint32Array, counts: Uint32Array): void {
  // From both ends: the background scan runs from the first page to the last.
  for (let at = 0; at < counts.length; at++) {
    const page = at % 2 === 0 ? at >> 1 : counts.length - 1 - (at >> 1);
    const found = [words[page * 1024 + 7], words[page * 1024 + 1000]];
    if (found[0] !== counts[page] || found[1] !== counts[page]) {
      throw new Error(`page ${page}: ${found}, not ${counts[page]}`);
    }
  }
}

const endOf = ({ tls, patience = 10 }: End) => ({ patience, ...(tls && { tls }) });

async function receive({ url, residentLimit, ...end }: End, options: ReceiveOptions = {}) {
  const pager = await createPager(residentLimit === undefined ? {} : { residentLimit });
  const received = await receiveRegion(url, {
    pager,
    ...(MEMORY && { memory: MEMORY }),
    ...endOf({ url, ...end }),
    onListening: () => say('listens'),
    ...options,
  });
  return { ...received, pager };
}

async function prepare({ pages, residentLimit }: Source) {
  const pager = await createPager(residentLimit === undefined ? {} : { residentLimit });
  const region = await pager.map({ byteLength: pages * 4096 });
  mark(region);
  return { pager, region };
}

await perform({
  /** Writes until the switch, and gives what it has written as the state. */
  async 'a source that is written to'(source: Source) {
    const { pager, region } = await prepare(source);
    const writer = new Writer(region);
    await writer.begun;
    let progress = 0;
    const report = await region.migrate(source.url, {
      ...endOf(source),
      ...source.options,
      state: async () => Buffer.from((await writer.stop()).buffer),
      onProgress: () => void progress++,
    });
    await region.close();
    await pager.close();
    return { ...report, progress };
  },

  async 'a destination'(end: End) {
    const { region, state, complete, pager } = await receive(end);
    const counts = new Uint32Array(Uint8Array.from(state).buffer);
    const words = wordsOf(region);
    checkCounts(words, counts);
    checkMarks(words);
    // It is a region like any other.
    for (let page = 0; page < counts.length; page += 3) words[page * 1024 + 9] = page;
    const report = await complete;
    await region.evict();
    checkCounts(words, counts);
    checkMarks(words);
    for (let page = 0; page < counts.length; page += 3) {
      if (words[page * 1024 + 9] !== page) throw new Error(`page ${page} has lost what was written to it`);
    }
    await pager.close();
    return report;
  },

  /** The migration fails: the region is here still, whole. */
  async 'a source that stays'(source: Source & { abort?: boolean }) {
    const { pager, region } = await prepare(source);
    const writer = new Writer(region);
    await writer.begun;
    const ending = new AbortController();
    let counts: Uint32Array | undefined;
    const failed = await failure(() =>
      region.migrate(source.url, {
        ...endOf(source),
        ...source.options,
        signal: ending.signal,
        state: async () => {
          if (source.abort === true) {
            ending.abort();
            await pause(50);
          } else {
            counts = await writer.stop();
          }
          say('switches');
          return new Uint8Array();
        },
      }),
    );
    // Unless it was stopped, it runs on.
    if (counts === undefined) await pause(50);
    checkCounts(wordsOf(region), counts ?? (await writer.stop()));
    checkMarks(wordsOf(region));
    wordsOf(region).fill(1);
    await pager.close();
    return failed;
  },

  /** Touches a page that does not come. */
  async 'a destination that is left alone'(end: End) {
    const { region, complete } = await receive(end, { onNotice: (line) => say(line) });
    say('switched');
    const ended = failure(() => complete);
    const touch = new Worker(new URL('./hand.js', import.meta.url), {
      workerData: { buffer: region.buffer, does: 'fill', seed: 1 },
    });
    touch.on('error', () => {});
    const failed = await ended;
    say(`failed ${failed.code} ${failed.message}`);
    await pause(5000);
    throw new Error('the touch has not ended the process');
  },

  /** Waits for a sender, and is stopped. */
  async 'a destination that gives up'({ url }: End) {
    const ending = new AbortController();
    const failed = failure(() => receiveRegion(url, { signal: ending.signal, onListening: () => ending.abort() }));
    return failed;
  },

  /** The region, or its pager, is closed while it moves. */
  async 'a source that is closed'(source: Source & { whole: boolean }) {
    const { pager, region } = await prepare(source);
    let isClosing = false;
    const failed = await failure(() =>
      region.migrate(source.url, {
        ...endOf(source),
        bandwidth: '1MiB',
        rounds: 1,
        compress: 'off',
        onProgress: () => {
          if (isClosing) return;
          isClosing = true;
          void (source.whole ? pager.close() : region.close());
        },
      }),
    );
    await until(() => isClosing);
    await pager.close();
    return failed;
  },
});
