// One simulated pager: the core, a fake kernel, threads that touch pages, stores in the event loop, and the loop itself
// whose turn is that of src/loop/turn.ts. Everything that happens follows from one seed.
import * as layout from '../../../assembly/layout.js';
import { makeTurn, type Turn } from '../../../src/loop/turn.js';
import { CoreMachine, type OpenCore, openCore, regionAt } from '../world/core-machine.js';
import { audit, demand, isResident, STATE_NAMES, Violation } from './audit.js';
import { readToken, writeToken } from './content.js';
import {
  BASE_BYTES,
  EAGAIN,
  EBUSY,
  EFAULT,
  EINVAL,
  EIO,
  ENOENT,
  ENOMEM,
  FakeKernel,
  type Mischief,
  NO_MISCHIEF,
  type Removal,
  type Waiter,
} from './fake-kernel.js';
import { MoveBook, Placement } from './moves.js';
import { SimPass } from './pass.js';
import { Random } from './random.js';
import { fileOf, type Job, TORN_TOKEN, TokenStore } from './store.js';

const CORE_ADDRESS = 0x7f00_0000_3000;
const ARENA_ADDRESS = 0x6000_0000_0000;
const FIRST_REGION = 0x5000_0000_0000;
const TIDY_INTERVAL = 5_000_000;

export interface SimConfig {
  pageShift: number;
  limit: number | undefined;
  frames: number;
  scratch: number;
  eviction: number;
  readahead: number;
  threads: number;
  regions: RegionConfig[];
  /** Chances of each trouble at its occasion. */
  changing: number;
  busy: number;
  /** Of an install, or a victim's way out: the kernel refuses it for want of memory, or because it does not like it. */
  refused: number;
  readFails: number;
  writeFails: number;
  torn: number;
  removals: number;
  operations: number;
  closes: number;
  locality: number;
  /** The kernel takes its time between announcing a removal and doing it. */
  gap: boolean;
  /** An install finds no single mapping: the application has split it. */
  gone: number;
  /** mremap(2) and munmap(2) of parts of regions, and of whole ones. */
  moves: number;
  /** Of all that changes the address space, what begins while commands are run. */
  amid: number;
  /** Pages of memfiles that lose their place in the page table. */
  minors: number;
  /** Passes over a region, and what befalls them. */
  passes: number;
  /** From this step on every write fails, for good. */
  dead: number | undefined;
  /** Nanoseconds that a page waits for a frame. */
  patience: number | undefined;
  /** Leaves of the page table; undefined: enough. */
  leaves: number | undefined;
}

export interface RegionConfig {
  pages: number;
  source: number;
  sourcePages: number;
  store: number;
  compress: boolean;
  /** Its pages live in a memfile: a removal leaves them there until the core has them taken out. */
  file: boolean;
}

interface SimRegion extends RegionConfig {
  region: number;
  address: number;
  placement: Placement;
  pool: boolean;
  storeTokens: TokenStore;
  sourceTokens: TokenStore;
  /** What each base page may read as. */
  allowed: number[][];
  /** Values each base page has had since a flush began, while one runs. */
  failed: Set<number>;
  mayFail: Set<number>;
  open: boolean;
  closedAt: number;
}

interface Thread {
  waiter: Waiter | undefined;
  region: number;
  base: number;
  write: boolean;
  token: number;
  last: number;
  stride: number;
  left: number;
}

interface RunningOperation {
  operation: number;
  kind: number;
  region: number;
  first: number;
  end: number;
  pin: boolean;
  /** Base pages written since it began. */
  written: Set<number>;
  /** For a flush: what each base page has held since it began. */
  history: Map<number, Set<number>>;
}

interface RunningRemoval {
  removal: Removal;
  region: number;
  first: number;
  end: number;
  /** Base pages written meanwhile: what was written may be what stays. */
  written: Set<number>;
}

export function randomConfig(random: Random): SimConfig {
  let limit = random.pick([16, 16, 17, 20, 24, 32, 32, 48, 64, 100, 200, undefined]);
  const pageShift = random.chance(0.15) ? random.pick([13, 14, 16]) : 12;
  const count = random.pick([1, 1, 2, 3]);
  const regions = Array.from({ length: count }, (): RegionConfig => {
    const pages = random.pick([3, 20, 40, 100, 300, 700, 1100]);
    const source = random.pick([layout.SOURCE_ZERO, layout.SOURCE_ZERO, layout.SOURCE_FILE, layout.SOURCE_ASYNC]);
    return {
      pages,
      source,
      sourcePages: random.chance(0.3) ? random.below(pages + 1) : 0xffffffff,
      store: random.pick([layout.STORE_POOL, layout.STORE_FILE, layout.STORE_ASYNC]),
      compress: random.chance(0.8),
      file: random.chance(0.25),
    };
  });
  // Room to spare, a slow store and much to write: pages are shared while they are written, and much befalls them then.
  if (random.chance(0.12)) limit = undefined;
  const roomy = limit === undefined;
  if (roomy) for (const each of regions) each.store = random.chance(0.7) ? layout.STORE_ASYNC : each.store;
  const sometimes = (chance: number, often: number) => (random.chance(chance) ? often * (random.below(100) / 100) : 0);
  // A store that never recovers, and a pager that does not wait for it long.
  const dead = random.chance(0.06) ? random.below(800) : undefined;
  // From numbers of its own: seeds of old mean what they did.
  const passRandom = new Random(random.seed ^ 0x9a55n);
  const refusals = new Random(random.seed ^ 0x4ef0n);
  const leaves = random.chance(0.05) ? random.between(1, 4) : undefined;
  return {
    moves: sometimes(0.4, 0.03),
    amid: sometimes(0.4, 0.1),
    minors: sometimes(0.6, 0.05),
    passes: passRandom.chance(0.6) ? 0.1 * (passRandom.below(100) / 100) : 0,
    dead,
    patience: dead === undefined ? undefined : random.pick([1_000_000, 50_000_000, 1_000_000_000]),
    leaves,
    pageShift,
    limit,
    frames: limit === undefined ? random.pick([8, 64]) : Math.max(8, Math.min(512, limit >> 3)),
    scratch: random.pick([1, 4, 32]),
    eviction: random.below(3),
    readahead: random.below(3),
    threads: random.between(1, 5),
    regions,
    changing: sometimes(0.5, 0.05),
    busy: sometimes(0.3, 0.05),
    refused: refusals.chance(0.3) ? 0.2 * (refusals.below(100) / 100) : 0,
    readFails: sometimes(0.3, 0.02),
    writeFails: sometimes(roomy ? 0.8 : 0.4, 0.2),
    torn: sometimes(0.2, 0.05),
    removals: sometimes(roomy ? 0.8 : 0.5, 0.02),
    operations: sometimes(roomy ? 0.9 : 0.7, roomy ? 0.1 : 0.05),
    closes: leaves === undefined ? sometimes(0.2, 0.002) : 0,
    locality: random.pick([0, 0.3, 0.8, 0.95]),
    gap: false,
    gone: sometimes(0.1, 0.05),
  };
}

export class Simulation {
  readonly random: Random;
  readonly core: CoreMachine;
  readonly kernel: FakeKernel;
  readonly regions: SimRegion[] = [];
  readonly threads: Thread[] = [];
  readonly jobs: Job[] = [];
  readonly running: RunningOperation[] = [];
  readonly removals: RunningRemoval[] = [];
  readonly moves: MoveBook;
  readonly pass: SimPass;
  readonly log: string[] = [];
  #order = 0;
  #token = 0;
  readonly #turn: Turn;
  #steps = 0;
  #rounds = 0;
  #soon = false;
  #later = false;
  #calm = false;
  #closing = false;
  #nextAddress = FIRST_REGION;
  #nextFd = 100;
  #arenaUsed = 0;
  #writeTrouble = 0;
  // Numbers of its own: seeds of old mean what they did.
  readonly #refusals: Random;
  #pinnable: number;
  #pages = 0;
  #runs = 0;
  stepped = 0;
  reads = 0;

  constructor(
    seed: bigint,
    readonly config: SimConfig,
    readonly verbose = false,
    /** Everything is checked after every step of the core. */
    readonly strict = false,
    open: OpenCore = openCore,
  ) {
    this.random = new Random(seed ^ 0x5deece66dn);
    this.#refusals = new Random(seed ^ 0x4ef05n);
    this.core = new CoreMachine(config, CORE_ADDRESS, undefined, open);
    if (config.patience !== undefined) this.core.u64[layout.PATIENCE_AT >> 3] = BigInt(config.patience);
    if (config.leaves !== undefined) this.core.put(layout.LEAF_LIMIT_AT, config.leaves);
    this.kernel = new FakeKernel(this.core, this.#mischief());
    this.moves = new MoveBook(this.random, this.core, this.kernel, () => {
      const places = this.#nextAddress;
      this.#nextAddress += 1200 * this.core.pageSize;
      return places;
    });
    const find = (region: number) => this.regions.find((each) => each.region === region && each.open);
    const mayFail = (region: number, page: number, cause: number) => this.#mayFailPass(region, page, cause);
    this.pass = new SimPass(this.random, this.core, this.kernel, find, mayFail, (what) => this.say(what));
    this.kernel.arena = { start: ARENA_ADDRESS, end: ARENA_ADDRESS, bytes: new Uint8Array(0) };
    this.#turn = this.#makeTurn();
    const room = config.limit === undefined ? 1000 : Math.max(0, config.limit - config.frames - 4);
    this.#pinnable = room >> 1;
    const slabs = config.regions.reduce(
      (sum, { pages, store }) => sum + (store === layout.STORE_POOL ? pages + 80 : 0),
      0,
    );
    const slabBytes = this.core.pageSize * 8;
    this.kernel.arena.bytes = new Uint8Array(slabs * slabBytes);
    this.kernel.arena.end = ARENA_ADDRESS + slabs * slabBytes;
    for (const each of config.regions) this.#open(each);
    for (let i = 0; i < config.threads; i++) {
      this.threads.push({ waiter: undefined, region: 0, base: 0, write: false, token: 0, last: 0, stride: 1, left: 0 });
    }
  }

  say(what: () => string): void {
    if (!this.verbose) return;
    console.log(`${this.stepped} ${what()}`);
  }

  #mischief(): Mischief {
    const { config, random } = this;
    return {
      page: (op, staging) => {
        if (this.#calm) return 0;
        // The shim tries a poisoning until it is done.
        if (op !== layout.OP_POISON && random.chance(config.changing)) return EAGAIN;
        const fills = op !== layout.OP_POISON && !staging;
        if (fills && random.chance(config.gone)) return ENOENT;
        if (op === (staging ? layout.OP_TAKE : layout.OP_MOVE) && random.chance(config.busy)) return EBUSY;
        if (op !== layout.OP_POISON && config.refused > 0 && this.#refusals.chance(config.refused)) {
          return this.#refusals.pick([ENOMEM, ENOMEM, EINVAL, EFAULT]);
        }
        return 0;
      },
      file: (fd, write, offset, length) => {
        if (this.#calm && !(write && this.#dead)) return 0;
        if (write) return this.#dead || random.chance(config.writeFails) ? this.#writeFailed() : 0;
        if (!random.chance(config.readFails)) return 0;
        const region = this.regions.find(({ region }) => this.#fdOf(region, fd));
        if (region !== undefined && length === this.core.pageSize) region.mayFail.add(offset / length);
        return EIO;
      },
      time: () => random.below(20_000),
      between: () => {
        if (this.#calm || config.amid === 0 || this.#closing) return;
        // Who waited for its event to be read goes on at once.
        if (random.chance(0.3) && !this.continueMove()) this.continueRemoval();
        if (!random.chance(config.amid)) return;
        if (random.chance(config.moves)) this.startMove(true);
        else if (random.chance(config.removals)) this.startRemoval();
      },
      // Woken when the victim has gone; its message may be read long after that.
      victim: (address) => {
        if (this.#calm || !random.chance(config.minors)) return;
        this.kernel.leave(this.kernel.fault(address, true, layout.FAULT_WP), true);
      },
      protection: () => config.minors > 0 && random.chance(0.5),
      pass: () => (!this.#calm && random.chance(config.changing) ? EAGAIN : 0),
    };
  }

  #mayFailPass(region: number, page: number, cause: number): boolean {
    const { removals, moves, gone, leaves } = this.config;
    if (cause === layout.CAUSE_GONE) return removals > 0 || moves > 0 || gone > 0;
    if (cause === layout.CAUSE_NO_TABLE) return leaves !== undefined;
    if (cause === layout.CAUSE_NO_FRAME) return this.#dead;
    const home = this.#regionOf(region);
    return home.failed.has(page) || home.mayFail.has(page);
  }

  get #dead(): boolean {
    return this.config.dead !== undefined && this.stepped >= this.config.dead;
  }

  #writeFailed(): number {
    this.#writeTrouble = this.kernel.now;
    return EIO;
  }

  #fdOf(region: number, fd: number): boolean {
    const at = regionAt(region);
    return [layout.REGION_SOURCE_FD_AT, layout.REGION_STORE_FD_AT].some((offset) => this.core.word(at + offset) === fd);
  }

  #open(each: RegionConfig): void {
    const { core, kernel } = this;
    const perPage = core.pageSize / BASE_BYTES;
    const address = this.#nextAddress;
    this.#nextAddress += (each.pages + 16) * core.pageSize;
    const sourceFd = this.#nextFd++;
    const storeFd = this.#nextFd++;
    const sourced = each.source !== layout.SOURCE_ZERO;
    const sourceTokens = new TokenStore((base) => (base % 5 === 0 ? 0 : 0x40000000 + base * 64 + sourceFd));
    const storeTokens = new TokenStore(() => 0);
    kernel.files.set(sourceFd, fileOf(sourceTokens));
    const storeFile = fileOf(storeTokens);
    kernel.files.set(storeFd, {
      ...storeFile,
      write: (offset, from) => {
        storeFile.write(offset, from);
        if (this.#calm || !this.random.chance(this.config.torn)) return;
        storeTokens.tokens.set(offset / BASE_BYTES, TORN_TOKEN);
        this.regions.find(({ region }) => this.#fdOf(region, storeFd))?.mayFail.add(Math.floor(offset / core.pageSize));
      },
    });
    let pool = 0;
    if (each.store === layout.STORE_POOL) {
      const slabs = each.pages + 80;
      const at = ARENA_ADDRESS + this.#arenaUsed;
      this.#arenaUsed += slabs * core.pageSize * 8;
      pool = core.exports.openPool(each.compress ? 1 : 0, slabs, at % 2 ** 32, Math.floor(at / 2 ** 32));
    }
    const region = core.openRegion(each.pages, address, {
      [layout.REGION_SOURCE_AT]: each.source,
      [layout.REGION_SOURCE_FD_AT]: sourceFd,
      [layout.REGION_SOURCE_PAGES_AT]: each.sourcePages,
      [layout.REGION_STORE_AT]: each.store,
      [layout.REGION_STORE_FD_AT]: storeFd,
      [layout.REGION_POOL_AT]: pool,
      [layout.REGION_FILE_AT]: each.file ? 1 : 0,
    });
    demand(region !== 0 && pool < layout.POOL_LIMIT, () => 'a region opens');
    const allowed = Array.from({ length: each.pages * perPage }, (_, base) => [
      sourced && Math.floor(base / perPage) < each.sourcePages ? sourceTokens.get(base) : 0,
    ]);
    this.#pages += each.pages;
    this.regions.push({
      ...each,
      region,
      address,
      placement: new Placement(region, address, each.pages, core.pageSize),
      pool: each.store === layout.STORE_POOL,
      storeTokens,
      sourceTokens,
      allowed,
      failed: new Set(),
      mayFail: new Set(),
      open: true,
      closedAt: 0,
    });
    kernel.registerRegion(address, each.pages * core.pageSize, region, each.file);
  }

  // ---- the loop ---------------------------------------------------------------------------------------------------

  /** The loop's own turn, over the fake kernel, with an eye on each step and each run of commands. */
  #makeTurn(): Turn {
    const { core } = this;
    const { settle, passPhase } = core.exports;
    const step = (): number => {
      if (this.strict && this.#steps++ > 0) this.check();
      this.#rounds = 0;
      const before = passPhase();
      const again = core.exports.step();
      this.pass.stepped(before);
      return again;
    };
    const execute = (): void => {
      demand(this.#rounds++ < 2000, () => 'a turn does not end');
      if (this.verbose) this.#sayCommands();
      this.kernel.execute();
      if (this.verbose) this.#sayCommands(this.#said);
      this.#checkPresent();
    };
    return makeTurn({ u32: core.u32, exports: { step, settle } }, { execute });
  }

  #execute(): void {
    this.#rounds = 0;
    this.#turn.drain();
  }

  #said = 0;

  /** The commands that are about to run; with `from` again, with their outcomes. */
  #sayCommands(from?: number): void {
    const { core } = this;
    const head = core.word(layout.COMMAND_HEAD_AT);
    let at = from ?? core.word(layout.COMMAND_DONE_AT);
    this.#said = at;
    for (; at !== head && from !== undefined; at = (at + 1) >>> 0) {
      const record = layout.COMMANDS_AT + (at & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const [op, purpose, region, page, count, frame] = [
        core.bytes[record],
        ...[
          layout.COMMAND_PURPOSE_AT,
          layout.COMMAND_REGION_AT,
          layout.COMMAND_PAGE_AT,
          layout.COMMAND_COUNT_AT,
          layout.COMMAND_FRAME_AT,
        ].map((offset) => core.word(record + offset)),
      ];
      const outcome = core.word(record) >>> 16;
      this.say(() => `  op ${op} purpose ${purpose} region ${region} page ${page}+${count} frame ${frame}: ${outcome}`);
    }
  }

  #checkPresent(): void {
    const { core, kernel } = this;
    const { limit } = core.options;
    // A closed region's pages stay readable, and are its owner's.
    if (limit === undefined || this.#closing) return;
    // What is being dropped by the application counts until it has gone, though the core has been told.
    let leaving = 0;
    for (const { start, end } of kernel.removals) {
      for (let at = start; at < end; at += BASE_BYTES) if (kernel.pages.has(at / BASE_BYTES)) leaving++;
    }
    const most = limit * (core.pageSize / BASE_BYTES) + leaving;
    demand(kernel.present <= most, () => `${kernel.present} base pages are present, the limit is ${most}`);
  }

  #dispatch(): void {
    const { core } = this;
    while (core.requested) {
      this.#takeRequests();
      this.#execute();
    }
    this.#answerOperations();
    const passing = core.word(layout.PASS_AT);
    if (this.pass.look() || passing === 1 || this.#turn.unfinished() || this.running.length > 0) this.#soon = true;
    if (core.word(layout.RETRY_AT) !== 0) this.#soon = true;
    if (core.word(layout.WRITE_ERRNO_AT) !== 0 || passing !== 0 || core.exports.starved() !== 0) this.#later = true;
  }

  run(): void {
    this.kernel.read(this.random.chance(0.2) && !this.#calm ? this.random.between(1, 4) : undefined);
    this.#steps = 0;
    if (this.#turn.turn() || this.pass.busy) this.#dispatch();
    // Counting everything anew takes time: large regions are looked at now and then, but for the last steps.
    if (this.strict || this.#pages < 400 || this.#runs++ % 8 === 0) this.check();
    else this.checkThreads();
  }

  #takeRequests(): void {
    const { core } = this;
    let tail = core.word(layout.REQUEST_TAIL_AT);
    const head = core.word(layout.REQUEST_HEAD_AT);
    const lost: [number, number, number][] = [];
    for (; tail !== head; tail = (tail + 1) >>> 0) {
      const at = layout.REQUESTS_AT + (tail & layout.REQUEST_MASK) * layout.REQUEST_BYTES;
      const kind = core.word(at + layout.REQUEST_KIND_AT);
      const region = core.word(at + layout.REQUEST_REGION_AT);
      const page = core.word(at + layout.REQUEST_PAGE_AT);
      if (kind === layout.REQUEST_FAIL) {
        const loadOnly = core.word(at + layout.REQUEST_FRAME_AT) === 1;
        if (loadOnly) demand(this.config.refused > 0, () => `region ${region} page ${page}: a load fails without need`);
        else lost.push([region, page, core.word(at + layout.REQUEST_CAUSE_AT)]);
        continue;
      }
      if (kind === layout.REQUEST_SAVED) {
        this.pass.saved(
          region,
          page,
          core.word(at + layout.REQUEST_FRAME_AT),
          core.word(at + layout.REQUEST_GENERATION_AT),
        );
        continue;
      }
      const frame = core.word(at + layout.REQUEST_FRAME_AT);
      const generation = core.word(at + layout.REQUEST_GENERATION_AT);
      const held = kind === layout.REQUEST_WRITE ? this.#tokensOf(frame).join() : '';
      this.jobs.push({ kind, region, page, frame, generation, held, order: this.#order++ });
      this.say(() => `request ${kind} region ${region} page ${page} frame ${frame}`);
    }
    core.put(layout.REQUEST_TAIL_AT, tail);
    for (const [region, page, cause] of lost) this.#giveUp(region, page, cause);
  }

  #regionOf(region: number): SimRegion {
    const found = this.regions.find((each) => each.region === region && each.open);
    if (found === undefined) throw new Violation(`region ${region} is not open`);
    return found;
  }

  #giveUp(region: number, page: number, cause: number): void {
    const home = this.#regionOf(region);
    const written = cause === layout.CAUSE_NO_FRAME && this.#writeTrouble > 0;
    const { leaves, patience } = this.config;
    const full =
      (cause === layout.CAUSE_NO_TABLE && leaves !== undefined) ||
      (cause === layout.CAUSE_INSTALL && (this.config.refused > 0 || this.config.busy > 0) && patience !== undefined) ||
      (cause === layout.CAUSE_NO_FRAME && patience !== undefined);
    // A page that was moved as it was given up is so again where it went.
    demand(
      home.mayFail.has(page) || home.failed.has(page) || written || full,
      () => `region ${region} page ${page} is given up for cause ${cause}, without need`,
    );
    this.say(() => `gives up region ${region} page ${page}`);
    home.failed.add(page);
    this.core.exports.fail(region, page);
    this.#execute();
  }

  #answerOperations(): void {
    const { core } = this;
    for (let i = this.running.length - 1; i >= 0; i--) {
      const each = this.running[i];
      if (each === undefined) continue;
      const status = core.exports.operationStatus(each.operation);
      if (status === layout.OPERATION_RUNNING) continue;
      core.exports.endOperation(each.operation);
      this.running.splice(i, 1);
      this.#ended(each, status === layout.OPERATION_DONE);
    }
  }

  // ---- stores -----------------------------------------------------------------------------------------------------

  #frameBytes(frame: number): Uint8Array {
    return this.kernel.writable(CORE_ADDRESS + this.core.frameOffset(frame), this.core.pageSize);
  }

  #tokensOf(frame: number): number[] {
    const bytes = this.#frameBytes(frame);
    const tokens: number[] = [];
    for (let at = 0; at < bytes.length; at += BASE_BYTES) tokens.push(readToken(bytes.subarray(at, at + BASE_BYTES)));
    return tokens;
  }

  /** A store answers one request, if there is one that may be answered now. */
  reply(): boolean {
    const { random, config, core } = this;
    const ready = this.jobs.filter(
      (job) =>
        job.kind === layout.REQUEST_READ_SOURCE ||
        job.kind === layout.REQUEST_READ_STORE ||
        !this.jobs.some(
          (other) =>
            other.order < job.order &&
            other.region === job.region &&
            other.page === job.page &&
            (other.kind === layout.REQUEST_WRITE || other.kind === layout.REQUEST_DISCARD),
        ),
    );
    if (ready.length === 0) return false;
    const job = random.pick(ready);
    const home = this.regions.find(
      ({ region, open, closedAt }) => region === job.region && (open || closedAt > job.order),
    );
    const closed = home?.open !== true;
    const perPage = core.pageSize / BASE_BYTES;
    const fails =
      (job.kind === layout.REQUEST_WRITE && this.#dead) ||
      (!this.#calm &&
        (closed || random.chance(job.kind === layout.REQUEST_WRITE ? config.writeFails : config.readFails)));
    // A transient failure: the lane tries again.
    if (fails && !closed && random.chance(0.7)) return true;
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.say(
      () =>
        `store answers ${job.kind} region ${job.region} page ${job.page} frame ${job.frame}${fails ? ': fails' : ''}`,
    );
    switch (job.kind) {
      case layout.REQUEST_DISCARD:
        for (let i = 0; i < perPage; i++)
          if (!fails && home !== undefined) home.storeTokens.tokens.delete(job.page * perPage + i);
        return true;
      case layout.REQUEST_WRITE: {
        if (fails || home === undefined) {
          if (!closed) this.#writeFailed();
          core.exports.storeWriteFailed(job.frame, job.generation, EIO);
          break;
        }
        const now = this.#tokensOf(job.frame).join();
        demand(
          now === job.held,
          () => `frame ${job.frame} changed while the store was reading it: ${job.held} → ${now}`,
        );
        home.storeTokens.save(job.page * perPage, this.#frameBytes(job.frame));
        if (!this.#calm && random.chance(config.torn)) {
          home.storeTokens.tokens.set(job.page * perPage, TORN_TOKEN);
          home.mayFail.add(job.page);
        }
        core.exports.storeWritten(job.frame, job.generation);
        break;
      }
      default: {
        if (fails || home === undefined) {
          core.exports.release(job.frame, job.generation);
          if (!closed && home !== undefined) {
            home.mayFail.add(job.page);
            this.#giveUp(job.region, job.page, layout.CAUSE_READ);
          }
          break;
        }
        const tokens = job.kind === layout.REQUEST_READ_SOURCE ? home.sourceTokens : home.storeTokens;
        tokens.load(job.page * perPage, this.#frameBytes(job.frame));
        core.exports.arrive(job.frame, job.generation);
      }
    }
    this.#execute();
    this.run();
    return true;
  }

  // ---- threads ----------------------------------------------------------------------------------------------------

  #busyRange(home: SimRegion, base: number): boolean {
    const perPage = this.core.pageSize / BASE_BYTES;
    const page = Math.floor(base / perPage);
    return (
      this.removals.some(({ region, first, end }) => region === home.region && base >= first && base < end) ||
      this.running.some(
        ({ kind, region, first, end }) =>
          kind === layout.OPERATION_DISCARD && region === home.region && page >= first && page < end,
      )
    );
  }

  /** The thread goes on or begins something new; false where it is blocked. */
  act(thread: Thread): boolean {
    const { random, kernel } = this;
    if (thread.waiter !== undefined) {
      if (!thread.waiter.woken) return false;
      // Its message may still be read.
      kernel.leave(thread.waiter, this.random.chance(0.5));
      const { address } = thread.waiter;
      thread.waiter = undefined;
      // What it waits for has been moved away or unmapped: SIGSEGV, as without a pager.
      if (address !== this.#addressOf(thread)) return true;
    } else {
      const open = this.regions.filter((each) => each.open);
      const home = random.pick(open);
      if (home === undefined) return false;
      const size = home.allowed.length;
      if (thread.left > 0 && thread.region === home.region) {
        thread.left--;
        thread.base = (((thread.base + thread.stride) % size) + size) % size;
      } else {
        thread.region = home.region;
        thread.base = random.chance(this.config.locality) ? random.below(Math.min(size, 24)) : random.below(size);
        thread.left = random.chance(0.3) ? random.below(60) : 0;
        thread.stride = random.pick([1, 1, 1, -1, 2, 7, -3]);
      }
      thread.write = random.chance(0.4);
      thread.token = thread.write ? (random.chance(0.1) ? 0 : ++this.#token) : 0;
    }
    this.access(thread);
    return true;
  }

  #addressOf({ region, base }: Thread): number | undefined {
    return this.regions.find((each) => each.region === region && each.open)?.placement.ofBase(base);
  }

  access(thread: Thread): void {
    const { kernel, core } = this;
    const home = this.regions.find(({ region, open }) => region === thread.region && open);
    if (home === undefined) return;
    const address = this.#addressOf(thread);
    if (address === undefined) return; // unmapped: nobody touches it any more
    const page = Math.floor((thread.base * BASE_BYTES) / core.pageSize);
    const met = kernel.look(address, thread.write);
    if (met === 'minor' || met === 'wp') {
      this.say(() => `thread meets region ${home.region} page ${page}: ${met}`);
      thread.waiter = kernel.fault(address, thread.write, met === 'wp' ? layout.FAULT_WP : layout.FAULT_MINOR);
      return;
    }
    if (met === 'missing') {
      this.say(() => `thread faults at region ${home.region} page ${page}${thread.write ? ' to write' : ''}`);
      thread.waiter = kernel.fault(address, thread.write);
      return;
    }
    if (met === 'poisoned') {
      demand(home.failed.has(page), () => `SIGBUS at region ${home.region} page ${page}, which has not failed`);
      return;
    }
    demand(met === 'there', () => `region ${home.region} page ${page} is ${met}`);
    const bytes = kernel.bytesAt(address);
    if (bytes === undefined) return;
    const allowed = home.allowed[thread.base] ?? [];
    const found = readToken(bytes);
    this.reads++;
    demand(
      allowed.includes(found),
      () => `region ${home.region} page ${page} (base ${thread.base}) reads as ${found}, not ${allowed.join(' or ')}`,
    );
    const now = thread.write ? thread.token : found;
    this.say(
      () => `thread ${thread.write ? `writes ${now} to` : `reads ${now} from`} region ${home.region} page ${page}`,
    );
    if (thread.write) {
      writeToken(bytes, now);
      for (const each of [...this.running, ...this.removals])
        if (each.region === home.region) each.written.add(thread.base);
    }
    home.allowed[thread.base] = this.#busyRange(home, thread.base) ? [now, 0] : [now];
    for (const { region, history } of this.running) {
      if (region === home.region) history.get(thread.base)?.add(now);
    }
  }

  // ---- operations, removals, closing ------------------------------------------------------------------------------

  begin(): void {
    const { random, core } = this;
    const open = this.regions.filter((each) => each.open);
    if (open.length === 0 || this.running.length >= 6) return;
    const home = random.pick(open);
    const first = random.below(home.pages);
    const length = random.chance(0.2) ? home.pages : random.pick([1, 3, 10, 40]);
    let end = Math.min(home.pages, first + length);
    if (random.chance(0.3)) {
      this.say(() => `unpins region ${home.region} ${first}–${end}`);
      core.exports.unpinPages(home.region, first, end);
      this.run();
      return;
    }
    const kind = random.pick([
      layout.OPERATION_LOAD,
      layout.OPERATION_EVICT,
      layout.OPERATION_FLUSH,
      layout.OPERATION_DISCARD,
    ]);
    const pin = kind === layout.OPERATION_LOAD && random.chance(0.3);
    if (pin) {
      const room = this.#pinnable - core.word(layout.PINNED_PAGES_AT) - this.#pinsComing();
      if (room <= 0) return;
      end = Math.min(end, first + room);
    }
    const operation = core.exports.beginOperation(kind, home.region, first, end, pin ? layout.OPERATION_PIN : 0);
    if (operation === layout.OPERATION_LIMIT) return;
    const perPage = core.pageSize / BASE_BYTES;
    const history = new Map<number, Set<number>>();
    for (let base = first * perPage; base < end * perPage; base++) {
      const allowed = home.allowed[base] ?? [];
      if (kind === layout.OPERATION_FLUSH) history.set(base, new Set(allowed));
      if (kind === layout.OPERATION_DISCARD) {
        home.allowed[base] = [...allowed, 0];
        for (const each of this.running) if (each.region === home.region) each.history.get(base)?.add(0);
      }
    }
    this.say(() => `operation ${operation} kind ${kind}${pin ? ' pin' : ''} region ${home.region} ${first}–${end}`);
    this.running.push({ operation, kind, region: home.region, first, end, pin, history, written: new Set() });
    this.run();
  }

  #pinsComing(): number {
    return this.running.reduce((sum, { pin, first, end }) => sum + (pin ? end - first : 0), 0);
  }

  #ended(each: RunningOperation, done: boolean): void {
    const { kind, region, first, end } = each;
    const home = this.#regionOf(region);
    const { core } = this;
    const perPage = core.pageSize / BASE_BYTES;
    this.say(() => `operation ${each.operation} kind ${kind} ended ${done ? 'well' : 'badly'}`);
    if (!done) {
      const failed = [...home.failed].some((page) => page >= first && page < end);
      const unmapped = home.placement.isAnyUnmapped(first, end);
      const full = this.config.leaves !== undefined;
      demand(
        failed || unmapped || full || this.#writeTrouble > 0 || this.config.refused > 0,
        () => `operation of kind ${kind} failed without need`,
      );
    }
    for (let base = first * perPage; base < end * perPage; base++) {
      const page = Math.floor(base / perPage);
      if (kind === layout.OPERATION_DISCARD && done && !home.failed.has(page)) {
        if (!each.written.has(base) && !this.#busyRange(home, base)) home.allowed[base] = [0];
      }
      if (kind === layout.OPERATION_FLUSH && done && !home.failed.has(page))
        this.#checkStored(home, base, each.history.get(base));
    }
  }

  #checkStored(home: SimRegion, base: number, history: Set<number> | undefined): void {
    if (history === undefined || this.#busyRange(home, base)) return;
    const { core } = this;
    const perPage = core.pageSize / BASE_BYTES;
    const page = Math.floor(base / perPage);
    const entry = core.entry(home.region, page);
    if (entry === undefined || home.mayFail.has(page)) return;
    // Unmapped, and the core has not been told: it stands as it was.
    if (this.moves.isLeaving(home.region, page)) return;
    let stored: number;
    if ((entry.flags & layout.PAGE_ZEROS) !== 0) stored = 0;
    else if ((entry.flags & layout.PAGE_STORED) !== 0) {
      if (home.pool) return; // seen by reading it back
      stored = home.storeTokens.get(base);
    } else stored = home.source === layout.SOURCE_ZERO || page >= home.sourcePages ? 0 : home.sourceTokens.get(base);
    demand(
      history.has(stored),
      () =>
        `flushed region ${home.region} page ${page} is stored as ${stored}, it was ${[...history].join(', ')} (${STATE_NAMES[entry.state]})`,
    );
  }

  startRemoval(): void {
    const { random, kernel, core } = this;
    const open = this.regions.filter((each) => each.open);
    if (open.length === 0 || this.removals.length >= 2) return;
    const home = random.pick(open);
    const size = home.allowed.length;
    const first = random.below(size);
    const end = Math.min(
      size,
      first + random.pick([1, 2, 8, 50]) * (random.chance(0.8) ? core.pageSize / BASE_BYTES : 1),
    );
    const whole = core.pageSize / BASE_BYTES;
    // Part of a page of several base pages: the rest stays, so only whole ones are asked for here.
    const from = Math.floor(first / whole) * whole;
    let to = Math.ceil(end / whole) * whole;
    // One call, one mapping: as far as the addresses follow each other.
    const start = home.placement.ofBase(from);
    if (start === undefined) return;
    for (let base = from + whole; base < to; base += whole) {
      if (home.placement.ofBase(base) !== start + (base - from) * BASE_BYTES) to = base;
    }
    if (this.moves.isBusy(home.region, from / whole, to / whole)) return;
    const removal = kernel.remove(start, start + (to - from) * BASE_BYTES);
    for (let base = from; base < to; base++) {
      home.allowed[base] = [...(home.allowed[base] ?? []), 0];
      for (const each of this.running) if (each.region === home.region) each.history.get(base)?.add(0);
    }
    this.say(() => `removes region ${home.region} base ${from}–${to}`);
    this.removals.push({ removal, region: home.region, first: from, end: to, written: new Set() });
  }

  continueRemoval(): boolean {
    if (this.removals.length === 0) return false;
    const each = this.random.pick(this.removals);
    if (!each.removal.read) return false;
    if (!this.kernel.goOn(each.removal, this.config.gap && !this.#calm)) return true;
    this.removals.splice(this.removals.indexOf(each), 1);
    this.say(() => `removed region ${each.region} base ${each.first}–${each.end}`);
    const home = this.regions.find(({ region, open }) => region === each.region && open);
    if (home === undefined) return true;
    const perPage = this.core.pageSize / BASE_BYTES;
    for (let base = each.first; base < each.end; base++) {
      if (home.failed.has(Math.floor(base / perPage)) || each.written.has(base) || this.#busyRange(home, base))
        continue;
      home.allowed[base] = [0];
    }
    return true;
  }

  /** A thread calls mremap(2) or munmap(2); `amid`: while commands are run. */
  startMove(amid = false): void {
    const open = this.regions.filter((each) => each.open);
    if (open.length === 0) return;
    const home = this.random.pick(open);
    // Two calls over the same memory at once are the application's own race.
    if (this.removals.some(({ region }) => region === home.region)) return;
    const move = this.moves.begin(home.placement, amid);
    if (move === undefined) return;
    const { first, end, to } = move;
    this.say(
      () =>
        `${to === undefined ? 'unmaps' : 'moves'} region ${home.region} page ${first}–${end} to ${to?.toString(16)}`,
    );
    if (to !== undefined) return;
    const perPage = this.core.pageSize / BASE_BYTES;
    for (let base = first * perPage; base < end * perPage; base++) {
      home.allowed[base] = [...(home.allowed[base] ?? []), 0];
      for (const each of this.running) if (each.region === home.region) each.history.get(base)?.add(0);
    }
  }

  continueMove(): boolean {
    return this.moves.goOn((region) => {
      this.say(() => `the move of region ${region} has returned`);
      this.#unmapped(region);
    });
  }

  // Until munmap(2) has returned, a pass may have its instant before it or after it.
  #unmapped(region: number): void {
    const home = this.regions.find((each) => each.region === region && each.open);
    if (home === undefined) return;
    for (let base = 0; base < home.allowed.length; base++) {
      const page = Math.floor((base * BASE_BYTES) / this.core.pageSize);
      if (home.placement.ofBase(base) === undefined && !this.moves.isLeaving(region, page)) home.allowed[base] = [0];
    }
  }

  /** Something takes pages of a memfile out of the page table: reclaim, or another process that made them. */
  #unmapSome(): void {
    const home = this.random.pick(this.regions);
    if (home?.open !== true || !home.file) return;
    const first = this.random.below(home.allowed.length);
    for (let base = first; base < Math.min(home.allowed.length, first + 4); base++) {
      const address = home.placement.ofBase(base);
      if (address !== undefined && this.kernel.pages.has(address / BASE_BYTES))
        this.kernel.unmapped.add(address / BASE_BYTES);
    }
  }

  closeOne(): void {
    const { core, kernel, random } = this;
    const open = this.regions.filter((each) => each.open);
    if (open.length < 2) return;
    const home = random.pick(open);
    if (this.removals.some(({ region }) => region === home.region)) return;
    if (this.moves.isUnderWay(home.region)) return;
    this.say(() => `closes region ${home.region}`);
    for (let i = this.running.length - 1; i >= 0; i--) {
      const each = this.running[i];
      if (each?.region !== home.region) continue;
      core.exports.endOperation(each.operation);
      this.running.splice(i, 1);
    }
    // What the core has asked for stays with the store until it has ended.
    this.#takeRequests();
    this.#execute();
    this.pass.drop(home.region);
    this.#closing = true;
    for (let done = 0; done === 0; ) {
      done = core.exports.closeRegion(home.region);
      this.#execute();
    }
    home.open = false;
    home.closedAt = this.#order;
    kernel.unregisterRegion(home.address);
    const perPage = core.pageSize / BASE_BYTES;
    home.allowed.forEach((allowed, base) => {
      const address = home.placement.ofBase(base);
      if (address === undefined) return;
      const met = kernel.look(address);
      if (met === 'poisoned' || met === 'sealed') return;
      const bytes = kernel.bytesAt(address);
      const found = bytes === undefined ? 0 : readToken(bytes);
      demand(
        allowed.includes(found) || home.failed.has(Math.floor(base / perPage)),
        () => `after its close region ${home.region} base ${base} reads as ${found}, not ${allowed.join(' or ')}`,
      );
      if (bytes !== undefined) kernel.forget(address);
    });
    this.#closing = false;
    for (const thread of this.threads) {
      if (thread.region !== home.region) continue;
      if (thread.waiter !== undefined) kernel.leave(thread.waiter);
      thread.waiter = undefined;
      thread.left = 0;
    }
    this.run();
  }

  // ---- steps and checks -------------------------------------------------------------------------------------------

  check(): void {
    audit(
      this.core,
      this.kernel,
      this.regions
        .filter((each) => each.open)
        .map(({ region, address, pages, pool, placement }) => ({
          region,
          address,
          pages,
          pool,
          addressOf: (page: number) => placement.of(page),
          isLeaving: (page: number) => this.moves.isLeaving(region, page),
        })),
    );
    this.#checkPresent();
    this.checkThreads();
  }

  checkThreads(): void {
    for (const thread of this.threads) {
      const { waiter } = thread;
      if (waiter === undefined || waiter.woken || !waiter.read) continue;
      const taken = this.core.word(layout.MESSAGE_COUNT_AT) === 0;
      if (!taken) continue;
      if (this.pass.mayWait(thread.region, Math.floor((thread.base * BASE_BYTES) / this.core.pageSize), waiter.write))
        continue;
      // A page that is there until it has been removed: who would have written to it waits for the next.
      const goes = this.removals.some(({ removal: { start, end } }) => waiter.address >= start && waiter.address < end);
      if (waiter.kind === layout.FAULT_WP && goes) continue;
      const stale = waiter.address !== this.#addressOf(thread);
      if (stale && this.moves.isUnderWay(thread.region)) continue;
      demand(
        this.kernel.look(waiter.address) === 'missing',
        () =>
          `a wake is lost: a thread waits at ${waiter.address.toString(16)}${stale ? ', where nothing is any more' : ''}`,
      );
      const home = this.regions.find(({ region, open }) => region === thread.region && open);
      if (home === undefined) continue;
      const page = Math.floor((thread.base * BASE_BYTES) / this.core.pageSize);
      const state = this.core.exports.pageState(home.region, page);
      if (this.removals.some(({ region }) => region === home.region)) continue;
      demand(
        state === layout.PAGE_FILLING || state === layout.PAGE_EVICTING,
        () => `a thread waits for region ${home.region} page ${page}, which is ${STATE_NAMES[state]}`,
      );
    }
  }

  step(): void {
    const { random, config, kernel } = this;
    this.stepped++;
    const choice = random.below(1000) / 1000;
    if (config.passes > 0 && random.chance(config.passes)) {
      const open = this.regions.filter((each) => each.open);
      if (open.length > 0 && this.pass.act(random.pick(open))) this.run();
    } else if (config.moves > 0 && random.chance(config.moves)) this.startMove();
    else if (config.minors > 0 && random.chance(config.minors)) this.#unmapSome();
    else if (random.chance(config.operations)) this.begin();
    else if (random.chance(config.removals)) this.startRemoval();
    else if (random.chance(config.closes)) this.closeOne();
    else if (choice < 0.45) this.act(random.pick(this.threads));
    else if (choice < 0.65) this.#poll();
    else if (choice < 0.75) this.#comeBack();
    else if (choice < 0.9) this.reply();
    else if (choice < 0.97) {
      if (!this.continueRemoval()) this.continueMove();
      else if (random.chance(0.5)) this.continueMove();
    } else kernel.pass(random.below(3_000_000));
  }

  #poll(): boolean {
    const { kernel } = this;
    if (!kernel.hasMessages) return false;
    this.run();
    return true;
  }

  #comeBack(): boolean {
    // A store that failed leaves the loop looking for work: that alone is not being busy.
    const waits = this.running.length > 0 || this.core.word(layout.PASS_AT) !== 0 || this.core.exports.starved() > 0;
    const later = this.#later && (!this.#calm || waits);
    if (this.#soon && !(later && this.random.chance(0.3))) {
      this.#soon = false;
      this.run();
      return true;
    }
    if (later) {
      this.#later = false;
      this.kernel.pass(TIDY_INTERVAL);
      this.run();
      return true;
    }
    return false;
  }

  /** Nothing goes wrong any more, no thread begins anything: everything must come to rest. */
  drain(): void {
    this.#calm = true;
    for (let turns = 0; ; turns++) {
      // With a store that is dead, a pass gets on by what each try to write shows to be unchanged.
      demand(turns < (this.#dead ? 20_000 : 3000), () => 'it does not come to rest');
      let busy = false;
      for (const thread of this.threads) if (thread.waiter !== undefined && this.act(thread)) busy = true;
      if (this.#poll()) busy = true;
      if (this.#comeBack()) busy = true;
      if (this.reply()) busy = true;
      if (this.pass.finish()) {
        this.run();
        busy = true;
      }
      if (this.continueRemoval()) busy = true;
      if (this.continueMove()) busy = true;
      if (!busy) break;
      // A store that is dead leaves operations, but no thread, waiting for it.
      if (this.#dead && turns > 300 && this.threads.every(({ waiter }) => waiter === undefined)) break;
    }
    this.check();
    if (this.#dead) {
      demand(
        this.threads.every(({ waiter }) => waiter === undefined),
        () => 'a thread waits for a store that is dead',
      );
      return;
    }
    demand(this.core.exports.inFlight() === 0, () => `${this.core.exports.inFlight()} frames are in flight at rest`);
    const blocked = this.threads.some(({ waiter }) => waiter !== undefined);
    demand(!blocked && this.running.length === 0, () => 'nothing is under way, yet something waits');
    for (const { region, pages, failed } of this.regions.filter((each) => each.open)) {
      // A pass needed the frames of its pinned pages: they come back with the release where there is room, else when touched.
      if (this.pass.wasHeld(region)) continue;
      for (let page = 0; page < pages; page++) {
        const entry = this.core.entry(region, page);
        if (entry === undefined || failed.has(page) || (entry.flags & layout.PAGE_PINNED) === 0) continue;
        const gone = entry.state === layout.PAGE_REMOVED || entry.state === layout.PAGE_ABSENT;
        demand(
          isResident(entry.state) || (gone && (entry.flags & layout.PAGE_ZEROS) !== 0),
          () => `region ${region} page ${page} is pinned and ${STATE_NAMES[entry.state]}`,
        );
      }
    }
  }

  /** Reads every page once: nothing may be lost. */
  readBack(): void {
    const { file } = this.kernel.mischief;
    this.kernel.mischief = this.#dead ? { ...NO_MISCHIEF, file } : NO_MISCHIEF;
    const thread = this.threads[0];
    if (thread === undefined) return;
    for (const home of this.regions.filter((each) => each.open)) {
      for (let base = 0; base < home.allowed.length; base++) {
        Object.assign(thread, { region: home.region, base, write: false, token: 0 });
        this.access(thread);
        let turns = 0;
        for (; thread.waiter !== undefined; turns++) {
          demand(turns < 1000, () => `region ${home.region} base ${base} is not read back`);
          this.#poll();
          this.act(thread);
          if (turns > 2) this.#comeBack();
          if (turns > 2) this.reply();
          if (turns > 2 && this.pass.finish()) this.run();
        }
        // A page that is given up because the store is dead takes a whole patience: some of them are enough.
        if (this.#dead && turns > 100) base += 63;
      }
    }
    this.drain();
  }

  describe(): string {
    const { core } = this;
    const threads = this.threads.map(({ waiter, region, base }) => {
      if (waiter === undefined) return 'idle';
      const page = Math.floor((base * BASE_BYTES) / core.pageSize);
      return `blocked at ${region}:${page} ${STATE_NAMES[core.exports.pageState(region, page)]}${waiter.read ? '' : ' unread'}`;
    });
    const operations = this.running.map((each) => {
      const { cursor, issue, end } = core.operation(each.operation);
      const state = STATE_NAMES[core.exports.pageState(each.region, Math.min(cursor, end - 1))];
      return `kind ${each.kind} region ${each.region} cursor ${cursor} (${state}) issue ${issue} end ${end}`;
    });
    const frames = [
      `vacant ${core.word(layout.VACANT_COUNT_AT)}`,
      `ready ${core.word(layout.READY_COUNT_AT)}`,
      `staged ${core.word(layout.STAGED_COUNT_AT)}`,
      `in flight ${core.word(layout.IN_FLIGHT_COUNT_AT)}`,
    ];
    return [
      `threads: ${threads.join('; ')}`,
      `operations: ${operations.join('; ')}`,
      `frames: ${frames.join(', ')}`,
      `resident ${core.word(layout.RESIDENT_PAGES_AT)} of ${core.options.limit}, pinned ${core.word(layout.PINNED_PAGES_AT)}`,
      `jobs ${this.jobs.length}, starved ${core.exports.starved()}, parked ${core.word(layout.LIST_PARKED_AT + 8)}`,
      `write errno ${core.word(layout.WRITE_ERRNO_AT)}, soon ${this.#soon}, later ${this.#later}`,
    ].join('\n  ');
  }
}
