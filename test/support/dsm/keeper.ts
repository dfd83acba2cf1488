// Writes words of a shared region, until it is stopped, by rules that a torn image of the region breaks (images.ts).
import { setImmediate as turn } from 'node:timers/promises';

const PAGE_INTS = 1024;

interface Rules {
  /** Of so many nodes in a ring. */
  role?: number;
  nodes?: number;
  /** Adds 1 to its word `x`, then to its word `y` on another page. */
  x?: number;
  y?: number;
  /** The ring's words, one a page: each follows that of the node before it, and the first goes on when the last has followed. */
  seed?: number;
  /** Words of others: their pages come and go. */
  reads?: number[];
}

export class Keeper {
  readonly #ints: Int32Array;
  #runs = false;
  #rounds: Promise<number> = Promise.resolve(0);

  constructor(ints: Int32Array) {
    this.#ints = ints;
  }

  start(rules: Rules): void {
    this.#runs = true;
    this.#rounds = this.#run(rules);
  }

  /** Resolves to how many rounds it has done. */
  stop(): Promise<number> {
    this.#runs = false;
    return this.#rounds;
  }

  async #run({ role = 0, nodes = 1, x = 0, y = 0, seed = 0, reads = [] }: Rules): Promise<number> {
    const ints = this.#ints;
    const own = seed + role * PAGE_INTS;
    const before = seed + ((role + nodes - 1) % nodes) * PAGE_INTS;
    let count = 0;
    for (; this.#runs; count++) {
      for (let i = 0; i < 50; i++) {
        Atomics.add(ints, x, 1);
        Atomics.add(ints, y, 1);
      }
      for (const word of reads) Atomics.load(ints, word);
      const follows = Atomics.load(ints, before);
      const last = Atomics.load(ints, own);
      if (role === 0 && follows === last) Atomics.store(ints, own, last + 1);
      else if (role !== 0 && follows > last) Atomics.store(ints, own, follows);
      await turn();
    }
    return count;
  }
}
