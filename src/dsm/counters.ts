// Counters of a node, which its thread writes and the user's thread reads: stats().dsm.
import type { DsmStats } from '../core/dsm-stats.js';

const NAMES = ['reads', 'grants', 'recalls', 'invalidations', 'handOffs', 'freezes', 'puts', 'evictions'] as const;
type CounterName = (typeof NAMES)[number];
/** Pages with the most hand-offs. */
const WORST = 8;

export class Counters {
  readonly buffer: SharedArrayBuffer;
  readonly #counts: Float64Array;
  readonly #worst: Float64Array;

  constructor(buffer = new SharedArrayBuffer((NAMES.length + 2 * WORST) * 8)) {
    this.buffer = buffer;
    this.#counts = new Float64Array(buffer, 0, NAMES.length);
    this.#worst = new Float64Array(buffer, NAMES.length * 8, 2 * WORST);
  }

  add(name: CounterName): void {
    const at = NAMES.indexOf(name);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** The page left this node for the `handOffs`th time because another asked for it. */
  handedOff(page: number, handOffs: number): void {
    this.add('handOffs');
    let least = 0;
    for (let slot = 0; slot < WORST; slot++) {
      const count = this.#worst[slot * 2 + 1] ?? 0;
      if (this.#worst[slot * 2] === page && count > 0) {
        this.#worst[slot * 2 + 1] = handOffs;
        return;
      }
      if (count < (this.#worst[least * 2 + 1] ?? 0)) least = slot;
    }
    if (handOffs > (this.#worst[least * 2 + 1] ?? 0)) this.#worst.set([page, handOffs], least * 2);
  }

  read(): DsmStats {
    const counts = Object.fromEntries(NAMES.map((name, at) => [name, this.#counts[at] ?? 0])) as Record<
      CounterName,
      number
    >;
    const contended = Array.from({ length: WORST }, (_, slot) => ({
      page: this.#worst[slot * 2] ?? 0,
      handOffs: this.#worst[slot * 2 + 1] ?? 0,
    }));
    const worst = contended.filter(({ handOffs }) => handOffs > 1).sort((a, b) => b.handOffs - a.handOffs);
    return { ...counts, contended: worst };
  }
}
