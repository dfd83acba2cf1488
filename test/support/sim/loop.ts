// The loop of src/loop/loop.ts, with its turn, dispatch, operations and loads, over an engine that is the fake kernel. The
// timers of the event loop are the simulation's, so that the seed decides which of them comes first.
import * as layout from '../../../assembly/layout.js';
import type { LoopCore } from '../../../src/core/core.js';
import { type CoreRequest, firstRequest, nextRequest, requestAt } from '../../../src/core/requests.js';
import { Loop, type LoopEngine, type Timers } from '../../../src/loop/loop.js';
import { sendWarnings } from '../../../src/warn.js';
import { demand } from './audit.js';
import { check, checkPresent, checkThreads } from './checks.js';
import type { SimRegion, SimState } from './state.js';

/** Patience where the configuration has none. */
const DEFAULT_PATIENCE = 10_000_000_000;

// The loop warns of stores that fail, which is what many seeds are about.
sendWarnings(() => {});

export class SimLoop {
  readonly loop: Loop;
  #turn: () => boolean = () => false;
  #dispatch: () => void = () => {};
  /** What the loop has asked for: a turn as soon as possible, and one after so many milliseconds. */
  #soon: (() => void) | undefined;
  #later: { run: () => void; milliseconds: number } | undefined;
  #steps = 0;
  #rounds = 0;
  #checks = 0;
  #said = 0;
  /** Of all regions. */
  readonly #pages: number;

  constructor(readonly state: SimState) {
    const { limit, frames, patience } = state.config;
    this.#pages = state.config.regions.reduce((sum, { pages }) => sum + pages, 0);
    const options = {
      core: 'auto',
      limitPages: limit ?? null,
      frameCount: frames,
      storePatience: (patience ?? DEFAULT_PATIENCE) / 1e6,
    } as const;
    const native = { lastWords: (line: string) => state.say(() => line.trimEnd()) };
    const [core, engine] = [this.#core(), this.#engine()];
    this.loop = new Loop(core, engine, native, options, this.#timers());
    if (state.inline !== undefined) {
      const { step, settle } = core.exports;
      state.inline.parts = { step, settle, execute: () => engine.execute(), settled: () => this.settled() };
    }
    state.pass.loop = this.loop;
    this.loop.start(false);
  }

  // ---- what the loop is given -------------------------------------------------------------------------------------

  /** The core, with an eye on each step and on each page that is given up. */
  #core(): LoopCore {
    const { core, pass } = this.state;
    const { exports, memory, u32 } = core;
    const step = (): number => {
      if (this.state.strict && this.#steps++ > 0) check(this.state);
      this.#rounds = 0;
      pass.stepping();
      const again = exports.step();
      pass.stepped();
      return again;
    };
    const fail = (region: number, page: number): void => {
      this.#demandNeed(region, page);
      exports.fail(region, page);
    };
    return {
      exports: { ...exports, step, fail },
      memory,
      u32,
      get requested() {
        return core.requested;
      },
      takeRequests: (take) => {
        for (const request of this.#requests()) this.#demandLegal(request);
        core.takeRequests(take);
      },
    };
  }

  #read(): number {
    const { kernel, random, calm } = this.state;
    return kernel.read(random.chance(0.2) && !calm ? random.between(1, 4) : undefined);
  }

  // As `letFaultsGoFirst` of native/engine/turns.cc.
  #look(): void {
    const { inline, random, threads } = this.state;
    if (inline !== undefined) {
      for (const thread of threads) if (random.chance(0.5)) inline.takesTurn(thread);
    }
    this.#read();
  }

  #engine(): LoopEngine {
    const { kernel } = this.state;
    const compiled = (): never => {
      throw new Error('the simulation steps the core itself');
    };
    return {
      start: (turn, dispatch) => {
        this.#turn = turn;
        this.#dispatch = dispatch;
      },
      read: () => this.#read(),
      execute: () => {
        demand(this.#rounds++ < 2000, () => 'a turn does not end');
        if (this.state.verbose) this.#sayCommands();
        kernel.execute();
        if (this.state.verbose) this.#sayCommands(this.#said);
        checkPresent(this.state);
      },
      registerFrames: () => {},
      keepFrames: () => {},
      removeRemote: compiled,
      useCompiledCore: compiled,
      turn: compiled,
      drain: compiled,
      unfinished: compiled,
      look: () => this.#look(),
    };
  }

  #timers(): Timers {
    return {
      soon: (run) => {
        this.#soon = run;
        return () => {
          this.#soon = undefined;
        };
      },
      after: (milliseconds, run) => {
        this.#later = { run, milliseconds };
        return () => {
          this.#later = undefined;
        };
      },
    };
  }

  // ---- what makes it run ------------------------------------------------------------------------------------------

  /** Something other than a message or a store asks for a turn. */
  run(): void {
    this.#steps = 0;
    this.loop.run();
    this.settled();
  }

  /** The userfaultfd is readable, or a thread has left work: native reads it and takes a turn. */
  poll(): boolean {
    const { inline, kernel } = this.state;
    if (!kernel.hasMessages && inline?.rung !== true) return false;
    if (inline !== undefined) inline.rung = false;
    this.#steps = 0;
    this.#read();
    if (this.#turn()) this.#dispatch();
    this.settled();
    return true;
  }

  /** One of the turns that the loop has asked for, if there is one. */
  comeBack(): boolean {
    const { random, kernel } = this.state;
    const soon = this.#soon;
    const later = this.#later;
    this.#steps = 0;
    if (soon !== undefined && !(later !== undefined && random.chance(0.3))) {
      this.#soon = undefined;
      soon();
    } else if (later !== undefined) {
      this.#later = undefined;
      kernel.pass(later.milliseconds * 1e6);
      later.run();
    } else {
      return false;
    }
    this.settled();
    return true;
  }

  /** As the end of a region does: src/loop/closing.ts. */
  drain(): void {
    const { core, kernel } = this.state;
    while (core.commanded) {
      kernel.execute();
      core.exports.settle();
    }
  }

  // ---- what must hold ---------------------------------------------------------------------------------------------

  /** To be called when the loop has done something. Counting everything takes time: of large regions only now and then. */
  settled(): void {
    if (this.state.strict || this.#pages < 400 || this.#checks++ % 8 === 0) check(this.state);
    else checkThreads(this.state);
  }

  /** Requests that the loop has not taken. */
  *#requests(): Generator<CoreRequest> {
    const { u32 } = this.state.core;
    const end = nextRequest(u32);
    for (let each = firstRequest(u32); each !== end; each = (each + 1) >>> 0) yield requestAt(u32, each);
  }

  #demandLegal(request: CoreRequest): void {
    const { kind, region, page } = request;
    if (kind === layout.REQUEST_FAIL && request.loadAlone)
      demand(
        this.#mayFailLoad(request.cause),
        () => `region ${region} page ${page}: a load fails for cause ${request.cause}`,
      );
    if (kind === layout.REQUEST_SAVED)
      // A thread's turn may have saved pages of a pass that has been dropped since, before the loop came to know of them.
      demand(
        this.state.pass.isOf(region) || (this.state.inline !== undefined && this.state.closing),
        () => `region ${region} page ${page} is saved, and has no pass`,
      );
    this.state.say(() => `request ${JSON.stringify(request)}`);
  }

  #mayFailLoad(cause: number): boolean {
    const { leaves, moves, patience } = this.state.config;
    if (cause === layout.CAUSE_INSTALL) return this.state.refuses;
    if (cause === layout.CAUSE_NO_TABLE) return leaves !== undefined;
    if (cause === layout.CAUSE_GONE) return moves > 0;
    return (
      cause === layout.CAUSE_NO_FRAME && (this.state.dead || (patience !== undefined && this.state.writeTrouble > 0))
    );
  }

  /** A page is given up only for trouble that the simulation has made. */
  #demandNeed(region: number, page: number): void {
    const home = this.state.regions.find((each) => each.region === region && each.open);
    if (home === undefined || this.loop.mapped.get(region)?.closing !== false) return;
    const cause = this.#causeOf(home, page);
    const written = cause === layout.CAUSE_NO_FRAME && this.state.writeTrouble > 0;
    const { leaves, patience } = this.state.config;
    const full =
      (cause === layout.CAUSE_NO_TABLE && leaves !== undefined) ||
      (cause === layout.CAUSE_INSTALL && this.state.refuses && patience !== undefined) ||
      (cause === layout.CAUSE_NO_FRAME && patience !== undefined);
    // A page that was moved as it was given up is so again where it went.
    demand(
      home.mayFail.has(page) || home.failed.has(page) || written || full,
      () => `region ${region} page ${page} is given up for cause ${cause}, without need`,
    );
    this.state.say(() => `gives up region ${region} page ${page}`);
    home.failed.add(page);
  }

  // Its request is in the ring until the loop has taken all of them; without one its store has failed.
  #causeOf({ region }: SimRegion, page: number): number {
    for (const each of this.#requests())
      if (each.kind === layout.REQUEST_FAIL && each.region === region && each.page === page) return each.cause;
    return layout.CAUSE_READ;
  }

  /** The commands that are about to run; with `from` again, with their outcomes. */
  #sayCommands(from?: number): void {
    const { core } = this.state;
    const head = core.word(layout.COMMAND_HEAD_AT);
    let at = from ?? core.word(layout.COMMAND_DONE_AT);
    this.#said = at;
    for (; at !== head && from !== undefined; at = (at + 1) >>> 0) {
      const record = layout.COMMANDS_AT + (at & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const word = (offset: number) => core.word(record + offset);
      this.state.say(
        () =>
          `  op ${core.bytes[record]} purpose ${word(layout.COMMAND_PURPOSE_AT)} region ${word(layout.COMMAND_REGION_AT)} page ${word(layout.COMMAND_PAGE_AT)}+${word(layout.COMMAND_COUNT_AT)} frame ${word(layout.COMMAND_FRAME_AT)}: ${word(0) >>> 16}`,
      );
    }
  }

  describe(): string {
    return `soon ${this.#soon !== undefined}, later ${this.#later !== undefined}`;
  }
}
