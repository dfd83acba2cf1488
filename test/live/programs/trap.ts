// Scenes of engine trap alone: what its way to keep pages absent costs in mappings, and what it does where native code has changed
// the mapping of a region. The addon is trap-calls.c, compiled by the test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPager, type Pager, type PagerOptions, probe, type Region } from '../../../src/index.js';
import { check, failure, fill, hands, perform, say, wordsOf } from './kit.js';

interface Addon {
  cover(address: number, byte: number): void;
  unmap(address: number): void;
  protect(address: number, readable: number): void;
  lock(address: number, bytes: number): void;
}

interface Input {
  faults: NonNullable<PagerOptions['faults']>;
  addon: string;
}

const PAGE = 4096;
const WORDS = PAGE / 4;
const MIB = 2 ** 20;
const SEED = 1;

const loaded = (addon: string) => createRequire(import.meta.url)(addon) as Addon;
const mappings = () => readFileSync('/proc/self/maps', 'latin1').split('\n').length;

async function open({ faults }: Input, limit = MIB, byteLength = 4 * MIB): Promise<{ pager: Pager; region: Region }> {
  const options = { engine: 'trap', faults, readahead: 'off', storePatience: 500 } as const;
  const pager = await createPager({ ...options, residentLimit: limit });
  return { pager, region: await pager.map({ byteLength }) };
}

/** Checks all words but those of one page. */
function checkBeside(region: Region, page: number): void {
  const words = wordsOf(region);
  check(words, SEED, 0, page * WORDS);
  check(words, SEED, (page + 1) * WORDS);
}

await perform({
  async 'scattered pages'(input: Input) {
    const { pager, region } = await open(input, 16 * MIB, 32 * MIB);
    const words = wordsOf(region);
    const before = mappings();
    for (let at = 0; at < words.length; at += 2 * WORDS) words[at] = at + 1;
    const more = mappings() - before;
    for (let at = 0; at < words.length; at += 2 * WORDS) {
      if (words[at] !== at + 1) throw new Error(`word ${at} is ${words[at]}`);
    }
    await pager.close();
    const { trap } = await probe();
    return { more, pages: words.length / WORDS / 2, guardPages: trap.guardPages };
  },

  /** More blocks than may be marked at once, in several regions; and again after they are closed. */
  async 'many blocks'(input: Input) {
    const before = mappings();
    const step = (2 * MIB) / 4;
    const most: number[] = [];
    for (let round = 0; round < 2; round++) {
      const { pager, region } = await open(input, 16 * MIB, 1024 * MIB);
      const regions = [
        region,
        await pager.map({ byteLength: 1024 * MIB }),
        await pager.map({ byteLength: 1024 * MIB }),
      ];
      for (const one of regions) {
        const words = wordsOf(one);
        for (let at = 0; at < words.length; at += step) words[at] = at + 1;
      }
      most.push(mappings() - before);
      for (const one of regions) {
        await one.evict();
        const words = wordsOf(one);
        for (let at = 0; at < words.length; at += step) {
          if (words[at] !== at + 1 || words[at + WORDS] !== 0) throw new Error(`word ${at} is ${words[at]}`);
        }
      }
      await pager.close();
    }
    return most;
  },

  /** Each thread reads pages that the others bring in at the same moment: zeros would be a page that was opened too early. */
  async 'threads on the same pages'(input: Input) {
    const { pager, region } = await open(input, 8 * MIB, 4 * MIB);
    fill(wordsOf(region), SEED);
    for (let round = 0; round < 4; round++) {
      await region.evict();
      const job = { buffer: region.buffer, does: 'check', seed: SEED } as const;
      await hands([job, job, job]);
    }
    const { fills } = region.stats();
    await pager.close();
    return fills;
  },

  async 'a touch of a hole'(input: Input & { evicted: boolean }) {
    const { region } = await open(input, 8 * MIB, 4 * MIB);
    const words = wordsOf(region);
    fill(words, SEED);
    if (input.evicted) await region.evict();
    loaded(input.addon).unmap(Number(region.address) + 5 * PAGE);
    checkBeside(region, 5);
    say('now');
    return words[5 * WORDS];
  },

  /** A present page, of which the application has forbidden the access, or writes alone. */
  async 'a touch of a forbidden page'(input: Input & { readable: number }) {
    const { region } = await open(input, 8 * MIB, 4 * MIB);
    const words = wordsOf(region);
    fill(words, SEED);
    loaded(input.addon).protect(Number(region.address) + 5 * PAGE, input.readable);
    checkBeside(region, 5);
    if (input.readable === 1) check(words, SEED, 5 * WORDS, 6 * WORDS);
    say('now');
    if (input.readable === 1) words[5 * WORDS] = 1;
    return words[5 * WORDS];
  },

  /** The page is in the middle of those that would be evicted together. */
  async 'around a hole that was present'(input: Input) {
    const { pager, region } = await open(input, MIB, 4 * MIB);
    const words = wordsOf(region);
    fill(words, SEED);
    check(words, SEED, 0, 16 * WORDS);
    loaded(input.addon).unmap(Number(region.address) + 5 * PAGE);
    for (let seed = SEED; seed < SEED + 3; seed++) {
      await region.evict();
      check(words, seed, 0, 5 * WORDS);
      check(words, seed, 6 * WORDS);
      fill(words, seed + 1, 0, 5 * WORDS);
      fill(words, seed + 1, 6 * WORDS);
    }
    const { evictions } = region.stats();
    // The bytes of that page cannot be read any more, and `close` may say so.
    await pager.close().catch(() => {});
    return evictions;
  },

  async 'beside a hole'(input: Input) {
    const { pager, region } = await open(input, MIB, 4 * MIB);
    fill(wordsOf(region), SEED);
    await region.evict();
    loaded(input.addon).unmap(Number(region.address) + 5 * PAGE);
    const refused = await failure(() => region.load(5 * PAGE, PAGE));
    for (let round = 0; round < 2; round++) {
      checkBeside(region, 5);
      await region.evict();
    }
    await pager.close();
    return refused.code;
  },

  /** The application's own bytes stay, and so do the region's on all other pages. */
  async 'memory mapped over a page'(input: Input & { evicted: boolean }) {
    const { pager, region } = await open(input, MIB, 4 * MIB);
    const words = wordsOf(region);
    fill(words, SEED);
    await region.evict();
    // A block is settled by its first page.
    check(words, SEED, 0, 16 * WORDS);
    if (input.evicted) await region.evict();
    loaded(input.addon).cover(Number(region.address) + 7 * PAGE, 9);
    await region.load(6 * PAGE, 3 * PAGE);
    for (let round = 0; round < 2; round++) {
      await region.evict();
      checkBeside(region, 7);
      for (let at = 7 * WORDS; at < 8 * WORDS; at++) {
        if (words[at] !== 0x09090909) throw new Error(`word ${at} is ${words[at]}`);
      }
    }
    await pager.close();
  },

  async 'a locked region'(input: Input) {
    const { pager, region } = await open(input);
    const words = wordsOf(region);
    fill(words, SEED);
    loaded(input.addon).lock(Number(region.address), region.byteLength);
    for (let seed = SEED + 1; seed < SEED + 3; seed++) {
      fill(words, seed);
      check(words, seed);
    }
    await region.evict();
    const { residentPages } = region.stats();
    check(words, SEED + 2);
    await pager.close();
    return residentPages;
  },
});
