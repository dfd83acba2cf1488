// Which pages a node has in its memory, in the order in which they came, and which of them must leave under its limit.
import {
  DO_DISCARD,
  DO_INSTALL,
  DO_INSTALL_SAVED,
  DO_INSTALL_WRITABLE,
  DO_SAVE,
  DO_UNPROTECT,
  DO_ZAP,
  NODE_M,
  NODE_MS,
  NODE_S,
} from '../../assembly/dsm/layout.js';
import type { Operation } from './machine.js';

const ARRIVES: ReadonlySet<number> = new Set([DO_INSTALL, DO_INSTALL_SAVED, DO_INSTALL_WRITABLE, DO_UNPROTECT]);
const LEAVES: ReadonlySet<number> = new Set([DO_SAVE, DO_ZAP, DO_DISCARD]);

export interface Leaving {
  stateOf(page: number): number;
  /** Drops a copy. */
  drop(page: number): void;
  /** Sends what was written; when the home has it, the page is a copy. */
  put(page: number): void;
}

export class Resident {
  readonly #limit: number;
  /** A page that becomes writable counts as one that has just come. */
  readonly #present = new Set<number>();

  /** @param limit pages */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** An operation on the page table has been done. */
  note({ kind, page }: Pick<Operation, 'kind' | 'page'>): void {
    if (ARRIVES.has(kind) || LEAVES.has(kind)) this.#present.delete(page);
    if (ARRIVES.has(kind)) this.#present.add(page);
  }

  /** All pages have been unmapped. */
  clear(): void {
    this.#present.clear();
  }

  /** Makes the oldest pages leave while there are more than the limit, or will be. @param coming pages that arrive next */
  shrink({ stateOf, drop, put }: Leaving, coming = 0): void {
    let excess = this.#present.size + coming - this.#limit;
    if (excess <= 0) return;
    for (const page of this.#present) {
      const state = stateOf(page);
      if (state === NODE_S) drop(page);
      else if (state === NODE_M) put(page);
      else if (state !== NODE_MS) continue;
      if (--excess <= 0) return;
    }
  }
}
