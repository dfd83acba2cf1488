// A map of a region's pages in cells, read from the core's memory by any thread. Wide cells add up the tallies of leaves, so a
// map of 1 TiB costs as many reads as the region has leaves, and touches no page's entry.
import { BASE_TALLY_AT, CHUNK_SHIFT, TALLY_DIRTY, TALLY_RESIDENT, TALLY_UNDER_WAY } from '../../assembly/codes.js';
import * as layout from '../../assembly/layout.js';
import { isPresent } from './presence.js';
import type { CoreReader } from './reader.js';

/** What part of a region to show: pages `first` to `end`, `end` not included, in at most `cells` cells. */
export interface MapRequest {
  first: number;
  end: number;
  cells: number;
}

/** Counts of pages, one number a cell. */
export interface PageMap {
  /** The pages shown: `first` is rounded down to a whole cell. */
  first: number;
  end: number;
  /** Pages of a cell; the last one may have fewer. */
  perCell: number;
  /** The address of each cell's first page, hexadecimal. */
  addresses: string[];
  resident: number[];
  /** Of the resident pages those that are known to differ from the store's copy. */
  dirty: number[];
  /** Pages that are being fetched or evicted. */
  underWay: number[];
  /** Pages with a copy in a store or in the source. Of cells of 512 pages and more: pages that are not in memory now and lie in
   * a leaf that was touched. */
  elsewhere: number[];
}

type Counts = Pick<PageMap, 'resident' | 'dirty' | 'underWay' | 'elsewhere'>;

const { LEAF_PAGES, LEAF_SHIFT } = layout;
const TEN_BITS = 1023;

/** Whether the number, which anybody may have sent, is that of an open region. */
export function isOpenRegion({ word }: CoreReader, region: number): boolean {
  if (!Number.isInteger(region) || region < 1 || region >= layout.REGION_LIMIT) return false;
  return word(layout.REGIONS_AT + region * layout.REGION_BYTES + layout.REGION_STATE_AT) === layout.REGION_OPEN;
}

/** Pages that a map of the region numbers from 0: of a process those of its chunks, by address. */
export function mappedPages(reader: CoreReader, region: number): number {
  return new Leaves(reader, region).pages;
}

/** @param request must lie within the region's `mappedPages` */
export function readPageMap(reader: CoreReader, region: number, { first, end, cells }: MapRequest): PageMap {
  const leaves = new Leaves(reader, region);
  const last = Math.min(end, leaves.pages);
  const narrow = Math.max(1, Math.ceil((last - first) / cells));
  const perCell = narrow < LEAF_PAGES ? narrow : Math.ceil(narrow / LEAF_PAGES) * LEAF_PAGES;
  const start = first - (first % perCell);
  const counts: Counts = { resident: [], dirty: [], underWay: [], elsewhere: [] };
  const addresses: string[] = [];
  for (let page = start; page < last; page += perCell) {
    const cell = [0, 0, 0, 0] as [number, number, number, number];
    const until = Math.min(page + perCell, last);
    if (perCell < LEAF_PAGES) for (let each = page; each < until; each++) leaves.addPage(each, cell);
    else for (let leaf = page >>> LEAF_SHIFT; leaf << LEAF_SHIFT < until; leaf++) leaves.addLeaf(leaf, cell);
    counts.resident.push(cell[0]);
    counts.dirty.push(cell[1]);
    counts.underWay.push(cell[2]);
    counts.elsewhere.push(cell[3]);
    addresses.push(`0x${leaves.addressOf(page).toString(16)}`);
  }
  return { first: start, end: last, perCell, addresses, ...counts };
}

/** The leaves of a region by number, or of a process by address. */
class Leaves {
  readonly pages: number;
  readonly #reader: CoreReader;
  readonly #directory: number;
  readonly #address: bigint;
  readonly #pageShift: number;
  /** Of a process: its leaves' numbers and chunks, in the order of their addresses. */
  readonly #chunks: Array<{ leaf: number; chunk: number }> | null;

  constructor(reader: CoreReader, region: number) {
    const { word, long } = reader;
    const at = layout.REGIONS_AT + region * layout.REGION_BYTES;
    this.#reader = reader;
    this.#directory = word(at + layout.REGION_DIRECTORY_AT);
    this.#address = long(at + layout.REGION_ADDRESS_AT);
    this.#pageShift = word(layout.PAGE_SHIFT_AT);
    const pages = word(at + layout.REGION_PAGES_AT);
    const isProcess = word(at + layout.REGION_SPACE_AT) !== 0;
    this.#chunks = isProcess ? this.#sorted(word(at + layout.REGION_CHUNK_NEXT_AT), pages >>> LEAF_SHIFT) : null;
    this.pages = this.#chunks === null ? pages : this.#chunks.length * LEAF_PAGES;
  }

  // The second half of a space's directory has the chunk of each leaf: see assembly/books/chunk.ts.
  #sorted(used: number, room: number): Array<{ leaf: number; chunk: number }> {
    const chunks: Array<{ leaf: number; chunk: number }> = [];
    for (let leaf = 0; leaf < Math.min(used, room); leaf++) {
      if (this.#word(leaf) === 0) continue;
      chunks.push({ leaf, chunk: this.#reader.word(this.#directory + (room + leaf) * 4) });
    }
    return chunks.sort((a, b) => a.chunk - b.chunk);
  }

  addressOf(page: number): bigint {
    if (this.#chunks === null) return this.#address + (BigInt(page) << BigInt(this.#pageShift));
    const chunk = this.#chunks[page >>> LEAF_SHIFT]?.chunk ?? 0;
    return (BigInt(chunk) << BigInt(CHUNK_SHIFT)) + (BigInt(page & (LEAF_PAGES - 1)) << BigInt(this.#pageShift));
  }

  /** Adds a leaf's pages: resident, dirty, under way, elsewhere. */
  addLeaf(index: number, cell: [number, number, number, number]): void {
    const leaf = this.#at(index);
    if (leaf === 0) return;
    const tally = this.#isInCore(leaf) ? this.#reader.word(this.#slotOf(leaf) + BASE_TALLY_AT) : 0;
    const resident = (tally / TALLY_RESIDENT) & TEN_BITS;
    const underWay = Math.floor(tally / TALLY_UNDER_WAY) & TEN_BITS;
    cell[0] += resident;
    cell[1] += Math.floor(tally / TALLY_DIRTY) & TEN_BITS;
    cell[2] += underWay;
    // A page that is written while it is resident counts for both.
    cell[3] += Math.max(0, LEAF_PAGES - resident - underWay);
  }

  addPage(page: number, cell: [number, number, number, number]): void {
    const leaf = this.#at(page >>> LEAF_SHIFT);
    if (leaf === 0) return;
    // A leaf in the annex has no page in memory.
    if (!this.#isInCore(leaf)) {
      cell[3]++;
      return;
    }
    const head = this.#reader.word(leaf + (page & (LEAF_PAGES - 1)) * layout.ENTRY_BYTES);
    const state = head & 0xff;
    const flags = head >>> 16;
    if (isPresent(state)) cell[0]++;
    if (state === layout.PAGE_DIRTY) cell[1]++;
    if (UNDER_WAY.has(state)) cell[2]++;
    if (state === layout.PAGE_ABSENT && (flags & (layout.PAGE_STORED | layout.PAGE_SOURCED)) !== 0) cell[3]++;
  }

  #at(index: number): number {
    return this.#chunks === null ? this.#word(index) : this.#word(this.#chunks[index]?.leaf ?? 0);
  }

  #word(leaf: number): number {
    return this.#reader.word(this.#directory + leaf * 4);
  }

  // Not one in the annex. A region that is being closed may have anything in its directory: read nothing by such a word.
  #isInCore(leaf: number): boolean {
    const { word } = this.#reader;
    const offset = leaf - word(layout.BLOCK_LOWEST_AT);
    return (
      offset >= 0 && offset % layout.BLOCK_BYTES === 0 && offset / layout.BLOCK_BYTES < word(layout.BLOCK_COUNT_AT)
    );
  }

  #slotOf(leaf: number): number {
    const block = (leaf - this.#reader.word(layout.BLOCKS_AT)) >>> layout.BLOCK_SHIFT;
    return this.#reader.word(layout.BLOCK_BASES_AT) + block * 8;
  }
}

const UNDER_WAY = new Set([layout.PAGE_FILLING, layout.PAGE_STAGED, layout.PAGE_EVICTING, layout.PAGE_WRITING]);
