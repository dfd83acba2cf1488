// A hash table from numbers to numbers that lives only in a buffer: the buffer is the table.
// Two words a slot, open addressing; the first slot holds the count. Key 0 means an empty slot.

const PAGE = 4096;

/** What a key holds that was filled in and never written since. */
export const filled = (key) => Math.imul(key, 0x85ebca6b) >>> 0;

export class Table {
  #words;

  constructor(buffer) {
    this.#words = new Uint32Array(buffer);
    this.capacity = this.#words.length / 2 - 1;
  }

  get size() {
    return this.#words[0];
  }

  get(key) {
    const at = this.#find(key);
    return this.#words[at] === key ? this.#words[at + 1] : undefined;
  }

  set(key, value) {
    const at = this.#find(key);
    if (this.#words[at] !== key) {
      // One slot stays empty: a search ends there.
      if (this.size + 1 >= this.capacity) throw new RangeError('the table is full');
      this.#words[0]++;
      this.#words[at] = key;
    }
    this.#words[at + 1] = value;
  }

  /** Where the page begins in which a search for it does. */
  pageOf(key) {
    const byte = this.#home(key) * 8;
    return byte - (byte % PAGE);
  }

  #home(key) {
    return 1 + ((Math.imul(key, 0x9e3779b1) >>> 0) % this.capacity);
  }

  /** The word that holds the key, or where it belongs. */
  #find(key) {
    let slot = this.#home(key);
    while (this.#words[slot * 2] !== key && this.#words[slot * 2] !== 0) slot = slot === this.capacity ? 1 : slot + 1;
    return slot * 2;
  }
}
