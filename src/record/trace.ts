// Lists the events of a record: messages, commands and their completions, requests, and the loop's calls that answer them.
// The commands come from a replay, so a trace shows what the core does, and ends at the first difference.
import { getSystemErrorName } from 'node:util';
import * as layout from '../../assembly/layout.js';
import type { Core, CoreExports } from '../core/core.js';
import { nextRequest, requestAt } from '../core/requests.js';
import * as format from './format.js';
import * as names from './names.js';
import { placeOf } from './places.js';
import type { Observer } from './replay.js';

export interface TraceEvent {
  /** The number of the call with which the event enters the core, or from which it comes. */
  step: number;
  /** Time by the core's clock, since the record began. */
  microseconds: number;
  event: string;
  region: number | null;
  /** The first of them. */
  page: number | null;
  pages: number;
  frame: number | null;
  /** The state of the first page after the event's step; for an entering event, before it. */
  state: string | null;
  detail: string;
}

const NONE = 0xffffffff;
/** Calls that every turn makes: their steps show in what enters and comes out. */
const SILENT: ReadonlySet<string> = new Set([
  'step',
  'settle',
  'starved',
  'inFlight',
  'framePage',
  'frameRegion',
  'pageAt',
  'addressOf',
]);
/** Calls whose first argument is a frame. */
const OF_FRAMES: ReadonlySet<string> = new Set(['arrive', 'release', 'detach', 'storeWritten', 'storeWriteFailed']);
/** Calls of a region and a page. */
const OF_PAGES: ReadonlySet<string> = new Set(['fail', 'unqueue', 'isAwaited', 'pageState']);

export class Tracer implements Observer {
  readonly #core: Core;
  readonly #tell: (event: TraceEvent) => void;
  #began: bigint | undefined;
  #step = 0;
  #microseconds = 0;

  constructor(core: Core, tell: (event: TraceEvent) => void) {
    this.#core = core;
    this.#tell = tell;
  }

  before(
    step: number,
    call: keyof CoreExports,
    args: readonly number[],
    runs: ReadonlyArray<readonly [number, number]>,
  ) {
    const now = this.#core.u64[layout.NOW_AT >> 3] ?? 0n;
    this.#began ??= now;
    this.#step = step;
    this.#microseconds = Number(now - this.#began) / 1000;
    for (const [word, count] of runs) {
      const at = word * 4;
      const isMessages = at >= layout.MESSAGES_AT && at < layout.GAPS_AT;
      if (isMessages) for (let each = 0; each < count; each += format.MESSAGE_WORDS) this.#message(at + each * 4);
    }
    if (call === 'settle') this.#completions();
    if (!SILENT.has(call)) this.#called(call, args);
  }

  after(_step: number, _call: keyof CoreExports, _value: number, commands: number, requests: number): void {
    const { u32 } = this.#core;
    const commandsEnd = u32[layout.COMMAND_HEAD_AT >> 2] ?? 0;
    for (let each = commands; each !== commandsEnd; each = (each + 1) >>> 0) this.#command(each, 'do');
    const requestsEnd = nextRequest(u32);
    for (let each = requests; each !== requestsEnd; each = (each + 1) >>> 0) this.#request(each);
  }

  marked(): void {
    this.#event({ event: 'mark', detail: "the core's memory is the recorded one" });
  }

  #event(event: Partial<TraceEvent> & { event: string }): void {
    const { region = null, page = null, pages = 1, frame = null, detail = '' } = event;
    const state = region === null || page === null ? null : this.#stateOf(region, page);
    const [step, microseconds] = [this.#step, this.#microseconds];
    this.#tell({ step, microseconds, event: event.event, region, page, pages, frame, state, detail });
  }

  #message(at: number): void {
    const { u32, u64, bytes } = this.#core;
    const long = (offset: number) => u64[(at + offset) >> 3] ?? 0n;
    const space = u32[(at + layout.MESSAGE_SPACE_AT) >> 2] ?? 0;
    const region = space === 0 ? null : space;
    const event = bytes[at + layout.MESSAGE_EVENT_AT] ?? 0;
    if (event === layout.EVENT_PAGEFAULT) {
      const address = long(layout.MESSAGE_ADDRESS_AT);
      const flags = Number(long(layout.MESSAGE_FLAGS_AT));
      const write = (flags & layout.FAULT_WRITE) !== 0 ? 'write' : 'read';
      const kind =
        (flags & layout.FAULT_WP) !== 0 ? 'protected' : (flags & layout.FAULT_MINOR) !== 0 ? 'minor' : 'missing';
      this.#event({
        event: 'fault',
        region,
        ...placeOf(this.#core, address),
        detail: `${kind}, ${write}, ${hex(address)}`,
      });
      return;
    }
    const name = names.EVENTS.get(event);
    // A partial write leaves slots that are not messages.
    if (name === undefined) return;
    const [start, end] = [long(layout.MESSAGE_START_AT), long(layout.MESSAGE_END_AT)];
    const detail =
      event === layout.EVENT_FORK ? `child ${u32[(at + layout.MESSAGE_CHILD_AT) >> 2]}` : `${hex(start)} ${hex(end)}`;
    this.#event({ event: name, region, ...(event === layout.EVENT_FORK ? {} : placeOf(this.#core, start)), detail });
  }

  #completions(): void {
    const { u32 } = this.#core;
    const done = u32[layout.COMMAND_DONE_AT >> 2] ?? 0;
    for (let each = u32[layout.COMMAND_SETTLED_AT >> 2] ?? 0; each !== done; each = (each + 1) >>> 0) {
      this.#command(each, 'done');
    }
  }

  #command(number: number, verb: 'do' | 'done'): void {
    const { u32, bytes } = this.#core;
    const at = format.commandWord(number);
    const word = (offset: number) => u32[at + (offset >> 2)] ?? 0;
    const op = bytes[at * 4 + layout.COMMAND_OP_AT] ?? 0;
    const frame = word(layout.COMMAND_FRAME_AT);
    const [region, pages] = [word(layout.COMMAND_REGION_AT), word(layout.COMMAND_COUNT_AT)];
    const outcome = (word(0) >>> 16) & 0xffff;
    const errno = word(layout.COMMAND_ERRNO_AT);
    const failed = outcome === layout.OUTCOME_DONE || errno === 0 ? '' : `, ${errnoName(errno)}`;
    const detail =
      verb === 'do'
        ? `for ${names.nameOf(names.PURPOSES, word(layout.COMMAND_PURPOSE_AT))}`
        : `${names.nameOf(names.OUTCOMES, outcome)}${failed}`;
    this.#event({
      event: `${verb} ${names.nameOf(names.OPS, op)}`,
      region: region === 0 ? null : region,
      page: region === 0 ? null : word(layout.COMMAND_PAGE_AT),
      pages,
      frame: frame < (u32[layout.FRAME_COUNT_AT >> 2] ?? 0) ? frame : null,
      detail,
    });
  }

  #request(number: number): void {
    const request = requestAt(this.#core.u32, number);
    const { kind, region, page } = request;
    const event = {
      event: `ask ${names.nameOf(names.REQUESTS, kind)}`,
      region,
      page: page === NONE ? null : page,
    };
    if (kind === layout.REQUEST_FAIL) this.#event({ ...event, detail: names.nameOf(names.CAUSES, request.cause) });
    else if (kind === layout.REQUEST_SAVED || kind === layout.REQUEST_RECLAIMED)
      this.#event({ ...event, pages: request.count });
    else
      this.#event({
        ...event,
        frame: request.frame === NONE ? null : request.frame,
        detail: `generation ${request.generation}`,
      });
  }

  #called(call: keyof CoreExports, args: readonly number[]): void {
    const [first = 0, second = 0] = args;
    if (OF_FRAMES.has(call)) {
      const { exports } = this.#core;
      const region = exports.frameRegion(first);
      const page = exports.framePage(first) >>> 0;
      const place = region === 0 ? {} : { region, page };
      this.#event({ event: call, ...place, frame: first, detail: `generation ${args.slice(1).join(', errno ')}` });
    } else if (OF_PAGES.has(call)) this.#event({ event: call, region: first, page: second });
    else this.#event({ event: call, detail: args.join(' ') });
  }

  #stateOf(region: number, page: number): string | null {
    const { u32, exports } = this.#core;
    const at = layout.REGIONS_AT + region * layout.REGION_BYTES;
    const isOpen = u32[(at + layout.REGION_STATE_AT) >> 2] === layout.REGION_OPEN;
    if (!isOpen || page >= (u32[(at + layout.REGION_PAGES_AT) >> 2] ?? 0)) return null;
    return names.nameOf(names.STATES, exports.pageState(region, page));
  }
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

function errnoName(errno: number): string {
  return errno > 0 && errno < 4096 ? getSystemErrorName(-errno) : String(errno);
}
