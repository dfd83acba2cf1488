// What the programs about kinds of memory and engines share. Each scene says itself which kind it wants: no variant.
import { createPager, type MapOptions, type Pager, type PagerOptions, type Region } from '../../../src/index.js';
import { pagerRanges } from '../../../src/pager/pager.js';
import { wordsOf } from './kit.js';

const HUGE_PAGE = 2 * 2 ** 20;
const SMALL_PAGE = 4096;

export interface Kind {
  memory: 'anonymous' | 'shared' | 'huge';
  engine: 'userfaultfd' | 'trap';
  /** The trap keeps pages absent by mprotect(2), as on kernels without guard pages. */
  mprotect?: true;
}

export interface Opened {
  pager: Pager;
  region: Region;
  words: Uint32Array;
  /** Words of a page. */
  step: number;
  /** Pages that may be resident. */
  limit: number;
  pages: number;
}

/** The least limit of pages that a scene is given: 32 MiB of huge pages, 1 MiB of others. */
export function limitOf({ memory }: Kind): number {
  return memory === 'huge' ? 16 : 256;
}

/** A pager with a region `times` its limit. */
export async function open(
  { memory, engine, mprotect }: Kind,
  times = 4,
  options: Omit<MapOptions, 'byteLength'> = {},
  more: PagerOptions = {},
): Promise<Opened> {
  const limit = limitOf({ memory, engine });
  // Before the addon looks, which it does once.
  if (mprotect === true) process.env.FARPAGE_GUARD_PAGES = '0';
  const pageSize = memory === 'huge' ? HUGE_PAGE : SMALL_PAGE;
  const pager = await createPager({ engine, pageSize, residentLimit: limit * pageSize, ...more });
  const region = await pager.map({ byteLength: times * limit * pageSize, memory, ...options });
  return { pager, region, words: wordsOf(region), step: pageSize / 4, limit, pages: times * limit };
}

/** The pages' words are all zeros. */
export function zeros(words: Uint32Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    if (words[at] !== 0) throw new Error(`word ${at} (byte ${at * 4}) is ${words[at]}, not 0`);
  }
}

/** The descriptor of the region's memfile. */
export function fileOf(pager: Pager): number {
  const file = pagerRanges(pager).find((range) => range.file !== undefined)?.file;
  if (file === undefined) throw new Error('the region has no memfile');
  return file;
}

/** What another process needs to know to count the pager's memory: see account.ts of test/support. */
export function rangesOf(pager: Pager): { start: string; end: string; file?: number }[] {
  return pagerRanges(pager).map(({ start, end, file }) => ({
    start: start.toString(),
    end: end.toString(),
    ...(file === undefined ? {} : { file }),
  }));
}
