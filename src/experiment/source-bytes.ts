// Reads what a page held before it was written, from the source itself and not through the pager.
import { closeSync, openSync, readSync } from 'node:fs';
import { SLOT_BYTES, SLOT_WORDS } from './content.js';

/** The bytes that a slot holds before it is written, had without the pager: zeros, or read from the file itself. */
export class SourceBytes {
  readonly #descriptor: number | undefined;
  readonly #words = new Uint32Array(SLOT_WORDS);
  readonly #bytes = new Uint8Array(this.#words.buffer);

  /** @param path the source's file; without it, zeros */
  constructor(path: string | undefined) {
    this.#descriptor = path === undefined ? undefined : openSync(path, 'r');
  }

  /** The words of a slot, good until the next call. */
  read(slot: number): Uint32Array {
    if (this.#descriptor === undefined) return this.#words;
    let done = 0;
    while (done < SLOT_BYTES) {
      const count = readSync(this.#descriptor, this.#bytes, done, SLOT_BYTES - done, slot * SLOT_BYTES + done);
      if (count === 0) break;
      done += count;
    }
    // Zeros follow a file that ends inside the region.
    this.#bytes.fill(0, done);
    return this.#words;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}
