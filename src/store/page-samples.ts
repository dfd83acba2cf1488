// The last pages that have come from a page server, by which another connection can be known to lead to the same pages.

/** Pages that are kept. */
const KEPT = 16;

export interface Sample {
  pid: number;
  address: number;
  bytes: Buffer;
}

export class PageSamples {
  readonly #kept: Sample[] = [];
  #next = 0;

  add(pid: number, address: number, page: Uint8Array): void {
    const at = this.#next++ % KEPT;
    const kept = this.#kept[at] ?? { pid, address, bytes: Buffer.alloc(page.byteLength) };
    kept.bytes.set(page);
    this.#kept[at] = Object.assign(kept, { pid, address });
  }

  get all(): readonly Sample[] {
    return this.#kept;
  }
}
