// An LRU cache that is bigger than the memory it takes: its values lie in a region, of which an eighth is resident; the file
// holds the rest. The keys stay in a Map, whose order is that of the last use.
//   node examples/lru.mjs [FILE]
import { createPager, fileStore } from 'farpage';

const SLOT = 4096; // the largest value, with two bytes for its length
const SLOTS = 16_384; // 64 MiB

class PagedLru {
  #slots = new Map(); // key to slot, the least recently used key first
  #region;

  constructor(region) {
    this.#region = region;
  }

  get size() {
    return this.#slots.size;
  }

  async get(key) {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    this.#touch(key, slot);
    return this.#region.use(slot * SLOT, SLOT, (bytes) => {
      const length = bytes[0] * 256 + bytes[1];
      return Buffer.from(bytes.subarray(2, 2 + length)); // a copy: the page may leave after this
    });
  }

  async set(key, value) {
    if (value.length > SLOT - 2) throw new RangeError(`a value has at most ${SLOT - 2} bytes`);
    const slot = this.#slots.get(key) ?? this.#freeSlot();
    this.#touch(key, slot);
    await this.#region.use(slot * SLOT, SLOT, (bytes) => {
      bytes[0] = value.length >> 8;
      bytes[1] = value.length & 255;
      bytes.set(value, 2);
    });
  }

  /** Makes the key the most recently used one. */
  #touch(key, slot) {
    this.#slots.delete(key);
    this.#slots.set(key, slot);
  }

  #freeSlot() {
    if (this.#slots.size < SLOTS) return this.#slots.size;
    const [oldest, slot] = this.#slots.entries().next().value;
    this.#slots.delete(oldest);
    return slot;
  }
}

const [path = 'lru.pages'] = process.argv.slice(2);
const pager = await createPager({ residentLimit: '8MiB' });
const region = await pager.map({ byteLength: SLOTS * SLOT, store: fileStore(path) });
const cache = new PagedLru(region);

const COUNT = 20_000; // more keys than slots: the oldest ones are dropped
const makeValue = (n) => Buffer.alloc(1000, `value ${n}; `);
for (let n = 0; n < COUNT; n++) await cache.set(n, makeValue(n));
let [hits, wrong] = [0, 0];
for (let n = 0; n < COUNT; n += 7) {
  const value = await cache.get(n);
  if (value === undefined) continue;
  hits++;
  if (!value.equals(makeValue(n))) wrong++;
}
console.log(`${cache.size} of ${COUNT} values kept, ${hits} read, ${wrong} wrong;`);
console.log(`at most ${pager.stats().residentBytesPeak / 2 ** 20} MiB of ${region.byteLength / 2 ** 20} MiB resident`);
await pager.close();
