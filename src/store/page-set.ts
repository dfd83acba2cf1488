// A set of page numbers.
const PAGES_PER_BLOCK = 32_768;
const PAGES_PER_WORD = 32;

/** A set of page numbers: one bit a page, in blocks of 4 KiB created on first use. */
export class PageSet {
  readonly #blocks = new Map<number, Uint32Array>();

  add(page: number): void {
    const at = Math.floor(page / PAGES_PER_BLOCK);
    let block = this.#blocks.get(at);
    if (block === undefined) {
      block = new Uint32Array(PAGES_PER_BLOCK / PAGES_PER_WORD);
      this.#blocks.set(at, block);
    }
    const bit = page % PAGES_PER_BLOCK;
    const word = bit >>> 5;
    block[word] = (block[word] ?? 0) | (1 << (bit & 31));
  }

  delete(page: number): void {
    const block = this.#blocks.get(Math.floor(page / PAGES_PER_BLOCK));
    if (block === undefined) return;
    const bit = page % PAGES_PER_BLOCK;
    const word = bit >>> 5;
    block[word] = (block[word] ?? 0) & ~(1 << (bit & 31));
  }

  has(page: number): boolean {
    const block = this.#blocks.get(Math.floor(page / PAGES_PER_BLOCK));
    const bit = page % PAGES_PER_BLOCK;
    return (((block?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }

  clear(): void {
    this.#blocks.clear();
  }

  /** Every page, ascending within a block of 32768, in arrays of at most `limit`. */
  *chunks(limit: number): Generator<number[]> {
    let chunk: number[] = [];
    for (const [at, block] of this.#blocks) {
      for (let word = 0; word < block.length; word++) {
        for (let bits = block[word] ?? 0; bits !== 0; bits &= bits - 1) {
          chunk.push(at * PAGES_PER_BLOCK + word * PAGES_PER_WORD + (31 - Math.clz32(bits & -bits)));
          if (chunk.length === limit) {
            yield chunk;
            chunk = [];
          }
        }
      }
    }
    if (chunk.length > 0) yield chunk;
  }
}
