// Remembers which version of each slot was written last, in little memory.
const LEAF_BITS = 16;
const LEAF_SLOTS = 1 << LEAF_BITS;
const LARGEST_VERSION = 0xffff;

/**
 * What was last written where: one 16-bit version a slot, 0 for never written. Leaves are made on first write, so a
 * large region costs 4 bytes a KiB of its written part. After 65,535 writes a slot's versions begin again at 1.
 */
export class Model {
  readonly #leaves: Array<Uint16Array | undefined> = [];

  /** The version last written to a slot, 0 if none was. */
  version(slot: number): number {
    return this.#leaves[Math.floor(slot / LEAF_SLOTS)]?.[slot & (LEAF_SLOTS - 1)] ?? 0;
  }

  /** Notes one more write of a slot and gives its version. */
  next(slot: number): number {
    const leafIndex = Math.floor(slot / LEAF_SLOTS);
    let leaf = this.#leaves[leafIndex];
    if (leaf === undefined) {
      leaf = new Uint16Array(LEAF_SLOTS);
      this.#leaves[leafIndex] = leaf;
    }
    const index = slot & (LEAF_SLOTS - 1);
    const version = leaf[index] === LARGEST_VERSION ? 1 : (leaf[index] ?? 0) + 1;
    leaf[index] = version;
    return version;
  }

  /** Whether any of `count` slots from `first` was written. */
  written(first: number, count: number): boolean {
    for (let slot = first; slot < first + count; slot++) if (this.version(slot) !== 0) return true;
    return false;
  }
}
