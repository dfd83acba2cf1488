// The loop of one pager: messages and completions into the core, its commands to the engine, its requests to stores.
import { NO_PAGE } from '../../assembly/codes.js';
import {
  COUNTER_STORE_ERRORS,
  COUNTER_STORE_RETRIES,
  FRAME_COUNT_AT,
  FRAME_DATA_AT,
  LIST_REFUSED_AT,
  OPERATION_COUNT_AT,
  PAGE_SHIFT_AT,
  PASS_AT,
  QUEUE_COUNT_AT,
  REFUSED_ERRNO_AT,
  REQUEST_DISCARD,
  REQUEST_FAIL,
  REQUEST_READ_SOURCE,
  REQUEST_RECLAIMED,
  REQUEST_REGENERATE,
  REQUEST_SAVED,
  REQUEST_WRITE,
  RETRY_AT,
  WRITE_ERRNO_AT,
} from '../../assembly/layout.js';
import type { LoopCore } from '../core/core.js';
import type { MeterName, Meters } from '../core/meters.js';
import type { FailRequest, StoreRequest } from '../core/requests.js';
import { describeError, failureLine, PagerError } from '../errors.js';
import type { Engine, Native } from '../native/native.js';
import { type CheckedOptions, pinnablePages } from '../options.js';
import { warn } from '../warn.js';
import { explainFailure, explainRefusal, lineOf, unreadable, unwritable } from './failures.js';
import type { Lanes } from './lanes.js';
import { Loads } from './loads.js';
import { Operations } from './operations.js';
import { joined } from './page-ranges.js';
import { RefusedWrites } from './refused-writes.js';
import type { Mapped, PageFailure } from './region.js';
import type { PageRange } from './requests.js';
import type { Ticket } from './store-queue.js';
import { makeCompiledTurn, makeTurn, type Turn, type TurnEngine } from './turn.js';

/** PASS_AT value: the pass can make progress now. */
const PASSING = 1;
/** Milliseconds between steps while something waits for time to pass: paused writes, threads that wait for a frame. */
const TIDY_INTERVAL = 5;

/** A pass, as the loop drives it. */
export interface RunningPass {
  /** `cell` null: zeros. */
  saved(page: number, cell: number | null, count: number): void;
  /** Something may have changed. */
  look(): void;
}

/** What the loop reports of its stores while it runs. */
export interface LoopReports {
  storeError(region: number, error: PagerError): void;
  storeRecovered(region: number): void;
  /** A thread waits for the page, and gets SIGBUS. */
  pageLost(region: number, page: number, error: PagerError): void;
}

/** What the loop uses of an engine: the simulation has one of its own. */
export type LoopEngine = TurnEngine & Pick<Engine, 'keepFrames' | 'read' | 'registerFrames' | 'removeRemote' | 'start'>;

export type LoopOptions = Pick<CheckedOptions, 'core' | 'frameCount' | 'limitPages' | 'storePatience'>;

/** When the loop takes a turn that no message asks for. Each function returns one that cancels it. */
export interface Timers {
  /** Once what is ready has run. */
  soon(run: () => void): () => void;
  after(milliseconds: number, run: () => void): () => void;
}

const EVENT_LOOP: Timers = {
  soon: (run) => {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A batch of requests for one region and one store. */
interface Batch {
  region: number;
  kind: StoreRequest['kind'];
  tickets: Ticket[];
}

/**
 * The event loop of one pager: it feeds the core with messages and completions, runs its commands, and takes its
 * requests to the stores. It decides nothing about pages.
 */
export class Loop {
  readonly mapped = new Map<number, Mapped>();
  /** The shared part of all spaces: their store. */
  spaces: Mapped | undefined;
  readonly operations: Operations;
  readonly loads: Loads;
  /** Threads have touched pages that had been reclaimed. */
  onReclaimed: ((region: number, ranges: PageRange[]) => void) | undefined;
  reports: LoopReports | undefined;
  /** Counts the times of calls to stores; the simulation has none. */
  meters: Meters | undefined;
  /** Undefined in a simulation. */
  lanes: Lanes | undefined;
  /** Called once in each dispatch: the shim may have noted faults that do not reach the core. */
  onDispatch: (() => void) | undefined;
  /** Passes under way, by their regions. */
  readonly passes = new Map<number, RunningPass>();
  readonly refusedWrites: RefusedWrites;
  readonly #core: LoopCore;
  readonly #engine: LoopEngine;
  readonly #native: Pick<Native, 'lastWords'>;
  readonly #timers: Timers;
  readonly #turn: Turn;
  #cancelSoon: (() => void) | undefined;
  #cancelLater: (() => void) | undefined;
  #reportedWriteFailure = false;
  #reportedRefusal = false;

  constructor(
    core: LoopCore,
    engine: LoopEngine,
    native: Pick<Native, 'lastWords'>,
    options: LoopOptions,
    timers: Timers = EVENT_LOOP,
  ) {
    this.#core = core;
    this.#engine = engine;
    this.#native = native;
    this.#timers = timers;
    this.#turn = options.core === 'native' ? makeCompiledTurn(engine) : makeTurn(core, engine);
    this.operations = new Operations(core);
    this.refusedWrites = new RefusedWrites(core, this.mapped);
    this.loads = new Loads(core, this.operations, pinnablePages(options));
    core.exports.setPatience(Math.round(options.storePatience * 1000));
  }

  /** `remote`: the frames are for memory of other processes. */
  start(remote: boolean): void {
    const { u32 } = this.#core;
    const at = u32[FRAME_DATA_AT >> 2] ?? 0;
    const byteLength = (u32[FRAME_COUNT_AT >> 2] ?? 0) * 2 ** (u32[PAGE_SHIFT_AT >> 2] ?? 0);
    if (remote) this.#engine.keepFrames(at, byteLength);
    else this.#engine.registerFrames(at, byteLength);
    this.#engine.start(this.#turn.turn, this.dispatch);
  }

  /** Sends requests to the stores, settles operations that have ended, and schedules another step if one is needed. */
  readonly dispatch = (): void => {
    const { exports, u32 } = this.#core;
    this.lanes?.look();
    while (this.#core.requested) {
      for (const batch of this.#takeRequests()) this.#send(batch);
      this.#turn.drain();
    }
    const begun = this.operations.answer();
    for (const pass of this.passes.values()) pass.look();
    this.onDispatch?.();
    const passing = u32[PASS_AT >> 2] ?? 0;
    if (begun || this.#turn.unfinished() || u32[RETRY_AT >> 2] !== 0 || passing === PASSING) this.#stepSoon();
    // Only time ends a pause of write-backs, or the patience of a thread that waits for a frame.
    this.#sayRefusal();
    const paused = u32[WRITE_ERRNO_AT >> 2] !== 0 && u32[OPERATION_COUNT_AT >> 2] !== 0;
    if (paused || passing !== 0 || exports.starved() !== 0) this.#stepLater();
  };

  /** Runs the commands that have been issued, until there are none. */
  carryOut(): void {
    this.#turn.drain();
  }

  /** A turn that something other than a message asks for. True if it met messages. */
  readonly run = (): boolean => {
    // Commands that replies issued are settled before the next step.
    this.#turn.drain();
    const met = this.#engine.read() > 0;
    // A pass is notified of its last step, too.
    if (this.#turn.turn() || this.passes.size > 0) this.dispatch();
    return met;
  };

  bytesOf(frame: number): Uint8Array {
    const { u32, memory } = this.#core;
    const pageSize = 2 ** (u32[PAGE_SHIFT_AT >> 2] ?? 0);
    return new Uint8Array(memory.buffer, (u32[FRAME_DATA_AT >> 2] ?? 0) + frame * pageSize, pageSize);
  }

  /** What a region's store queues report back. */
  eventsOf(region: number) {
    const { exports } = this.#core;
    return {
      bytesOf: (frame: number) => this.bytesOf(frame),
      arrived: (tickets: readonly Ticket[]) => {
        for (const { frame, generation } of tickets) exports.arrive(frame, generation);
        this.run();
      },
      lost: ({ frame, generation }: Ticket, error: unknown) => {
        exports.counterAdd(region, COUNTER_STORE_ERRORS, 1);
        // The store queue of spaces knows slots of the store, not pages.
        const [of, page] = [exports.frameRegion(frame), exports.framePage(frame)];
        if (exports.release(frame, generation) !== 0) this.#giveUp(of, page, this.#unreadable(of, page, error));
        this.run();
      },
      unanswered: ({ frame, generation }: Ticket, error: unknown) => {
        exports.counterAdd(region, COUNTER_STORE_ERRORS, 1);
        const [of, page] = [exports.frameRegion(frame), exports.framePage(frame)];
        if (exports.detach(frame, generation) !== 0) this.#giveUp(of, page, this.#unreadable(of, page, error));
        this.run();
      },
      returned: (tickets: readonly Ticket[]) => {
        for (const { frame, generation } of tickets) exports.release(frame, generation);
        this.run();
      },
      written: (tickets: readonly Ticket[]) => {
        if (this.#reportedWriteFailure) this.reports?.storeRecovered(region);
        this.#reportedWriteFailure = false;
        this.refusedWrites.taken(region);
        for (const { frame, generation } of tickets) exports.storeWritten(frame, generation);
        this.run();
      },
      notWritten: (tickets: readonly Ticket[], error: unknown) => {
        const mapped = this.#mappedOf(region);
        if (!this.#reportedWriteFailure && mapped !== undefined && !mapped.closing) {
          this.#reportedWriteFailure = true;
          const why = failureLine(error, unwritable(mapped.store.name, error));
          warn('FARPAGE_STORE_WRITE', `${why}; pages stay in memory, writers wait`);
          this.reports?.storeError(region, new PagerError('STORE_WRITE', why, { region, cause: error }));
        }
        if (mapped !== undefined) this.refusedWrites.note(region, mapped.store.name, error);
        for (const { frame, generation } of tickets) exports.storeWriteFailed(frame, generation, 5 /* EIO */);
        this.run();
      },
      retried: () => {
        exports.counterAdd(region, COUNTER_STORE_RETRIES, 1);
        exports.counterAdd(region, COUNTER_STORE_ERRORS, 1);
      },
      took: (what: MeterName, milliseconds: number) => this.meters?.record(what, milliseconds),
    };
  }

  #takeRequests(): Batch[] {
    const batches = new Map<number, Batch>();
    const reclaimed = new Map<number, PageRange[]>();
    this.#core.takeRequests((request) => {
      const { kind, region, page } = request;
      if (kind === REQUEST_FAIL) this.#fail(request);
      else if (kind === REQUEST_SAVED) this.passes.get(region)?.saved(page, request.cell, request.count);
      else if (kind === REQUEST_RECLAIMED) {
        const ranges = reclaimed.get(region) ?? [];
        ranges.push({ first: page, end: page + request.count });
        reclaimed.set(region, ranges);
      } else {
        const key = region * 16 + kind;
        const batch = batches.get(key) ?? { region, kind, tickets: [] };
        batch.tickets.push({ page, frame: request.frame, generation: request.generation });
        batches.set(key, batch);
      }
    });
    for (const [region, ranges] of reclaimed) this.onReclaimed?.(region, joined(ranges));
    return [...batches.values()];
  }

  #fail({ region, page, cause, errno, loadAlone }: FailRequest): void {
    const mapped = this.#mappedOf(region);
    const failure = explainFailure({ cause, errno, page }, mapped, this.refusedWrites.last(mapped));
    // The page's bytes are kept: a later load may succeed.
    if (loadAlone) mapped?.note(page, failure);
    else if (page === NO_PAGE) this.#dropSpace(region, describeError(failure.error));
    else this.#giveUp(region, page, failure);
  }

  #send({ region, kind, tickets }: Batch): void {
    const mapped = this.#mappedOf(region);
    if (mapped === undefined) return;
    if (mapped.closing && kind !== REQUEST_DISCARD) {
      // The region is closing: its stores get no more requests, and its frames are free.
      for (const { frame, generation } of tickets) this.#core.exports.release(frame, generation);
    } else if (kind === REQUEST_WRITE) mapped.storeQueue?.write(tickets);
    else if (kind === REQUEST_DISCARD) mapped.storeQueue?.discard(tickets.map(({ page }) => page));
    else if (kind === REQUEST_REGENERATE) mapped.regenerators.read(tickets);
    else if (kind === REQUEST_READ_SOURCE) mapped.sourceQueue?.read(tickets);
    else mapped.storeQueue?.read(tickets);
  }

  #mappedOf(region: number): Mapped | undefined {
    return this.mapped.get(region) ?? this.spaces;
  }

  // Without the pager's userfaultfd, the agent ends the process: it must neither wait for ever nor read zeros.
  #dropSpace(space: number, why: string): void {
    this.#say(`space ${space}: ${why}; its process is killed`);
    this.#engine.removeRemote(space);
  }

  #unreadable(region: number, page: number, error: unknown): PageFailure {
    return unreadable(this.#mappedOf(region), page, error);
  }

  // If a thread waits: report first, then poison, so that the reason is on standard error before the SIGBUS.
  #giveUp(region: number, page: number, failure: PageFailure): void {
    const mapped = this.#mappedOf(region);
    const closing = mapped?.closing ?? true;
    if (this.#core.exports.isAwaited(region, page) === 0) {
      // A load rejects with the reason; no thread is hurt, and the page may be asked for again.
      mapped?.note(page, failure);
    } else if (!closing) {
      const why = lineOf(failure);
      this.#say(`region ${region}, page ${page}: ${why}; a thread that touches it gets SIGBUS`);
      mapped?.remember(page, failure);
      const address = this.#core.exports.addressOf(region, page);
      const details = { region, page, address, cause: failure.error };
      this.reports?.pageLost(region, page, new PagerError('STORE_READ', `page ${page} ${why}`, details));
    }
    this.#core.exports.fail(region, page);
    this.#turn.drain();
    // An operation may be waiting for this very page.
    if (this.#core.u32[OPERATION_COUNT_AT >> 2] !== 0) this.#stepSoon();
  }

  /** A page in flight is not to be waited for any more. */
  giveUp(region: number, page: number, error: PagerError): void {
    this.#giveUp(region, page, this.#unreadable(region, page, error));
    this.run();
  }

  // Reported once for all refused pages, until the kernel has taken them.
  #sayRefusal(): void {
    const { u32 } = this.#core;
    const refused = u32[(LIST_REFUSED_AT + QUEUE_COUNT_AT) >> 2] ?? 0;
    if (refused > 0 && !this.#reportedRefusal) {
      const why = explainRefusal(u32[REFUSED_ERRNO_AT >> 2] ?? 0);
      warn('FARPAGE_PAGES_REFUSED', `${why}; their bytes are kept, threads wait, and it is tried again`);
    }
    this.#reportedRefusal = refused > 0;
  }

  #say(line: string): void {
    this.#native.lastWords(`farpage: ${line}\n`);
  }

  /** Schedules one step soon, however many ask for it. */
  readonly runSoon = (): void => this.#stepSoon();

  #stepSoon(): void {
    this.#cancelSoon ??= this.#timers.soon(() => {
      this.#cancelSoon = undefined;
      this.run();
    });
  }

  #stepLater(): void {
    this.#cancelLater ??= this.#timers.after(TIDY_INTERVAL, () => {
      this.#cancelLater = undefined;
      this.run();
    });
  }

  stop(): void {
    this.#cancelSoon?.();
    this.#cancelLater?.();
  }
}
