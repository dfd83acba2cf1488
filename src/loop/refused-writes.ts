// Which store refused the last write, and why. Pages of any region may find no frame because of it.
import {
  COUNTER_WRITE_ERRORS,
  REGION_BYTES,
  REGION_COUNTERS_AT,
  REGIONS_AT,
  WRITE_ERRNO_AT,
} from '../../assembly/layout.js';
import type { LoopCore } from '../core/core.js';
import { PagerError } from '../errors.js';
import { codeOf, errnoName, type RefusedWrite } from './failures.js';
import type { Mapped } from './region.js';

const COUNTER_BYTES = 8;
const POOL_FULL = { hint: 'raise the limit of memoryStore, or keep evicted pages in a file or in Redis' };
const DISK_FULL = {
  hint: 'free space on its disk: the pages stay in memory and are written when there is room',
};

export class RefusedWrites {
  readonly #core: LoopCore;
  readonly #mapped: ReadonlyMap<number, Mapped>;
  /** The last one of a store in the event loop. */
  #last: (RefusedWrite & { region: number }) | undefined;

  constructor(core: LoopCore, mapped: ReadonlyMap<number, Mapped>) {
    this.#core = core;
    this.#mapped = mapped;
  }

  note(region: number, store: string, error: unknown): void {
    this.#last = { region, store, error, hint: (error as Partial<PagerError> | null)?.hint };
  }

  /** The region's store has taken pages. */
  taken(region: number): void {
    if (this.#last?.region === region) this.#last = undefined;
  }

  /** Undefined: no store refuses writes now. Where several do, that of `mapped` comes first. */
  last(mapped: Mapped | undefined): RefusedWrite | undefined {
    const errno = this.#core.u32[WRITE_ERRNO_AT >> 2] ?? 0;
    if (errno === 0) return undefined;
    if (mapped !== undefined && this.#hasRefused(mapped)) return refusedBy(mapped, errno);
    if (this.#last !== undefined) return this.#last;
    const other = [...this.#mapped.values()].find((each) => this.#hasRefused(each)) ?? mapped;
    return other === undefined ? undefined : refusedBy(other, errno);
  }

  // The shim writes pools and files: of their writes only the core knows.
  #hasRefused({ region, store }: Mapped): boolean {
    const at = REGIONS_AT + region * REGION_BYTES + REGION_COUNTERS_AT + COUNTER_WRITE_ERRORS * COUNTER_BYTES;
    return store.store === null && this.#core.u32[at >> 2] !== 0;
  }
}

function refusedBy({ pool, store }: Mapped, errno: number): RefusedWrite {
  const isPool = pool >= 0;
  const text = isPool ? 'the pool is full at its limit' : `writing failed${errnoName(errno)}`;
  const error = new PagerError('STORE_WRITE', text, { errno: codeOf(errno), ...(isPool ? POOL_FULL : DISK_FULL) });
  return { store: store.name.replace(/:$/, ''), error, hint: isPool ? POOL_FULL.hint : undefined };
}
