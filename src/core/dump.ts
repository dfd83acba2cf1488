// Reads a core's present state from its memory, from any thread: each number is whole, together they are not one instant.
import * as layout from '../../assembly/layout.js';
import { type Phases, phasesOf } from './phases.js';
import type { CoreReader } from './reader.js';

export interface CoreDump {
  /** Nanoseconds of the monotonic clock, as the core last saw it. */
  now: string;
  pageSize: number;
  /** Pages; null: no limit. */
  limitPages: number | null;
  residentPages: number;
  residentPeak: number;
  pinnedPages: number;
  rings: {
    /** Messages that the core has not taken. */
    messages: number;
    /** Commands issued and not run, and run and not settled. */
    commands: number;
    completions: number;
    /** Requests that the loop has not taken. */
    requests: number;
  };
  queues: { main: number; small: number; staged: number; starved: number; parked: number; refused: number };
  /** Frames by their state. */
  frames: { count: number; vacant: number; ready: number; filling: number; staged: number; writing: number };
  /** Frames that a store reads or fills now. */
  inFlight: Array<{ frame: number; state: string; region: number; page: number; generation: number }>;
  /** Loads, evictions, flushes, discards under way. */
  operations: Array<{ kind: string; region: number; issue: number; cursor: number; end: number }>;
  /** Leaves of the page table: in the core memory, and in the annex. */
  leaves: { inCore: number; inAnnex: number };
  /** 0: no pass; 1: the pass can advance; 2: it waits for a store or a cell. */
  pass: number;
  /** Passes under way; 'held': none is, and the region's threads wait for its release. */
  passes: Array<{ region: number; phase: string; pending: number; taken: number }>;
  regions: Array<{
    region: number;
    address: string;
    pages: number;
    isProcess: boolean;
    resident: number;
    dirty: number;
    pinned: number;
    faults: number;
  }>;
  /** errno of the last failed write, and of the last install that the kernel refused; 0: none. */
  writeErrno: number;
  refusedErrno: number;
  /** Where the time of turns went; null unless FARPAGE_PHASES is set for the pager's process. */
  phases: Phases | null;
}

type Word = CoreReader['word'];

const FRAME_STATES = ['vacant', 'ready', 'filling', 'staged', 'writing'] as const;
const OPERATIONS = ['none', 'load', 'evict', 'flush', 'discard'];
/** By PHASE_… of assembly/codes.ts. */
const PHASES = ['held', 'protects pages', 'reaches its instant', 'copies pages', 'done', 'failed', 'ends'];
const NO_LIMIT = 0xffffffff;
/** Regions, and frames in flight, that a dump lists. */
const LISTED = 128;

export function dumpCore(reader: CoreReader): CoreDump {
  const { word, long } = reader;
  const between = (head: number, tail: number) => (word(head) - word(tail)) >>> 0;
  const queue = (at: number) => word(at + layout.QUEUE_COUNT_AT);
  const limit = word(layout.LIMIT_PAGES_AT);
  return {
    now: String(long(layout.NOW_AT)),
    pageSize: 2 ** word(layout.PAGE_SHIFT_AT),
    limitPages: limit === NO_LIMIT ? null : limit,
    residentPages: word(layout.RESIDENT_PAGES_AT),
    residentPeak: word(layout.RESIDENT_PEAK_AT),
    pinnedPages: word(layout.PINNED_PAGES_AT),
    rings: {
      messages: between(layout.MESSAGE_COUNT_AT, layout.MESSAGE_TAKEN_AT),
      commands: between(layout.COMMAND_HEAD_AT, layout.COMMAND_DONE_AT),
      completions: between(layout.COMMAND_DONE_AT, layout.COMMAND_SETTLED_AT),
      requests: between(layout.REQUEST_HEAD_AT, layout.REQUEST_TAIL_AT),
    },
    queues: {
      main: queue(layout.QUEUE_MAIN_AT),
      small: queue(layout.QUEUE_SMALL_AT),
      staged: queue(layout.QUEUE_STAGED_AT),
      starved: queue(layout.LIST_STARVED_AT),
      parked: queue(layout.LIST_PARKED_AT),
      refused: queue(layout.LIST_REFUSED_AT),
    },
    ...framesOf(word),
    operations: operationsOf(word),
    leaves: { inCore: word(layout.LEAF_COUNT_AT), inAnnex: word(layout.ANNEX_COUNT_AT) },
    pass: word(layout.PASS_AT),
    passes: passesOf(word),
    regions: regionsOf(reader),
    writeErrno: word(layout.WRITE_ERRNO_AT),
    refusedErrno: word(layout.REFUSED_ERRNO_AT),
    phases: phasesOf(reader),
  };
}

function framesOf(word: Word): Pick<CoreDump, 'frames' | 'inFlight'> {
  const count = Math.min(word(layout.FRAME_COUNT_AT), layout.FRAME_LIMIT);
  const frames = { count, vacant: 0, ready: 0, filling: 0, staged: 0, writing: 0 };
  const inFlight: CoreDump['inFlight'] = [];
  for (let frame = 0; frame < count; frame++) {
    const at = layout.FRAMES_AT + frame * layout.FRAME_BYTES;
    const state = FRAME_STATES[word(at) & 0xff];
    if (state === undefined) continue;
    frames[state]++;
    const entry = word(at + layout.FRAME_ENTRY_AT);
    if ((state !== 'filling' && state !== 'writing') || entry === 0 || inFlight.length === LISTED) continue;
    const generation = word(at + layout.FRAME_GENERATION_AT);
    inFlight.push({ frame, state, ...placeOf(word, entry), generation });
  }
  return { frames, inFlight };
}

/** The region and page of an entry, as `pageOf` in assembly/books/page-table.ts finds them. */
function placeOf(word: Word, entry: number): { region: number; page: number } {
  const blocks = word(layout.BLOCKS_AT);
  const offset = (entry - blocks) >>> 0;
  const base = word(layout.BLOCK_BASES_AT) + ((offset >>> layout.BLOCK_SHIFT) << 3);
  const region = word(entry + layout.ENTRY_FRAME_AT) >>> 16;
  return { region, page: word(base) + ((offset % layout.LEAF_BYTES) >>> layout.ENTRY_SHIFT) };
}

function operationsOf(word: Word): CoreDump['operations'] {
  const operations: CoreDump['operations'] = [];
  for (let each = 0; each < layout.OPERATION_LIMIT; each++) {
    const at = layout.OPERATIONS_AT + each * layout.OPERATION_BYTES;
    const kind = word(at + layout.OPERATION_KIND_AT);
    if (kind === layout.OPERATION_NONE) continue;
    operations.push({
      kind: OPERATIONS[kind] ?? String(kind),
      region: word(at + layout.OPERATION_REGION_AT),
      issue: word(at + layout.OPERATION_ISSUE_AT),
      cursor: word(at + layout.OPERATION_CURSOR_AT),
      end: word(at + layout.OPERATION_END_AT),
    });
  }
  return operations;
}

function passesOf(word: Word): CoreDump['passes'] {
  const passes: CoreDump['passes'] = [];
  for (let left = word(layout.PASS_MASK_AT), each = 0; each < layout.PASS_LIMIT; each++, left >>>= 1) {
    if ((left & 1) === 0) continue;
    const at = layout.PASSES_AT + each * layout.PASS_BYTES;
    const phase = word(at + layout.PASS_PHASE_AT);
    passes.push({
      region: word(at + layout.PASS_REGION_AT),
      phase: PHASES[phase] ?? String(phase),
      pending: word(at + layout.PASS_PENDING_AT),
      taken: word(at + layout.PASS_TAKEN_AT),
    });
  }
  return passes;
}

/** The open regions, up to LISTED. */
export function regionsOf({ word, long }: CoreReader): CoreDump['regions'] {
  const regions: CoreDump['regions'] = [];
  const end = Math.min(word(layout.REGION_END_AT), layout.REGION_LIMIT);
  for (let region = 1; region < end && regions.length < LISTED; region++) {
    const at = layout.REGIONS_AT + region * layout.REGION_BYTES;
    if (word(at + layout.REGION_STATE_AT) !== layout.REGION_OPEN) continue;
    const counter = (number: number) => Number(long(at + layout.REGION_COUNTERS_AT + number * 8));
    regions.push({
      region,
      address: `0x${long(at + layout.REGION_ADDRESS_AT).toString(16)}`,
      pages: word(at + layout.REGION_PAGES_AT),
      isProcess: word(at + layout.REGION_SPACE_AT) !== 0,
      resident: counter(layout.COUNTER_RESIDENT),
      dirty: counter(layout.COUNTER_DIRTY),
      pinned: counter(layout.COUNTER_PINNED),
      faults: counter(layout.COUNTER_MISSING) + counter(layout.COUNTER_MINOR) + counter(layout.COUNTER_WP),
    });
  }
  return regions;
}
