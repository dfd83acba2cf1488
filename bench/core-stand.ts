// The core on a memory of its own, with a stand-in for native: every command succeeds at once, and nothing is moved or
// read. Only `step` and `settle` are on the clock; putting messages in, marking commands as done and making pages
// absent again are not.
import * as layout from '../assembly/layout.js';
import { Core, coreHash, createCoreMemory } from '../src/core/core.js';
import { native } from '../src/native/native.js';
import { median } from './data.js';

const REGION_ADDRESS = 2n ** 44n;
const CORE_ADDRESS = 2n ** 43n;
const FILE_DIGEST = 42n;
const ZERO_DIGEST = 7n;
const PAGE_SHIFT = 12;
const NO_LIMIT = 0xffffffff;
/** Turns in one sample: about a millisecond, so that a sample the scheduler broke into is one of many. */
const TURNS_PER_SAMPLE = 128;

/** Who runs `step` and `settle`. */
export type Host = 'v8' | 'native';

/** Whether the addon has the very module that V8 runs. */
export function hasCompiledCore(): boolean {
  return native().compiledCore.hash === coreHash();
}

export interface StandOptions {
  host: Host;
  pages: number;
  /** Pages resident at most, beside the frames; default: no limit. */
  resident?: number;
  eviction?: number;
  /** Where first bytes come from; default zeros. A file's pages are clean when they leave. */
  file?: boolean;
}

/** What timing a call that does nothing costs, in milliseconds: reading the clock twice, and reaching the host. */
function callCost(call: () => void): number {
  const samples = new Float64Array(20_000);
  for (let i = 0; i < samples.length; i++) {
    const before = performance.now();
    call();
    samples[i] = performance.now() - before;
  }
  return median([...samples.subarray(10_000)]);
}

export class CoreStand {
  readonly core: Core;
  readonly region: number;
  readonly #u16: Uint16Array;
  // This stand is kernel and shim to the core: it writes where they do.
  readonly #u32: Uint32Array;
  readonly #u64: BigUint64Array;
  readonly #step: () => number;
  readonly #settle: () => void;
  readonly #clock: number;
  readonly #directory: number;
  #stepMilliseconds = 0;
  #milliseconds = 0;
  #steps = 0;
  #intervals = 0;
  #faults = 0;
  #turns = 0;
  #evictionsBefore = 0;
  #fileReads = 0;
  #perFault: number[] = [];
  #stepPerFault: number[] = [];
  #perVictim: number[] = [];

  constructor({ host, pages, resident, eviction = layout.EVICTION_FIFO, file = false }: StandOptions) {
    const memory = createCoreMemory();
    this.core = new Core(memory);
    const { exports } = this.core;
    const u32 = new Uint32Array(memory.buffer);
    const u64 = new BigUint64Array(memory.buffer);
    this.#u16 = new Uint16Array(memory.buffer);
    this.#u32 = u32;
    this.#u64 = u64;
    const frames = 512; // as a pager has from 16 MiB on
    u64[layout.CORE_ADDRESS_AT >> 3] = CORE_ADDRESS;
    u64[layout.NOW_AT >> 3] = 1_000_000_000n;
    u64[layout.PATIENCE_AT >> 3] = 1_000_000_000n;
    const limit = resident === undefined ? NO_LIMIT : resident + frames;
    const wasmPages = memory.buffer.byteLength / 65536;
    if (exports.begin(wasmPages, PAGE_SHIFT, limit, frames, 32, eviction, layout.READAHEAD_OFF) !== 1) {
      throw new Error("the core's memory is too small");
    }
    u64[layout.ZERO_DIGEST_AT >> 3] = ZERO_DIGEST;
    this.region = this.core.openRegion({
      address: REGION_ADDRESS,
      pages,
      source: { kind: file ? layout.SOURCE_FILE : layout.SOURCE_ZERO, fd: 0, pages, bytes: pages * 2 ** PAGE_SHIFT },
      store: { kind: 0, fd: 0, pool: 0 },
      inFile: false,
    });
    const at = layout.REGIONS_AT + this.region * layout.REGION_BYTES;
    this.#directory = u32[(at + layout.REGION_DIRECTORY_AT) >> 2] as number;
    const { bytes } = this.core;
    const { compiledCore } = native();
    this.#step = host === 'native' ? () => compiledCore.step(bytes) : () => exports.step();
    this.#settle = host === 'native' ? () => compiledCore.settle(bytes) : () => exports.settle();
    this.#clock = callCost(this.#settle);
  }

  /** Pages that the core has had read from the file. */
  get fileReads(): number {
    return this.#fileReads;
  }

  counter(counter: number): number {
    const at = layout.REGIONS_AT + this.region * layout.REGION_BYTES + layout.REGION_COUNTERS_AT + counter * 8;
    return Number(this.core.u64[at >> 3]);
  }

  isAbsent(page: number): boolean {
    const state = this.core.exports.pageState(this.region, page);
    return state === layout.PAGE_ABSENT || state === layout.PAGE_REMOVED;
  }

  /** As if a thread had touched the page again while it was staged. */
  reference(page: number): void {
    const leaf = this.#u32[(this.#directory >>> 2) + (page >>> layout.LEAF_SHIFT)] as number;
    const at = (leaf + (page % layout.LEAF_PAGES) * layout.ENTRY_BYTES + layout.ENTRY_FLAGS_AT) >>> 1;
    this.#u16[at] = (this.#u16[at] as number) | layout.PAGE_REFERENCED;
  }

  /** Puts one read fault into the message ring. */
  message(index: number, page: number): void {
    const at = (layout.MESSAGES_AT + index * layout.MESSAGE_BYTES) >> 2;
    const u32 = this.#u32;
    u32[at] = layout.EVENT_PAGEFAULT;
    u32[at + 2] = 0;
    u32[at + 3] = 0;
    const address = page * 4096; // the region begins at a multiple of 2^32
    u32[at + 4] = address % 2 ** 32;
    u32[at + 5] = Math.floor(address / 2 ** 32) + Number(REGION_ADDRESS >> 32n);
  }

  /** One turn of the loop with `messages` in the ring. */
  turn(messages: number): void {
    const u32 = this.#u32;
    u32[layout.MESSAGE_COUNT_AT >> 2] = messages;
    let again = true;
    while (again) {
      const begin = performance.now();
      again = this.#step() !== 0;
      this.#stepMilliseconds += performance.now() - begin;
      this.#steps++;
      while (u32[layout.COMMAND_HEAD_AT >> 2] !== u32[layout.COMMAND_DONE_AT >> 2]) {
        this.#complete();
        const from = performance.now();
        this.#settle();
        this.#milliseconds += performance.now() - from;
        this.#intervals++;
      }
    }
    this.#faults += messages;
    if (++this.#turns === TURNS_PER_SAMPLE) this.#sample();
  }

  #complete(): void {
    const u32 = this.#u32;
    const u16 = this.#u16;
    const head = u32[layout.COMMAND_HEAD_AT >> 2] as number;
    for (let done = u32[layout.COMMAND_DONE_AT >> 2] as number; done !== head; done = (done + 1) >>> 0) {
      const at = layout.COMMANDS_AT + (done & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      u16[(at + layout.COMMAND_OUTCOME_AT) >> 1] = layout.OUTCOME_DONE;
      u32[(at + layout.COMMAND_BYTES_DONE_AT) >> 2] = u32[(at + layout.COMMAND_LENGTH_AT) >> 2] as number;
      u32[(at + layout.COMMAND_BYTES_DONE_AT + 4) >> 2] = 0;
      const op = this.core.bytes[at + layout.COMMAND_OP_AT];
      if (op === layout.OP_READ_FILE || op === layout.OP_DIGEST) this.#digest(at);
      if (op === layout.OP_READ_FILE || op === layout.OP_FEED)
        this.#fileReads += u32[(at + layout.COMMAND_COUNT_AT) >> 2] as number;
    }
    u32[layout.COMMAND_DONE_AT >> 2] = head;
  }

  /** Every page of the file has the same bytes. */
  #digest(at: number): void {
    const frame = this.#u32[(at + layout.COMMAND_FRAME_AT) >> 2] as number;
    const pages = this.#u32[(at + layout.COMMAND_COUNT_AT) >> 2] as number;
    const first = (layout.DIGESTS_AT >> 3) + frame;
    this.#u64.fill(FILE_DIGEST, first, first + pages);
  }

  #sample(): void {
    const inSteps = (this.#stepMilliseconds - this.#steps * this.#clock) * 1e6;
    const nanoseconds = inSteps + (this.#milliseconds - this.#intervals * this.#clock) * 1e6;
    const evictions = this.counter(layout.COUNTER_EVICTIONS);
    this.#perFault.push(nanoseconds / this.#faults);
    this.#stepPerFault.push(inSteps / this.#faults);
    if (evictions > this.#evictionsBefore) this.#perVictim.push(nanoseconds / (evictions - this.#evictionsBefore));
    this.#evictionsBefore = evictions;
    this.#stepMilliseconds = 0;
    this.#milliseconds = 0;
    this.#steps = 0;
    this.#intervals = 0;
    this.#faults = 0;
    this.#turns = 0;
  }

  /** Makes every page absent, as a MADV_DONTNEED of the region would: it reads as zeros then. Off the clock. */
  removeAll(pages: number): void {
    const u64 = this.#u64;
    const at = layout.MESSAGES_AT >> 3;
    u64[at] = BigInt(layout.EVENT_REMOVE);
    u64[at + 1] = REGION_ADDRESS;
    u64[at + 2] = REGION_ADDRESS + BigInt(pages) * 4096n;
    this.#u32[layout.MESSAGE_COUNT_AT >> 2] = 1;
    this.#finish();
  }

  /** Makes every page absent, as `region.evict()` does: its bytes are those of the file still. Off the clock. */
  evictAll(pages: number): void {
    const { exports } = this.core;
    const operation = exports.beginOperation(layout.OPERATION_EVICT, this.region, 0, pages, 0);
    for (let turns = 0; exports.operationStatus(operation) === layout.OPERATION_RUNNING; turns++) {
      if (turns === pages) throw new Error('the pages of the file do not leave');
      this.#finish();
    }
    exports.endOperation(operation);
  }

  #finish(): void {
    let again = true;
    while (again) {
      again = this.#step() !== 0;
      // To settle some commands issues others: a page is compared with its file before it is dropped.
      do {
        this.#complete();
        this.#settle();
      } while (this.#u32[layout.COMMAND_HEAD_AT >> 2] !== this.#u32[layout.COMMAND_DONE_AT >> 2]);
    }
  }

  /** What was measured before does not count. */
  restart(): void {
    this.#sample();
    this.#perFault = [];
    this.#stepPerFault = [];
    this.#perVictim = [];
  }

  /** Nanoseconds in `step` and `settle`, and of these in `step`: medians over samples. */
  result(): { perFault: number; stepPerFault: number; perVictim: number; samples: number } {
    return {
      perFault: median(this.#perFault),
      stepPerFault: median(this.#stepPerFault),
      perVictim: median(this.#perVictim),
      samples: this.#perFault.length,
    };
  }
}
