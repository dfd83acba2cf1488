// PAGEMAP_SCAN and /proc/self/pagemap.
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { attempt } from './failure.js';
import { door } from './native.js';
import type { Range } from './types.js';

const PAGE_SHIFT = 12n;
/** Most regions that one PAGEMAP_SCAN returns. */
const REGIONS = 4096;
const ENTRIES = 8192;

const PRESENT = 1n << 63n;
const SWAPPED = 1n << 62n;
const FILE = 1n << 61n;
const UFFD_WP = 1n << 57n;
const SOFT_DIRTY = 1n << 55n;

/** The entry of /proc/self/pagemap of one page of 4096 bytes. */
export interface PageFlags {
  present: boolean;
  swapped: boolean;
  /** The page is of a file, or shared. */
  file: boolean;
  /** Write-protected by a userfaultfd. */
  uffdWp: boolean;
  softDirty: boolean;
}

const SCAN_HINTS = {
  EPERM: 'register the range with { wp: true } on a userfaultfd that has the feature WP_ASYNC',
  ENOTTY: 'PAGEMAP_SCAN needs Linux 6.7',
  EINVAL: 'start and length must be multiples of the page size',
} as const;

/** Start, end and length (a double) of each region, and where the walk ended. */
const REGION_WORDS = 3;
const WALK_END = REGION_WORDS * REGIONS;

/** The vector of the last scan, for reuse: allocating one costs as much as a scan of 100 MiB. */
let spare: BigUint64Array | undefined;

function laterOf(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** A scan under way. Not a generator, which would double the cost of a result. */
class Scan implements IterableIterator<Range> {
  readonly #end: bigint;
  readonly #clear: boolean;
  #from: bigint;
  #regions: BigUint64Array;
  /** The same words as numbers, for the lengths: subtracting bigints allocates. */
  #lengths: Float64Array;
  #count = 0;
  #index = 0;
  #ended = false;

  constructor(range: Range, clear: boolean) {
    this.#from = range.start;
    this.#end = range.start + BigInt(range.byteLength);
    this.#clear = clear;
    this.#regions = spare ?? new BigUint64Array(WALK_END + 1);
    this.#lengths = new Float64Array(this.#regions.buffer);
    spare = undefined;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Range, undefined> {
    if (this.#index === this.#count) this.#scan();
    if (this.#ended) return { value: undefined, done: true };
    const at = REGION_WORDS * this.#index++;
    const start = this.#regions[at] as bigint;
    return { value: { start, byteLength: this.#lengths[at + 2] as number }, done: false };
  }

  return(): IteratorResult<Range, undefined> {
    if (!this.#ended) spare = this.#regions;
    this.#ended = true;
    this.#index = this.#count = 0;
    return { value: undefined, done: true };
  }

  #scan(): void {
    if (this.#ended || this.#from >= this.#end) {
      this.return();
      return;
    }
    const regions = this.#regions;
    const work = () => door.scan(this.#from, this.#end, this.#clear, regions);
    this.#count = attempt('the written pages cannot be scanned', 'REGION', work, SCAN_HINTS);
    this.#index = 0;
    if (this.#count === 0) {
      this.return();
    } else if (this.#count < REGIONS) {
      // The vector did not fill up, so the walk reached the end. Ignore walk_end: Linux 6.18 then leaves the end of an earlier
      // part of the walk there (measured), and continuing from it would return ranges twice.
      this.#from = this.#end;
    } else {
      const last = regions[REGION_WORDS * this.#count - 2] as bigint;
      const walked = regions[WALK_END] as bigint;
      this.#from = laterOf(walked, last);
    }
  }
}

/**
 * The written ranges of memory that is registered with `{wp: true}` under WP_ASYNC, in ascending order. With `clear`
 * they are write-protected again in the same step, as each part of the result is taken (the iterator asks the kernel
 * for 4096 ranges at a time): a write after that is in the next scan. Linux 6.7.
 * @throws PagerError 'PERMISSION' (EPERM) if the range is not registered like that, 'UNSUPPORTED', 'REGION'; when iterated
 */
export function scanWritten(range: Range, options: { clear?: boolean } = {}): IterableIterator<Range> {
  checkOptions('scanWritten', options, { clear: 'boolean' });
  return new Scan(range, options.clear ?? false);
}

/**
 * The kernel's page map entries for each page of 4096 bytes of a range of this process.
 * @throws PagerError 'OPTION'
 */
export function pageFlags(range: Range): PageFlags[] {
  const pages = range.byteLength / 4096;
  if (!Number.isSafeInteger(pages) || pages < 0) {
    throw new PagerError('OPTION', `${range.byteLength} bytes are not a whole number of pages`, {
      hint: 'give a multiple of 4096',
    });
  }
  const flags: PageFlags[] = [];
  const first = range.start >> PAGE_SHIFT;
  while (flags.length < pages) {
    const into = new BigUint64Array(Math.min(ENTRIES, pages - flags.length));
    const from = first + BigInt(flags.length);
    const count = attempt('the page map cannot be read', 'REGION', () => door.entries(from, into));
    if (count === 0) throw new PagerError('REGION', 'the range ends outside the address space', { hint: 'shorten it' });
    for (const entry of into.subarray(0, count)) flags.push(flagsOf(entry));
  }
  return flags;
}

function flagsOf(entry: bigint): PageFlags {
  return {
    present: (entry & PRESENT) !== 0n,
    swapped: (entry & SWAPPED) !== 0n,
    file: (entry & FILE) !== 0n,
    uffdWp: (entry & UFFD_WP) !== 0n,
    softDirty: (entry & SOFT_DIRTY) !== 0n,
  };
}
