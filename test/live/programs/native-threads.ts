// Scenes of native code beside inline faults: threads of an addon, and signal handlers below and above the pager's. The addon is
// native-threads.c, compiled by the test.
import { createRequire } from 'node:module';
import { createPager, fileStore, memoryStore, type PagerOptions } from '../../../src/index.js';
import { perform, say } from './kit.js';

interface Addon {
  under(): void;
  over(): void;
  hammer(address: number, pages: number, threads: number, rounds: number, stackBytes: number): number;
  shut(address: number): number;
  wild(): number;
  passed(): number;
}

interface Input {
  addon: string;
  engine: NonNullable<PagerOptions['engine']>;
  /** A file for pages that do not compress; none: the pool. */
  file?: string;
  /** Of each thread's alternative stack. */
  stackBytes?: number;
}

const MIB = 2 ** 20;
const PAGES = 2048;
const ROUNDS = 4;

const loaded = (addon: string) => createRequire(import.meta.url)(addon) as Addon;

async function open({ engine, file }: Input) {
  const pager = await createPager({ engine, faults: 'inline', residentLimit: MIB, readahead: 'off' });
  const store = file === undefined ? memoryStore() : fileStore(file);
  const region = await pager.map({ byteLength: PAGES * 4096, store });
  return { pager, region, address: Number(region.address) };
}

await perform({
  async 'threads with a stack for signals'(input: Input) {
    const addon = loaded(input.addon);
    const { pager, address } = await open(input);
    const used = addon.hammer(address, PAGES, 4, ROUNDS, input.stackBytes ?? 0);
    const { evictions } = pager.stats();
    await pager.close();
    return { used, evicted: evictions > PAGES };
  },

  async 'a thread that blocks all signals'(input: Input) {
    const addon = loaded(input.addon);
    const { pager, region, address } = await open(input);
    const words = new Uint32Array(region.buffer);
    words[5] = 77;
    // The page is present: it takes no signal to read it.
    say(`read ${addon.shut(address + 20)}`);
    await region.evict();
    say(`read ${addon.shut(address + 20)}`);
    await pager.close();
  },

  async 'handlers of others'(input: Input) {
    const addon = loaded(input.addon);
    addon.under();
    const { pager, address } = await open(input);
    addon.over();
    const used = addon.hammer(address, PAGES, 2, ROUNDS, 256 * 1024);
    const passed = addon.passed();
    const mended = addon.wild();
    const again = addon.hammer(address, PAGES, 2, 0, 256 * 1024);
    const faults = pager.stats().faults.missing;
    await pager.close();
    return {
      right: used >= 0 && again >= 0,
      mended,
      passedFaults: passed >= faults,
      passedWild: addon.passed() - passed,
    };
  },
});
