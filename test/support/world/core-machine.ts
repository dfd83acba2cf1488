// The core over a small memory of its own, under either host, and a reader of everything in it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BASE_TALLY_AT } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import type { AnnexHost } from '../../../src/core/annex.js';
import { Core, type CoreExports } from '../../../src/core/core.js';
import { writePlan } from '../../../src/core/plan.js';
import { type CoreRequest, firstRequest, hasRequests, nextRequest, requestAt } from '../../../src/core/requests.js';
import { native } from '../../../src/native/native.js';
import { ROOT } from '../paths.js';
import { AnnexReader, openAnnex } from './annex.js';

/** A core other than the one that was built, to see that the tests catch what is wrong with it. */
const WASM = process.env['FARPAGE_TEST_CORE'] ?? path.join(ROOT, 'dist/core.wasm');

let program: WebAssembly.Module | undefined;

export type OpenCore = (memory: WebAssembly.Memory, annex: AnnexHost) => Core;

export function openCore(memory: WebAssembly.Memory, annex: AnnexHost): Core {
  program ??= new WebAssembly.Module(readFileSync(WASM));
  return new Core(memory, program, annex);
}

export type Host = 'v8' | 'native' | 'both by turns';

/** Which host takes the steps of cores that are made from now on, and how many steps and settlements there were. */
export const hosts: { next: Host; calls: number } = {
  next: process.env['FARPAGE_TEST_HOST'] === 'native' ? 'native' : 'v8',
  calls: 0,
};

/** The exports, with `step` and `settle` run by the host that is asked for. */
function hosted(exports: CoreExports, memory: Uint8Array): CoreExports {
  const host = hosts.next;
  if (host === 'v8') return exports;
  const { compiledCore } = native();
  let turn = 0;
  // Five of eight calls, in no simple rhythm.
  const byNative = () => host === 'native' || [0, 1, 3, 4, 6].includes(turn++ % 8);
  return {
    ...exports,
    step: () => {
      hosts.calls++;
      return byNative() ? compiledCore.step(memory) : exports.step();
    },
    settle: () => {
      hosts.calls++;
      if (byNative()) compiledCore.settle(memory);
      else exports.settle();
    },
  };
}

export interface CoreOptions {
  pageShift: number;
  /** Pages; undefined: no limit. */
  limit?: number | undefined;
  frames: number;
  scratch: number;
  eviction: number;
  readahead: number;
  /** Slabs of the annex; undefined: there is none. */
  annexSlabs?: number | undefined;
  /** Leaves in the core memory from which on some move out; undefined: as the core chooses. */
  annexFrom?: number | undefined;
}

/** In place of an entry's offset: its leaf is in the annex. */
export const IN_ANNEX = -1;

/** A page's entry, decoded. */
export interface Entry {
  /** IN_ANNEX if its leaf is there. */
  at: number;
  state: number;
  flags: number;
  /** -1: none. */
  frame: number;
  next: number;
  previous: number;
  digest: bigint;
  slot: number;
  slotBytes: number;
}

export const NO_LIMIT = 0xffffffff;
const MEMORY_PAGES = 1024; // 64 MiB, of which only what is used is backed

/** Of a block that no leaf is in: NO_BASE of assembly/books/block.ts. */
const NO_BASE = 0xffffffff;

/** The core over a small memory of its own, and a reader of everything in it. */
export class CoreMachine {
  readonly exports: CoreExports;
  readonly memory: WebAssembly.Memory;
  readonly u32: Uint32Array;
  readonly u64: BigUint64Array;
  readonly bytes: Uint8Array;
  readonly pageSize: number;
  readonly annex: AnnexReader;

  constructor(
    readonly options: CoreOptions,
    address: number,
    memoryPages = MEMORY_PAGES,
    open: OpenCore = openCore,
  ) {
    this.pageSize = 2 ** options.pageShift;
    this.memory = new WebAssembly.Memory({ initial: memoryPages, maximum: memoryPages, shared: true });
    const slabs = options.annexSlabs ?? 0;
    this.annex = new AnnexReader(this.memory, openAnnex(this.memory, slabs, slabs > 0 && hosts.next !== 'v8'));
    this.exports = hosted(open(this.memory, this.annex.host).exports, new Uint8Array(this.memory.buffer));
    this.u32 = new Uint32Array(this.memory.buffer);
    this.u64 = new BigUint64Array(this.memory.buffer);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.u64[layout.CORE_ADDRESS_AT >> 3] = BigInt(address);
    this.u64[layout.PATIENCE_AT >> 3] = 10_000_000_000n;
    this.put(layout.ANNEX_SLABS_AT, slabs);
    const { pageShift, limit, frames, scratch, eviction, readahead } = options;
    const began = this.exports.begin(memoryPages, pageShift, limit ?? NO_LIMIT, frames, scratch, eviction, readahead);
    if (began !== 1) throw new Error('the memory is too small');
    if (options.annexFrom !== undefined) this.put(layout.ANNEX_FROM_AT, options.annexFrom);
  }

  /** Writes what became of the command at `at`, as the native side does. Returns the outcome. */
  answer(at: number, outcome: number, errno: number, bytes: number): number {
    this.put(at, (this.word(at) & 0xffff) | (outcome << 16));
    this.put(at + layout.COMMAND_ERRNO_AT, errno);
    this.u64[(at + layout.COMMAND_BYTES_DONE_AT) >>> 3] = BigInt.asUintN(64, BigInt(bytes));
    return outcome;
  }

  word(at: number): number {
    return this.u32[at >>> 2] ?? 0;
  }

  put(at: number, value: number): void {
    this.u32[at >>> 2] = value;
  }

  long(at: number): bigint {
    return this.u64[at >>> 3] ?? 0n;
  }

  /** A u64 that fits a number: an address, a length. */
  number(at: number): number {
    return this.word(at) + this.word(at + 4) * 2 ** 32;
  }

  get commanded(): boolean {
    return this.word(layout.COMMAND_HEAD_AT) !== this.word(layout.COMMAND_DONE_AT);
  }

  get requested(): boolean {
    return hasRequests(this.u32);
  }

  /** As that of src/core/core.ts. */
  takeRequests(take: (request: CoreRequest) => void): void {
    const end = nextRequest(this.u32);
    for (let each = firstRequest(this.u32); each !== end; each = (each + 1) >>> 0) take(requestAt(this.u32, each));
    this.put(layout.REQUEST_TAIL_AT, end);
  }

  openRegion(pages: number, address: number, fields: Readonly<Record<number, number>>): number {
    const field = (at: number) => fields[at] ?? 0;
    const sourcePages = field(layout.REGION_SOURCE_PAGES_AT);
    const plan = {
      address: BigInt(address),
      pages,
      source: {
        kind: field(layout.REGION_SOURCE_AT),
        fd: field(layout.REGION_SOURCE_FD_AT),
        pages: sourcePages,
        bytes: sourcePages * this.pageSize,
      },
      store: {
        kind: field(layout.REGION_STORE_AT),
        fd: field(layout.REGION_STORE_FD_AT),
        pool: field(layout.REGION_POOL_AT),
      },
      inFile: field(layout.REGION_FILE_AT) === 1,
    };
    writePlan(this, plan, this.pageSize);
    return this.exports.openRegion(layout.PLAN_AT);
  }

  /** Adds a message as read(2) would give it. */
  message(event: number, words: readonly number[]): boolean {
    const count = this.word(layout.MESSAGE_COUNT_AT);
    if (count >= layout.MESSAGE_LIMIT) return false;
    const at = layout.MESSAGES_AT + count * layout.MESSAGE_BYTES;
    this.bytes.fill(0, at, at + layout.MESSAGE_BYTES);
    this.bytes[at] = event;
    words.forEach((word, index) => {
      this.put(at + 8 + index * 8, word % 2 ** 32);
      this.put(at + 12 + index * 8, Math.floor(word / 2 ** 32));
    });
    this.put(layout.MESSAGE_COUNT_AT, count + 1);
    return true;
  }

  counter(region: number, counter: number): number {
    return Number(this.long(regionAt(region) + layout.REGION_COUNTERS_AT + counter * 8));
  }

  /** A directory's word: 0, the record of a leaf in the annex, or the offset of a leaf. */
  leafWord(region: number, leaf: number): number {
    return this.word(this.word(regionAt(region) + layout.REGION_DIRECTORY_AT) + leaf * 4);
  }

  /** Where the page's entry is: IN_ANNEX, or 0 if no page of its leaf was ever touched. */
  entryOffset(region: number, page: number): number {
    const leaf = this.leafWord(region, page >>> layout.LEAF_SHIFT);
    if (isInAnnex(leaf)) return IN_ANNEX;
    return leaf === 0 ? 0 : leaf + (page % layout.LEAF_PAGES) * layout.ENTRY_BYTES;
  }

  /** Each leaf in the core memory: where it is, its region, and its tally. */
  *leaves(): Generator<{ at: number; region: number; tally: number }> {
    const lowest = this.word(layout.BLOCK_LOWEST_AT);
    for (let each = 0; each < this.word(layout.BLOCK_COUNT_AT); each++) {
      const at = lowest + each * layout.BLOCK_BYTES;
      const block = (at - this.word(layout.BLOCKS_AT)) >>> layout.BLOCK_SHIFT;
      const slot = this.word(layout.BLOCK_BASES_AT) + (block << 3);
      if (this.word(slot) === NO_BASE) continue;
      yield {
        at,
        region: this.word(at + layout.ENTRY_FRAME_AT) >>> 16,
        tally: this.word(slot + BASE_TALLY_AT),
      };
    }
  }

  entry(region: number, page: number): Entry | undefined {
    const at = this.entryOffset(region, page);
    if (at !== IN_ANNEX) return at === 0 ? undefined : this.entryAt(at);
    return this.annexed(region, page >>> layout.LEAF_SHIFT)[page % layout.LEAF_PAGES];
  }

  /** The entries of a leaf in the annex. */
  annexed(region: number, leaf: number): Entry[] {
    const packed = this.annex.leaf(this.leafWord(region, leaf));
    return packed.map((entry) => ({ at: IN_ANNEX, frame: -1, next: 0, previous: 0, ...entry }));
  }

  entryAt(at: number): Entry {
    return {
      at,
      state: this.bytes[at] ?? 0,
      flags: this.word(at) >>> 16,
      frame: (this.word(at + layout.ENTRY_FRAME_AT) & 0xffff) - 1,
      next: this.word(at + layout.ENTRY_NEXT_AT),
      previous: this.word(at + layout.ENTRY_PREVIOUS_AT),
      digest: this.long(at + layout.ENTRY_DIGEST_AT),
      slot: this.word(at + layout.ENTRY_SLOT_AT),
      slotBytes: this.word(at + layout.ENTRY_SLOT_BYTES_AT),
    };
  }

  /** Entries of a queue or list from its oldest or first on, both ways checked by the caller. */
  chain(queue: number, from: number, link: number): number[] {
    const found: number[] = [];
    for (let at = this.word(queue + from); at !== 0; at = this.word(at + link)) {
      found.push(at);
      if (found.length > 1_000_000) throw new Error('a queue runs in a circle');
    }
    return found;
  }

  frame(frame: number) {
    const at = layout.FRAMES_AT + frame * layout.FRAME_BYTES;
    return {
      state: this.bytes[at] ?? 0,
      flags: this.bytes[at + layout.FRAME_FLAGS_AT] ?? 0,
      entry: this.word(at + layout.FRAME_ENTRY_AT),
      generation: this.word(at + layout.FRAME_GENERATION_AT),
    };
  }

  frameOffset(frame: number): number {
    return this.word(layout.FRAME_DATA_AT) + frame * this.pageSize;
  }

  bit(map: number, bit: number): boolean {
    return ((this.word(map + (bit >>> 5) * 4) >>> (bit & 31)) & 1) === 1;
  }

  operation(operation: number) {
    const at = layout.OPERATIONS_AT + operation * layout.OPERATION_BYTES;
    return {
      kind: this.word(at),
      region: this.word(at + layout.OPERATION_REGION_AT),
      issue: this.word(at + layout.OPERATION_ISSUE_AT),
      cursor: this.word(at + layout.OPERATION_CURSOR_AT),
      end: this.word(at + layout.OPERATION_END_AT),
      result: this.word(at + layout.OPERATION_RESULT_AT),
      failed: this.word(at + layout.OPERATION_FAILED_AT),
    };
  }
}

/** Whether a directory's word names a leaf in the annex. */
export function isInAnnex(word: number): boolean {
  return word !== 0 && word < layout.FIXED_END;
}

export function regionAt(region: number): number {
  return layout.REGIONS_AT + region * layout.REGION_BYTES;
}
