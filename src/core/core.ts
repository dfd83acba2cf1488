// Loads the core's module, checks its layout hash against this build, and gives its exports their types.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { instantiateSync } from '@assemblyscript/loader';
import { COMMAND_DONE_AT, COMMAND_HEAD_AT, PAGE_SHIFT_AT, PLAN_AT, REQUEST_TAIL_AT } from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import { PagerError } from '../errors.js';
import { packageFile } from '../place.js';
import { addressError } from './addresses.js';
import { type AnnexHost, importsOf, PlainAnnex } from './annex.js';
import { type RegionPlan, type StorePlan, writePlan, writeStorePlan } from './plan.js';
import { type CoreRequest, firstRequest, hasRequests, nextRequest, requestAt } from './requests.js';
import type { Words } from './words.js';

/** The core's exports (assembly/index.ts). Arguments are u32s; a result of 64 bits is a bigint. */
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
  /** Begins to install pages whose bytes are at that address; returns how many of the first. See assembly/paging/deliver.ts. */
  deliver(region: number, page: number, pages: number, addressLow: number, addressHigh: number): number;
  /** How many of these pages, from the first on, are in their region. */
  delivered(region: number, page: number, pages: number): number;
  /** Non-zero if the page still waits for the frame. */
  release(frame: number, generation: number): number;
  /** The page no longer waits for the frame, but a store may write to it until `release`. Returns as `release`. */
  detach(frame: number, generation: number): number;
  storeWritten(frame: number, generation: number): void;
  storeWriteFailed(frame: number, generation: number, errno: number): void;
  /** The page no longer waits for a frame; non-zero if it did: then call `fail`. */
  unqueue(region: number, page: number): number;
  /** Non-zero if a thread waits for the page, or was refused it. */
  isAwaited(region: number, page: number): number;
  fail(region: number, page: number): void;
  /** Opens the region of the plan at that offset; 0: no number is free, or no room for its directory. See `Core.openRegion`. */
  openRegion(planAt: number): number;
  closeRegion(region: number): number;
  /** The number of a closed region may be reused: the loop uses it no more. */
  freeRegion(region: number): void;
  /** Allocates tables for spaces with so many pages in their store; 0: no room. */
  openSpaces(slots: number): number;
  /** Opens a space with the store of the plan at that offset; 0: no number is free, or no room. See `Core.openSpace`. */
  openSpace(planAt: number): number;
  /** Takes the store's first slots for good: it has their pages from the start. 0: no room. */
  holdSlots(count: number): number;
  /** Pages that the store has from the start; returns how many there was room for. See assembly/changes/seed.ts. */
  seed(space: number, addressLow: number, addressHigh: number, pages: number, slot: number): number;
  /** Begins to load up to `most` stored pages, of `scan` from a page of the space on; returns the page that it has come to. */
  bringStored(space: number, from: number, most: number, scan: number): number;
  /** The first page from there on whose content is not in the process yet, else where the search ended. */
  nextStored(space: number, from: number, scan: number): number;
  /** The page after the last one that the space may have. */
  endOf(space: number): number;
  setLimit(pages: number): void;
  setCopyPages(pages: number): void;
  setPatience(microseconds: number): void;
  /** Sets whether the core reports the region's reclaimed pages that returned as zeros. */
  listen(region: number, on: number): void;
  /** Region and page, as two words; 0n: the address is in no region. */
  pageAt(addressLow: number, addressHigh: number): bigint;
  addressOf(region: number, page: number): bigint;
  openPool(compress: number, slabs: number, addressLow: number, addressHigh: number): number;
  closePool(pool: number): void;
  beginOperation(kind: number, region: number, first: number, end: number, flags: number): number;
  operationStatus(operation: number): number;
  endOperation(operation: number): void;
  unpinPages(region: number, first: number, end: number): void;
  pageState(region: number, page: number): number;
  /** 0xffffffff if the frame has no page any more. */
  framePage(frame: number): number;
  frameRegion(frame: number): number;
  inFlight(): number;
  starved(): number;
  counterAdd(region: number, counter: number, by: number): void;
  /** See assembly/pass/pass.ts. 0: as many passes as there may be run already, or hold their regions. */
  beginPass(region: number, slots: number, addressLow: number, addressHigh: number, flags: number): number;
  endPass(region: number): void;
  dropPass(region: number): void;
  releaseHeld(region: number): void;
  /** PHASE_NONE if the region has no pass; what follows is for a region that has one. */
  passPhase(region: number): number;
  passTaken(region: number): number;
  passPending(region: number): number;
  passSlotsPeak(region: number): number;
  passSlotsInUse(region: number): number;
  passFailedPage(region: number): number;
  passFailedCause(region: number): number;
  passFailedErrno(region: number): number;
  /** The first page from there on that is still to be saved (`pending` 1), or that is not (0). */
  nextPending(region: number, from: number, pending: number): number;
  /** The page that it has come to: before `end` if the request ring has no room for more runs of zeros. */
  pendPages(region: number, first: number, end: number): number;
  urgePages(region: number, first: number, end: number): void;
  releaseSlots(region: number, first: number, slots: number): void;
  /** The first page that the page table has no room for, else `end`. */
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
 * The size of the core memory in pages of 64 KiB. These are addresses; the kernel backs only what is touched. 3.75 GiB: a
 * WebAssembly memory may have 4, but signed 32-bit shifts fail at its very end. Less if the process may not have so many
 * addresses.
 */
const CORE_MEMORY_PAGES = [61440, 16384, 4096];

const LOW_WORD = 0xffffffffn;

let compiled: WebAssembly.Module | undefined;

/** SHA-256 of the core's module, in hexadecimal; the addon's compiled core must carry the same. */
export function coreHash(): string {
  return createHash('sha256').update(coreWasm()).digest('hex');
}

/** The bytes of the core's module file. */
export function coreWasm(): Uint8Array {
  return readFileSync(packageFile('dist/core.wasm'));
}

function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(coreWasm());
  return compiled;
}

/** The names of the core's exports, in the module's own order. */
export function exportNames(): Array<keyof CoreExports> {
  const functions = WebAssembly.Module.exports(coreModule()).filter(({ kind }) => kind === 'function');
  return functions.map(({ name }) => name as keyof CoreExports);
}

/** @throws PagerError 'REGION' if the process may not have so many addresses */
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

/** What the loop uses of a core. */
export type LoopCore = Pick<Core, 'exports' | 'memory' | 'requested' | 'takeRequests' | 'u32'>;

/** The core over a memory, with the views that the loop needs of it. */
export class Core {
  protected calls: CoreExports;
  /** Read only: the loop changes words by calls. */
  readonly u32: Words<number>;
  readonly u64: Words<bigint>;
  readonly #words: { u32: Uint32Array; u64: BigUint64Array };
  readonly bytes: Uint8Array;

  constructor(
    readonly memory: WebAssembly.Memory,
    program = coreModule(),
    annex: AnnexHost = new PlainAnnex(memory.buffer),
  ) {
    const instance = instantiateSync<Record<string, unknown>>(program, { env: { memory, ...importsOf(annex) } });
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

  /** 0: no number is free, or no room for its directory. @throws PagerError 'PROTOCOL' if it has too many parts */
  openRegion(plan: RegionPlan): number {
    writePlan(this.#words, plan, 2 ** (this.u32[PAGE_SHIFT_AT >> 2] ?? 0));
    return this.exports.openRegion(PLAN_AT);
  }

  /** 0: no number is free, or no room for its directory. */
  openSpace(store: StorePlan): number {
    writeStorePlan(this.#words, store);
    return this.exports.openSpace(PLAN_AT);
  }

  /** The region and page at an address; undefined: no region has it. */
  pageAt(address: bigint): { region: number; page: number } | undefined {
    const found = this.exports.pageAt(Number(address & LOW_WORD), Number(address >> 32n));
    return found === 0n ? undefined : { region: Number(found >> 32n), page: Number(found & LOW_WORD) };
  }

  /** Takes the requests that are in the ring now, in order; then the core may reuse their records. */
  takeRequests(take: (request: CoreRequest) => void): void {
    const end = nextRequest(this.u32);
    for (let each = firstRequest(this.u32); each !== end; each = (each + 1) >>> 0) take(requestAt(this.u32, each));
    this.#words.u32[REQUEST_TAIL_AT >> 2] = end;
  }

  /** No export is called any more. */
  close(): void {}

  /** Whether the shim has commands to run. */
  get commanded(): boolean {
    return this.u32[COMMAND_HEAD_AT >> 2] !== this.u32[COMMAND_DONE_AT >> 2];
  }

  /** Whether the loop has requests to take. */
  get requested(): boolean {
    return hasRequests(this.u32);
  }
}

export function layoutError(part: string, hash: number): PagerError {
  return new PagerError('LAYOUT', `the ${part} was built for another layout (${hash}, not ${LAYOUT_HASH})`, {
    hint: 'build everything again: npm run build && npm run build:native',
  });
}
