// Scenes of what a region promises in its process: numbers, memory, holds, pins.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Region, type Store, snapshotStore } from '../../../src/index.js';
import { failure, perform, say } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;
/** So many regions are passed at once. */
const PASSES = 4;

interface OwnStore extends Store {
  closed: boolean;
  calls: number;
}

/** A store of this thread that takes so long to close. */
function ownStore(closing = 0): OwnStore {
  const kept = new Map<number, Uint8Array>();
  return {
    writable: true,
    closed: false,
    calls: 0,
    async read(pages) {
      this.calls++;
      for (const { page, into } of pages) into.set(kept.get(page) ?? new Uint8Array(into.byteLength));
    },
    async write(pages) {
      this.calls++;
      for (const { page, from } of pages) kept.set(page, from.slice());
    },
    async close() {
      if (closing > 0) await sleep(closing);
      this.closed = true;
    },
  };
}

function residentMib(): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) / 1024;
}

const bytesOf = (region: Region, page: number) => region.view(Uint8Array, page * PAGE, PAGE);

await perform({
  async 'map while another region closes'() {
    const pager = await createPager({ residentLimit: 4 * MIB });
    const slow = ownStore(700);
    const old = await pager.map({ byteLength: 64 * PAGE, store: slow });
    await old.load(0, 64 * PAGE);
    old.view(Uint8Array).fill(1);
    const closing = old.close();
    const stores = Array.from({ length: 4 }, () => ownStore());
    const regions = await Promise.all(stores.map((store) => pager.map({ byteLength: 16 * PAGE, store })));
    for (const [index, region] of regions.entries()) {
      await region.load(0, 16 * PAGE);
      region.view(Uint8Array).fill(index + 2);
      await region.evict();
    }
    await closing;
    const read: number[] = [];
    for (const region of regions) {
      await region.load(5 * PAGE, PAGE);
      read.push(bytesOf(region, 5)[0] ?? -1);
    }
    const after = await pager.map({ byteLength: PAGE });
    const open = pager.stats().regions;
    await pager.close();
    return { read, open, closed: stores.map(({ closed }) => closed), slow: slow.closed, after: after.byteLength };
  },

  // Nothing calls the garbage collector: farpage reports the size of closed regions to it.
  async 'map, fill and close one region after the other'({ memory }: { memory?: 'shared' }) {
    const pager = await createPager({ residentLimit: 64 * MIB });
    const before = residentMib();
    let most = 0;
    for (let round = 0; round < 60; round++) {
      const region = await pager.map({ byteLength: 32 * MIB, ...(memory && { memory }) });
      const bytes = region.view(Uint8Array);
      for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = round;
      await region.close();
      most = Math.max(most, residentMib() - before);
    }
    await pager.close();
    return most;
  },

  async 'open, fill and close one pager after the other'() {
    const before = residentMib();
    let most = 0;
    for (let round = 0; round < 12; round++) {
      const pager = await createPager({ residentLimit: 128 * MIB, pageSize: MIB });
      const region = await pager.map({ byteLength: 160 * MIB });
      const bytes = region.view(Uint8Array);
      for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = round;
      await pager.close();
      most = Math.max(most, residentMib() - before);
    }
    return most;
  },

  // Each load is of pages that the others need the room of; what was loaded is touched in its caller's turn.
  async 'many loads at once'({ own }: { own: boolean }) {
    const pager = await createPager({ residentLimit: 2 * MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 32 * MIB, ...(own && { store: ownStore() }) });
    const pages = (32 * MIB) / PAGE;
    const order = Array.from({ length: 1200 }, (_, at) => (at * 4999) % (pages - 16));
    const faults: number[] = [];
    const work = async (page: number) => {
      await region.load(page * PAGE, 16 * PAGE);
      const before = region.stats().faults.missing;
      const bytes = region.view(Uint8Array, page * PAGE, 16 * PAGE);
      for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = (bytes[at] ?? 0) + 1;
      faults.push(region.stats().faults.missing - before);
    };
    await Promise.all(order.map(work));
    const counts = new Map<number, number>();
    for (const page of order) for (let at = page; at < page + 16; at++) counts.set(at, (counts.get(at) ?? 0) + 1);
    let wrong = 0;
    for (const [page, count] of counts) {
      await region.load(page * PAGE, PAGE);
      if (bytesOf(region, page)[0] !== count % 256) wrong++;
    }
    await sleep(50);
    const { pinnedPages } = region.stats();
    const most = pager.stats().residentBytesPeak;
    await pager.close();
    return { faults: faults.reduce((a, b) => a + b, 0), wrong, pinnedPages, over: most > 2 * MIB };
  },

  async 'pins count'() {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 8 * MIB });
    const storm = async () => {
      for (let page = 512; page < 1536; page += 64) await region.load(page * PAGE, 64 * PAGE);
      // The caller that awaited the last one has had its turn.
      await sleep(50);
    };
    const faultsOf = () => {
      const before = region.stats().faults.missing;
      for (let page = 0; page < 4; page++) bytesOf(region, page)[0] = 7;
      return region.stats().faults.missing - before;
    };
    const found: unknown[] = [];
    await region.load(0, 4 * PAGE, { pin: true });
    await region.load(2 * PAGE, 2 * PAGE, { pin: true });
    const pin = await region.pin(0, 4 * PAGE);
    region.unpin(0, 4 * PAGE);
    await storm();
    found.push(faultsOf(), region.stats().pinnedPages);
    pin.release();
    pin.release();
    await region.evict();
    found.push(region.stats().pinnedPages);
    region.unpin(2 * PAGE, 2 * PAGE);
    region.unpin(0, 8 * MIB);
    await region.evict();
    found.push(region.stats().pinnedPages, region.stats().residentPages);
    const used = await region.use(PAGE, 2 * PAGE, async (bytes) => {
      await storm();
      const before = region.stats().faults.missing;
      const value = bytes[0];
      return [value, region.stats().faults.missing - before, region.stats().pinnedPages];
    });
    found.push(
      used,
      await failure(() => region.use(0, PAGE, () => Promise.reject(new Error('mine')))).then((f) => f.message),
    );
    await region.evict();
    found.push(region.stats().pinnedPages);
    {
      const other = await region.pin(0, PAGE);
      other[Symbol.dispose]();
      const third = await region.pin(0, PAGE);
      await third[Symbol.asyncDispose]();
    }
    await region.evict();
    found.push(region.stats().pinnedPages, (await failure(() => region.pin(0, 8 * MIB))).code);
    await region.load(0, 8 * MIB);
    await region[Symbol.asyncDispose]();
    await pager[Symbol.asyncDispose]();
    return found;
  },

  async 'the thread of a store of its own waits for that store'({ call }: { call: 'read' | 'write' }) {
    const pager = await createPager({ residentLimit: MIB, readahead: 'off' });
    const region = await pager.map({ byteLength: 4 * MIB, store: ownStore() });
    await region.load(0, 128 * PAGE);
    region.view(Uint8Array, 0, 128 * PAGE).fill(6);
    if (call === 'read') await region.evict();
    else void region.evict().catch(() => {});
    if (call === 'write') await new Promise((resolve) => setImmediate(resolve));
    say('touches');
    let sum = 0;
    for (let page = 0; page < 128; page++) sum += bytesOf(region, page)[0] ?? 0;
    return sum;
  },

  async 'a snapshot that waits its turn while its region closes'({ first, second }: { first: string; second: string }) {
    const pager = await createPager({ residentLimit: 8 * MIB });
    const busy: Region[] = [];
    for (let at = 0; at < PASSES; at++) {
      const region = await pager.map({ byteLength: 4 * MIB });
      region.view(Uint32Array).fill(7);
      busy.push(region);
    }
    const doomed = await pager.map({ byteLength: 16 * PAGE });
    doomed.view(Uint8Array).fill(1);
    const others = busy.map((region, at) => region.snapshot(at === 0 ? first : `${first}.${at}`));
    const other = failure(() => doomed.snapshot(second));
    await doomed.close();
    const next = await pager.map({ byteLength: 16 * PAGE });
    next.view(Uint8Array).fill(2);
    const { code } = await other;
    await Promise.all(others);
    const copy = await pager.map({ byteLength: 4 * MIB, source: snapshotStore(first) });
    await copy.load(0, PAGE);
    const word = copy.view(Uint32Array, 0, 1)[0];
    await pager.close();
    return { code, word };
  },
});
