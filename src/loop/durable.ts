// Flushes a store's file, and remembers a failed fdatasync until the file's pages have been written once more.
import { fdatasync } from 'node:fs';
import { promisify } from 'node:util';
import { toStoreError } from '../store/store-error.js';

/** Linux reports a failed write to the disk once and then marks the pages clean: a later fdatasync(2) succeeds without them. */
export class Durable {
  readonly #fd: number;
  readonly #name: string;
  #failures = 0;
  #failure: unknown;

  constructor(fd: number, name: string) {
    this.#fd = fd;
    this.#name = name;
  }

  get doubtful(): boolean {
    return this.#failure !== undefined;
  }

  async flush(rewritten: boolean): Promise<void> {
    const before = this.#failures;
    try {
      await promisify(fdatasync)(this.#fd);
    } catch (error) {
      this.#failures++;
      const hint = 'look at the disk (dmesg), then flush again: the file’s pages are written once more';
      this.#failure = toStoreError('STORE_WRITE', `${this.#name}: flush`, error, hint);
    }
    if (rewritten && this.#failures === before) this.#failure = undefined;
    if (this.#failure !== undefined) throw this.#failure;
  }
}
