// The pages of a space, in the order of an image. A space's pages are found by chunk of 2 MiB; an image numbers its pages
// from 0, and records their addresses:
//
//   leaf of the core   3: chunk 0x7f12a0e   0: chunk 0x7f12a0f   1: chunk 0x55d0c31   …
//   image              pages 0 … 511        512 … 1023           1024 … 1535          in the order in which they are met
//
// A chunk keeps its place as long as the process lives: an incremental image leaves out pages that did not change, and must
// have the others at the places of the image before it.
import { CHUNK_SHIFT } from '../../../assembly/codes.js';
import {
  LEAF_PAGES,
  LEAF_SHIFT,
  REGION_BYTES,
  REGION_CHUNK_NEXT_AT,
  REGION_DIRECTORY_AT,
  REGIONS_AT,
} from '../../../assembly/layout.js';
import type { Core } from '../../core/core.js';
import { PagerError } from '../../errors.js';
import type { PageBatch, PageSink, PageSource, Pass, PassOptions } from '../../pass/pass.js';

export interface AddressRange {
  /** Hexadecimal, with 0x. */
  address: string;
  /** The first page in the image. */
  first: number;
  pages: number;
}

/** Where images of one process have its chunks: the place of each chunk, and the places there is room for. */
export class Places {
  readonly of = new Map<number, number>();
  capacity = 0;
}

/** Leaves that may be created before the instant, besides the present ones. */
const SPARE_LEAVES = 512;

export class SpacePages implements PageSource {
  readonly pages: number;
  readonly pageSize: number;
  readonly #core: Core;
  readonly #space: number;
  readonly #source: PageSource;
  readonly #places: Places;
  /** The place of each leaf at the instant; later a leaf may cover another chunk. */
  #atInstant: Map<number, number> | undefined;

  /** @param places of earlier images of the process; it is added to */
  constructor(core: Core, space: number, source: PageSource, places: Places) {
    this.#core = core;
    this.#space = space;
    this.#source = source;
    this.#places = places;
    this.pageSize = source.pageSize;
    // The present chunks in order of address, so that an image of a stopped program is in order.
    const chunks = this.#usedLeaves().map((leaf) => this.#chunkOf(leaf));
    const fresh = chunks.filter((chunk) => !places.of.has(chunk)).toSorted((a, b) => a - b);
    // Images of one chain have equally many pages; more only if the room is used up.
    const needed = places.of.size + fresh.length;
    if (needed + SPARE_LEAVES / 4 > places.capacity) places.capacity = needed + SPARE_LEAVES;
    for (const chunk of fresh) this.#placeOf(chunk);
    this.pages = places.capacity << LEAF_SHIFT;
  }

  begin(options: PassOptions, sink: PageSink): Pass {
    this.#atInstant = undefined;
    const take = async (batch: PageBatch): Promise<void> => {
      await Promise.all(this.#translate(batch).map((each) => sink.take(each)));
    };
    const pass = this.#source.begin(options, { take, cancel: (error) => sink.cancel?.(error) });
    pass.instant.then(
      () => this.#noteInstant(),
      () => {}, // `done` reports it
    );
    return pass;
  }

  release(): Promise<void> {
    return this.#source.release();
  }

  /** The addresses of the image's pages at the instant; pages never met, and those of unmapped chunks, have none. */
  ranges(): AddressRange[] {
    const used = new Set(this.#noteInstant().values());
    const ranges: Array<{ chunk: number; place: number; chunks: number }> = [];
    for (const [chunk, place] of [...this.#places.of].toSorted((a, b) => a[0] - b[0])) {
      if (!used.has(place)) continue;
      const last = ranges.at(-1);
      if (last !== undefined && last.chunk + last.chunks === chunk && last.place + last.chunks === place) last.chunks++;
      else ranges.push({ chunk, place, chunks: 1 });
    }
    return ranges.map(({ chunk, place, chunks }) => ({
      address: `0x${(BigInt(chunk) << BigInt(CHUNK_SHIFT)).toString(16)}`,
      first: place << LEAF_SHIFT,
      pages: chunks << LEAF_SHIFT,
    }));
  }

  // Pages with bytes come after the instant only.
  #noteInstant(): Map<number, number> {
    this.#atInstant ??= new Map(this.#usedLeaves().map((leaf) => [leaf, this.#placeOf(this.#chunkOf(leaf))]));
    return this.#atInstant;
  }

  // Runs of bytes lie in one leaf; runs of zeros may cross from one to the next.
  #translate({ first, count, bytes }: PageBatch): PageBatch[] {
    const batches: PageBatch[] = [];
    for (let done = 0; done < count; ) {
      const page = first + done;
      const part = Math.min(count - done, LEAF_PAGES - (page & (LEAF_PAGES - 1)));
      const place = this.#placeOfLeaf(page >> LEAF_SHIFT, bytes !== null);
      const piece = bytes?.subarray(done * this.pageSize, (done + part) * this.pageSize) ?? null;
      done += part;
      if (place === undefined) continue;
      batches.push({ first: (place << LEAF_SHIFT) | (page & (LEAF_PAGES - 1)), count: part, bytes: piece });
    }
    return batches;
  }

  // Undefined: zeros in a chunk that the process has unmapped.
  #placeOfLeaf(leaf: number, hasBytes: boolean): number | undefined {
    const place = (hasBytes ? this.#noteInstant() : this.#atInstant)?.get(leaf);
    if (place !== undefined) return place;
    if (hasBytes) {
      throw new PagerError('REGION', 'the program unmapped memory (munmap, mremap) while it was being saved', {
        hint: 'try again, or stop it until all is saved: --stop=all',
      });
    }
    return this.#atInstant === undefined && this.#isUsed(leaf) ? this.#placeOf(this.#chunkOf(leaf)) : undefined;
  }

  #placeOf(chunk: number): number {
    const known = this.#places.of.get(chunk);
    if (known !== undefined) return known;
    const place = this.#places.of.size;
    if (place >= this.#places.capacity) {
      throw new PagerError('REGION', `the program mapped more than ${SPARE_LEAVES / 2} MiB while it was being saved`, {
        hint: 'stop it until its memory is protected: --stop',
      });
    }
    this.#places.of.set(chunk, place);
    return place;
  }

  #usedLeaves(): number[] {
    const count = this.#field(REGION_CHUNK_NEXT_AT);
    return Array.from({ length: count }, (_, leaf) => leaf).filter((leaf) => this.#isUsed(leaf));
  }

  #isUsed(leaf: number): boolean {
    return this.#word(leaf) !== 0;
  }

  #chunkOf(leaf: number): number {
    return Number(this.#core.exports.addressOf(this.#space, leaf << LEAF_SHIFT) >> BigInt(CHUNK_SHIFT));
  }

  #word(index: number): number {
    return this.#core.u32[(this.#field(REGION_DIRECTORY_AT) >>> 2) + index] ?? 0;
  }

  #field(offset: number): number {
    return this.#core.u32[(REGIONS_AT + this.#space * REGION_BYTES + offset) >>> 2] ?? 0;
  }
}
