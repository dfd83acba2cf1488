// Loads the core's module, checks its layout hash against this build, and gives its exports their types.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { instantiateSync } from '@assemblyscript/loader';
import {
  COMMAND_DONE_AT,
  COMMAND_HEAD_AT,
  PAGE_SHIFT_AT,
  PLAN_AT,
  REQUEST_HEAD_AT,
  REQUEST_TAIL_AT,
} from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import { PagerError } from '../errors.js';
import { addressError } from './addresses.js';
import { type RegionPlan, type StorePlan, writePlan, writeStorePlan } from './plan.js';

/** The core's exports (assembly/index.ts). What is given is u32s; a bigint comes back where a result has 64 bits. */
export interface CoreExports {
  layoutHash(): number;
  begin(
    memoryPages: number,
    pageShift: number,
    limit: number,
    frames: number,
    scratch: number,
    eviction: number,
    readahead: number,
  ): number;
  step(): number;
  settle(): void;
  arrive(frame: number, generation: number): void;
  /** Non-zero where the page still waits for the frame. */
  release(frame: number, generation: number): number;
  /** The page waits for the frame no longer, but a store may write to it until its `release`. As `release` returns. */
  detach(frame: number, generation: number): number;
  storeWritten(frame: number, generation: number): void;
  storeWriteFailed(frame: number, generation: number, errno: number): void;
  /** The page waits for a frame no longer; non-zero where it did: then `fail`. */
  unqueue(region: number, page: number): number;
  /** Non-zero where a thread waits for the page, or has been refused it. */
  isAwaited(region: number, page: number): number;
  fail(region: number, page: number): void;
  /** As the plan there says; 0: no place is left. See `Core.openRegion`. */
  openRegion(planAt: number): number;
  closeRegion(region: number): number;
  /** The number of a closed region may be used again: nothing in the loop knows the region by it any more. */
  freeRegion(region: number): void;
  /** Room for spaces with so many pages in their store; 0: none. */
  openSpaces(slots: number): number;
  /** With the store of the plan there; 0: no place is left. See `Core.openSpace`. */
  openSpace(planAt: number): number;
  setLimit(pages: number): void;
  setCopyPages(pages: number): void;
  setPatience(microseconds: number): void;
  /** Whether the core reports the region's reclaimed pages that came back as zeros. */
  listen(region: number, on: number): void;
  /** Region and page, as two words; 0n: no region is there. */
  pageAt(addressLow: number, addressHigh: number): bigint;
  addressOf(region: number, page: number): bigint;
  openPool(compress: number, slabs: number, addressLow: number, addressHigh: number): number;
  closePool(pool: number): void;
  beginOperation(kind: number, region: number, first: number, end: number, flags: number): number;
  operationStatus(operation: number): number;
  endOperation(operation: number): void;
  unpinPages(region: number, first: number, end: number): void;
  pageState(region: number, page: number): number;
  /** 0xffffffff where the frame is nobody's any more. */
  framePage(frame: number): number;
  frameRegion(frame: number): number;
  inFlight(): number;
  starved(): number;
  counterAdd(region: number, counter: number, by: number): void;
  /** See assembly/pass/pass.ts. */
  beginPass(region: number, slots: number, addressLow: number, addressHigh: number, flags: number): void;
  endPass(): void;
  dropPass(region: number): void;
  releaseHeld(): void;
  passPhase(): number;
  passTaken(): number;
  passPending(): number;
  passSlotsPeak(): number;
  passSlotsInUse(): number;
  passFailedPage(): number;
  passFailedCause(): number;
  passFailedErrno(): number;
  /** The first page from there on that is to be saved still (`pending` 1), or that is not (0). */
  nextPending(from: number, pending: number): number;
  pendPages(first: number, end: number): void;
  urgePages(first: number, end: number): void;
  releaseSlots(first: number, slots: number): void;
  /** The first page that there is no room for, else `end`. */
  markVolatile(region: number, first: number, end: number, regenerate: number): number;
  unmarkVolatile(region: number, first: number, end: number): void;
  /** The first page of the range that is (`reclaimed` 1), or is not (0), reclaimed and not touched since; else `end`. */
  nextReclaimed(region: number, first: number, end: number, reclaimed: number): number;
  /** The first page of the range that may read as zeros (`blank` 1), or that is not known to (0); else `end`. */
  nextBlank(region: number, first: number, end: number, blank: number): number;
  edgeTaken(state: number, step: number): number;
  stepFrom(state: number, step: number): number;
}

/**
 * Pages of 64 KiB that the core's memory has: addresses, of which only what is used is ever backed. 3.75 GiB, the most
 * that a WebAssembly memory can have but for what the signed shifts of 32 bits would spoil at its very end; less where the
 * process may not have so many addresses.
 */
const CORE_MEMORY_PAGES = [61440, 16384, 4096];

// dist/src/core/core.js → dist/core.wasm
const WASM = fileURLToPath(new URL('../../core.wasm', import.meta.url));

const LOW_WORD = 0xffffffffn;

let compiled: WebAssembly.Module | undefined;

/** SHA-256 of the core's module, in hexadecimal: that from which the addon's compiled core must have been made. */
export function coreHash(): string {
  return createHash('sha256').update(coreWasm()).digest('hex');
}

/** The core's program, as it lies on the disk. */
export function coreWasm(): Uint8Array {
  return readFileSync(WASM);
}

function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(coreWasm());
  return compiled;
}

/** The names of what the core exports, in an order that its program alone determines. */
export function exportNames(): Array<keyof CoreExports> {
  const functions = WebAssembly.Module.exports(coreModule()).filter(({ kind }) => kind === 'function');
  return functions.map(({ name }) => name as keyof CoreExports);
}

/** @throws PagerError 'REGION' where the process may not have so many addresses */
export function createCoreMemory(): WebAssembly.Memory {
  let cause: unknown;
  for (const pages of CORE_MEMORY_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    } catch (error) {
      cause = error;
    }
  }
  throw addressError('the pager’s books', null, cause);
}

/** Words of the core's memory; nobody outside of this room writes them. */
export interface Words<T extends number | bigint> {
  readonly [index: number]: T;
}

/** The core over a memory, with the views that the loop needs of it. */
export class Core {
  protected calls: CoreExports;
  /** To read: what the loop writes goes through a call. */
  readonly u32: Words<number>;
  readonly u64: Words<bigint>;
  readonly #words: { u32: Uint32Array; u64: BigUint64Array };
  readonly bytes: Uint8Array;

  constructor(
    readonly memory: WebAssembly.Memory,
    program = coreModule(),
  ) {
    const instance = instantiateSync<Record<string, unknown>>(program, { env: { memory } });
    this.calls = instance.exports as unknown as CoreExports;
    this.#words = { u32: new Uint32Array(memory.buffer), u64: new BigUint64Array(memory.buffer) };
    this.u32 = this.#words.u32;
    this.u64 = this.#words.u64;
    this.bytes = new Uint8Array(memory.buffer);
    const hash = this.calls.layoutHash();
    if (hash !== LAYOUT_HASH) throw layoutError('core', hash);
  }

  get exports(): CoreExports {
    return this.calls;
  }

  /** 0: no place is left. @throws PagerError 'PROTOCOL' where its parts are too many */
  openRegion(plan: RegionPlan): number {
    writePlan(this.#words, plan, 2 ** (this.u32[PAGE_SHIFT_AT >> 2] ?? 0));
    return this.exports.openRegion(PLAN_AT);
  }

  /** 0: no place is left. */
  openSpace(store: StorePlan): number {
    writeStorePlan(this.#words, store);
    return this.exports.openSpace(PLAN_AT);
  }

  /** The region that holds an address, and the page there; undefined: none does. */
  pageAt(address: bigint): { region: number; page: number } | undefined {
    const found = this.exports.pageAt(Number(address & LOW_WORD), Number(address >> 32n));
    return found === 0n ? undefined : { region: Number(found >> 32n), page: Number(found & LOW_WORD) };
  }

  /** All requests before `tail` have been taken: the core may use their places. */
  requestsTaken(tail: number): void {
    this.#words.u32[REQUEST_TAIL_AT >> 2] = tail;
  }

  /** No export is called any more. */
  close(): void {}

  /** Are there commands for native to run? */
  get commanded(): boolean {
    return this.u32[COMMAND_HEAD_AT >> 2] !== this.u32[COMMAND_DONE_AT >> 2];
  }

  /** Are there requests for the loop to take? */
  get requested(): boolean {
    return this.u32[REQUEST_HEAD_AT >> 2] !== this.u32[REQUEST_TAIL_AT >> 2];
  }
}

export function layoutError(part: string, hash: number): PagerError {
  return new PagerError('LAYOUT', `the ${part} was built for another layout (${hash}, not ${LAYOUT_HASH})`, {
    hint: 'build everything again: npm run build && npm run build:native',
  });
}
