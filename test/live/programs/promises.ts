// Scenes of what a region promises in its process: numbers, memory, holds, pins.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Region, type Store, snapshotStore } from '../../../src/index.js';
import { failure, perform } from './kit.js';
import { createPager } from './variant.js';

const PAGE = 4096;
const MIB = 2 ** 20;

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

  // Nobody asks the garbage collector for anything: it is told what closed regions weigh.
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

  async 'a snapshot that waits its turn while its region closes'({ first, second }: { first: string; second: string }) {
    const pager = await createPager({ residentLimit: 8 * MIB });
    const busy = await pager.map({ byteLength: 4 * MIB });
    busy.view(Uint32Array).fill(7);
    const doomed = await pager.map({ byteLength: 16 * PAGE });
    doomed.view(Uint8Array).fill(1);
    const one = busy.snapshot(first);
    const other = failure(() => doomed.snapshot(second));
    await doomed.close();
    const next = await pager.map({ byteLength: 16 * PAGE });
    next.view(Uint8Array).fill(2);
    const { code } = await other;
    await one;
    const copy = await pager.map({ byteLength: 4 * MIB, source: snapshotStore(first) });
    await copy.load(0, PAGE);
    const word = copy.view(Uint32Array, 0, 1)[0];
    await pager.close();
    return { code, word };
  },
});
