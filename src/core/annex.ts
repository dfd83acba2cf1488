// The annex as a core finds it: memory outside its own, in which it keeps leaves of the page table (assembly/books/annex.ts).
import { ANNEX_SLAB_BYTES, ANNEX_UNIT_SHIFT } from '../../assembly/codes.js';

/** What the core asks of its host. A place counts units of 256 bytes. */
export interface AnnexHost {
  /** Copies `bytes` from the core memory at `at` to a place. 0: there is no memory for it. */
  annexWrite(at: number, place: number, bytes: number): number;
  /** Copies `bytes` from a place into the core memory at `at`. */
  annexRead(place: number, at: number, bytes: number): void;
  /** Nothing in this part is needed any more. */
  annexVacate(place: number, bytes: number): void;
}

/** The functions as WebAssembly calls them, with words that have a sign. */
export function importsOf(annex: AnnexHost): Record<keyof AnnexHost, (...words: number[]) => number | void> {
  return {
    annexWrite: (at = 0, place = 0, bytes = 0) => annex.annexWrite(at >>> 0, place >>> 0, bytes >>> 0),
    annexRead: (place = 0, at = 0, bytes = 0) => annex.annexRead(place >>> 0, at >>> 0, bytes >>> 0),
    annexVacate: (place = 0, bytes = 0) => annex.annexVacate(place >>> 0, bytes >>> 0),
  };
}

/** An annex in memory of JavaScript's, for a core without the addon: a replay, a test. */
export class PlainAnnex implements AnnexHost {
  readonly #core: Uint8Array;
  /** By their number; a leaf lies in one slab. */
  readonly #slabs = new Map<number, Uint8Array>();

  constructor(core: ArrayBufferLike) {
    this.#core = new Uint8Array(core);
  }

  annexWrite(at: number, place: number, bytes: number): number {
    this.#at(place, bytes).set(this.#core.subarray(at, at + bytes));
    return 1;
  }

  annexRead(place: number, at: number, bytes: number): void {
    this.#core.set(this.#at(place, bytes), at);
  }

  annexVacate(place: number, bytes: number): void {
    const first = Math.floor((place * UNIT_BYTES) / ANNEX_SLAB_BYTES);
    for (let slab = first; slab < first + bytes / ANNEX_SLAB_BYTES; slab++) this.#slabs.delete(slab);
  }

  /** Bytes that it holds. */
  get byteLength(): number {
    return this.#slabs.size * ANNEX_SLAB_BYTES;
  }

  #at(place: number, bytes: number): Uint8Array {
    const offset = place * UNIT_BYTES;
    const number = Math.floor(offset / ANNEX_SLAB_BYTES);
    let slab = this.#slabs.get(number);
    if (slab === undefined) {
      slab = new Uint8Array(ANNEX_SLAB_BYTES);
      this.#slabs.set(number, slab);
    }
    const from = offset % ANNEX_SLAB_BYTES;
    return slab.subarray(from, from + bytes);
  }
}

const UNIT_BYTES = 2 ** ANNEX_UNIT_SHIFT;
