// The destination's reads of pages that have not arrived.

export interface Waiter {
  into: Uint8Array;
  done(error?: unknown): void;
}

export class Waiters {
  readonly #byPage = new Map<number, Waiter[]>();

  get pages(): number[] {
    return [...this.#byPage.keys()];
  }

  get isEmpty(): boolean {
    return this.#byPage.size === 0;
  }

  /** True if no other read waits for the page: it must be requested. */
  add(page: number, waiter: Waiter): boolean {
    const others = this.#byPage.get(page);
    if (others === undefined) this.#byPage.set(page, [waiter]);
    else others.push(waiter);
    return others === undefined;
  }

  /** Ends the reads of pages [from, to). @param bytes of the pages from `first` on; null: zeros */
  give(from: number, to: number, bytes: Buffer | null, first: number, pageSize: number): void {
    for (let page = from; page < to && this.#byPage.size > 0; page++) {
      const waiters = this.#byPage.get(page);
      if (waiters === undefined) continue;
      this.#byPage.delete(page);
      for (const { into, done } of waiters) {
        if (bytes === null) into.fill(0);
        else into.set(bytes.subarray((page - first) * pageSize, (page - first + 1) * pageSize));
        done();
      }
    }
  }

  /** No read waits here any more. */
  takeAll(): Array<[page: number, waiters: Waiter[]]> {
    const all = [...this.#byPage];
    this.#byPage.clear();
    return all;
  }
}
