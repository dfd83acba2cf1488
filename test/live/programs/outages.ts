// Scenes of stores that are away for a while, or never answer, and of a process that was stopped meanwhile.
import { once } from 'node:events';
import { moduleStore, type Region, type Store } from '../../../src/index.js';
import { failure, hand, pause, perform, say, until } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;

/** A store of this thread; the test decides for each kind of call whether it answers, fails, or never settles. */
class Moody implements Store {
  readonly writable = true;
  readonly kept = new Map<number, Uint8Array>();
  mood: Record<'read' | 'write' | 'flush' | 'close', 'well' | 'fails' | 'never'> = {
    read: 'well',
    write: 'well',
    flush: 'well',
    close: 'well',
  };
  calls = 0;

  async #be(call: keyof Moody['mood']): Promise<void> {
    this.calls++;
    if (this.mood[call] === 'never') await new Promise(() => {});
    if (this.mood[call] === 'fails') throw new Error('the store is away');
  }
  async read(pages: Parameters<Store['read']>[0]): Promise<void> {
    await this.#be('read');
    for (const { page, into } of pages) into.set(this.kept.get(page) ?? new Uint8Array(into.length).fill(page + 1));
  }
  async write(pages: Parameters<NonNullable<Store['write']>>[0]): Promise<void> {
    await this.#be('write');
    for (const { page, from } of pages) this.kept.set(page, from.slice());
  }
  async flush(): Promise<void> {
    await this.#be('flush');
  }
  async close(): Promise<void> {
    await this.#be('close');
  }
}

async function open(patience: number, more: object = {}) {
  const store = new Moody();
  const pager = await createPager({ residentLimit: MIB, storePatience: patience, readahead: 'off', ...more });
  const region = await pager.map({ byteLength: 64 * PAGE, store });
  await region.load(0, 64 * PAGE);
  region.view(Uint8Array).fill(9);
  await region.evict();
  return { store, pager, region };
}

const first = (region: Region, page: number) => region.view(Uint8Array, page * PAGE, 1)[0];

/** How long it took, in units of the patience, rounded up. */
async function patiences(patience: number, work: Promise<unknown>) {
  const began = performance.now();
  const { code } = await failure(() => work);
  return { code, waits: Math.ceil((performance.now() - began) / patience) };
}

await perform({
  async 'loads, prefetches and readahead while the store is away'({ mood }: { mood: 'fails' | 'never' }) {
    const { store, pager, region } = await open(300, { readahead: 'sequential' });
    store.mood.read = mood;
    const codes = [await failure(() => region.load(0, PAGE)), await failure(() => region.load(8 * PAGE, 4 * PAGE))];
    codes.push(await failure(() => region.load(16 * PAGE, PAGE, { pin: true })));
    region.prefetch(20 * PAGE, 8 * PAGE);
    await pause(1300);
    store.mood.read = 'well';
    const read: Array<number | undefined> = [];
    for (const page of [0, 9, 16, 21]) {
      await region.load(page * PAGE, PAGE);
      read.push(first(region, page));
    }
    await region.discard(11 * PAGE, PAGE);
    await region.load(11 * PAGE, PAGE);
    read.push(first(region, 11));
    // The last load keeps its page until this turn is over.
    await pause(100);
    const { pinnedPages } = region.stats();
    await pager.close();
    return { codes: codes.map(({ code }) => code), read, pinnedPages };
  },

  async 'every wait has an end'() {
    const patience = 2000;
    const { store, pager, region } = await open(patience);
    await region.load(0, 4 * PAGE);
    region.view(Uint8Array, 0, 4 * PAGE).fill(5);
    Object.assign(store.mood, { read: 'never', write: 'never', flush: 'never', close: 'never' });
    const read = await patiences(patience, region.load(8 * PAGE, PAGE));
    const flush = await patiences(patience, region.flush());
    const evict = await patiences(patience, region.evict(0, PAGE));
    store.mood.write = 'fails';
    const began = performance.now();
    await pager.close();
    return { read, flush, evict, close: Math.ceil((performance.now() - began) / patience) };
  },

  async 'a failing store is given up after one patience'() {
    const patience = 2000;
    const { store, pager, region } = await open(patience);
    store.mood.read = 'fails';
    const read = await patiences(patience, region.load(8 * PAGE, 8 * PAGE));
    store.mood.read = 'well';
    await region.load(0, 16 * PAGE);
    region.view(Uint8Array, 0, 16 * PAGE).fill(7);
    store.mood.write = 'fails';
    const flush = await patiences(patience, region.flush());
    const evict = await patiences(patience, region.evict());
    store.mood.write = 'well';
    await region.evict();
    await region.load(3 * PAGE, PAGE);
    const value = first(region, 3);
    await pager.close();
    return { read, flush, evict, value };
  },

  async 'a module store that never answers'() {
    const pager = await createPager({ residentLimit: MIB, storePatience: 200, readahead: 'off' });
    const never = (mode: string) => moduleStore(new URL('./stores.js', import.meta.url), { mode });
    const region = await pager.map({ byteLength: 512 * PAGE, source: never('never') });
    // More calls than there are frames: those that are given up are given back.
    const codes = new Set<string | undefined>();
    for (let page = 0; page < 48; page += 16) {
      const loads = Array.from({ length: 16 }, (_, at) => failure(() => region.load((page + at) * 8 * PAGE, PAGE)));
      for (const { code } of await Promise.all(loads)) codes.add(code);
    }
    const other = await pager.map({ byteLength: 512 * PAGE });
    other.view(Uint8Array).fill(3);
    const sum = other.view(Uint8Array).reduce((a, b) => a + b, 0);
    await pager.close();
    return { codes: [...codes], sum };
  },

  async 'a thread touches what never comes'() {
    const { store, region } = await open(300);
    store.mood.read = 'never';
    const worker = hand({ buffer: region.buffer, does: 'byte', from: 8 * 1024 });
    await once(worker, 'message');
    await pause(20_000);
  },

  // The test stops the process for longer than the patience, and says when the store is back.
  async 'a process that is stopped while a thread waits'() {
    const { store, pager, region } = await open(1500);
    store.mood.read = 'fails';
    const answers: unknown[] = [];
    const worker = hand({ buffer: region.buffer, does: 'byte', from: 8 * 1024 });
    worker.on('message', (message) => answers.push(message));
    await until(() => store.calls > 3);
    say('waits');
    process.stdin.once('data', () => {
      store.mood.read = 'well';
    });
    await once(worker, 'exit');
    process.stdin.destroy();
    await pager.close();
    return answers.at(-1);
  },
});
