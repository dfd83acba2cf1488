// What the parts of a simulated pager have in common: its regions and what each page may read as, its threads, what is
// under way, and the numbers that everything is drawn from.
import * as layout from '../../../assembly/layout.js';
import type { StoreQueueEvents, Ticket } from '../../../src/loop/store-queue.js';
import { BASE_BYTES, type Removal, type Waiter } from '../kernel/address-space.js';
import { readToken } from '../kernel/content.js';
import { EIO } from '../kernel/errnos.js';
import type { FakeKernel } from '../kernel/fake-kernel.js';
import { type CoreMachine, regionAt } from '../world/core-machine.js';
import { Violation } from './audit.js';
import type { RegionConfig, SimConfig } from './config.js';
import { Inline } from './inline.js';
import { MoveBook, type Placement } from './moves.js';
import { SimPass } from './pass.js';
import { SimPasses } from './passes.js';
import { Random } from './random.js';
import type { TokenStore } from './tokens.js';

const FIRST_REGION = 0x5000_0000_0000;

export interface SimRegion extends RegionConfig {
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
  /** Pages that the pager may drop. */
  volatile: Set<number>;
  open: boolean;
}

/** A request that lies with a store. */
export interface Job {
  kind: number;
  home: SimRegion;
  events: StoreQueueEvents;
  tickets: readonly Ticket[];
  /** Of a write: what each frame held when the store was given it. */
  held: readonly string[];
  /** It is not waited for any more, and has the frames yet. */
  returns: boolean;
  /** Discards and writes of a page keep their order. */
  order: number;
}

export interface Thread {
  waiter: Waiter | undefined;
  region: number;
  base: number;
  write: boolean;
  token: number;
  last: number;
  stride: number;
  left: number;
}

export interface RunningOperation {
  kind: number;
  region: number;
  first: number;
  end: number;
  /** Base pages written since it began. */
  written: Set<number>;
  /** For a flush: what each base page has held since it began. */
  history: Map<number, Set<number>>;
}

export interface RunningRemoval {
  removal: Removal;
  region: number;
  first: number;
  end: number;
  /** Base pages written meanwhile: what was written may be what stays. */
  written: Set<number>;
}

export class SimState {
  readonly random: Random;
  // Numbers of its own: seeds of old mean what they did.
  readonly refusals: Random;
  readonly regions: SimRegion[] = [];
  readonly threads: Thread[] = [];
  readonly jobs: Job[] = [];
  readonly running: RunningOperation[] = [];
  readonly removals: RunningRemoval[] = [];
  readonly moves: MoveBook;
  readonly pass: SimPasses;
  /** Where threads serve their own faults. */
  readonly inline: Inline | undefined;
  /** Nothing goes wrong any more. */
  calm = false;
  /** A region is being closed. */
  closing = false;
  /** When a write failed last; 0: never. */
  writeTrouble = 0;
  /** Where the next region goes. */
  nextAddress = FIRST_REGION;
  stepped = 0;

  constructor(
    seed: bigint,
    readonly config: SimConfig,
    readonly core: CoreMachine,
    readonly kernel: FakeKernel,
    readonly verbose: boolean,
    /** Everything is checked after every step of the core. */
    readonly strict: boolean,
  ) {
    this.random = new Random(seed ^ 0x5deece66dn);
    this.refusals = new Random(seed ^ 0x4ef05n);
    this.moves = new MoveBook(this.random, core, kernel, () => {
      const places = this.nextAddress;
      this.nextAddress += 1200 * core.pageSize;
      return places;
    });
    this.inline = config.inline === true ? new Inline(this) : undefined;
    kernel.parked = this.inline;
    const find = (region: number) => this.regions.find((each) => each.region === region && each.open);
    const mayFail = (region: number, page: number, cause: number) => this.#mayFailPass(region, page, cause);
    // Numbers of their own, too.
    const choice = new Random(seed ^ 0x9a55e5n);
    const passes = choice.pick([1, 2, 3, layout.PASS_LIMIT]);
    const tracked = new Map<number, Map<number, number>>();
    this.pass = new SimPasses(passes, choice, core.pageSize, (offset) => {
      return new SimPass(this.random, core, kernel, find, mayFail, (what) => this.say(what), offset, tracked);
    });
  }

  say(what: () => string): void {
    if (!this.verbose) return;
    console.log(`${this.stepped} ${what()}`);
  }

  get dead(): boolean {
    return this.config.dead !== undefined && this.stepped >= this.config.dead;
  }

  /** The kernel may refuse a page for so long that a load of it fails. */
  get refuses(): boolean {
    const { refused, busy, patience } = this.config;
    return refused > 0 || (busy > 0 && patience !== undefined);
  }

  writeFailed(): number {
    this.writeTrouble = this.kernel.now;
    return EIO;
  }

  fdOf(region: number, fd: number): boolean {
    const at = regionAt(region);
    return [layout.REGION_SOURCE_FD_AT, layout.REGION_STORE_FD_AT].some((offset) => this.core.word(at + offset) === fd);
  }

  regionOf(region: number): SimRegion {
    const found = this.regions.find((each) => each.region === region && each.open);
    if (found === undefined) throw new Violation(`region ${region} is not open`);
    return found;
  }

  busyRange(home: SimRegion, base: number): boolean {
    const perPage = this.core.pageSize / BASE_BYTES;
    const page = Math.floor(base / perPage);
    return (
      home.volatile.has(page) ||
      this.removals.some(({ region, first, end }) => region === home.region && base >= first && base < end) ||
      this.running.some(
        ({ kind, region, first, end }) =>
          kind === layout.OPERATION_DISCARD && region === home.region && page >= first && page < end,
      )
    );
  }

  addressOf({ region, base }: Thread): number | undefined {
    return this.regions.find((each) => each.region === region && each.open)?.placement.ofBase(base);
  }

  #mayFailPass(region: number, page: number, cause: number): boolean {
    const { removals, moves, gone, leaves } = this.config;
    if (cause === layout.CAUSE_GONE) return removals > 0 || moves > 0 || gone > 0;
    if (cause === layout.CAUSE_NO_TABLE) return leaves !== undefined;
    if (cause === layout.CAUSE_NO_FRAME)
      return this.dead || (this.config.patience !== undefined && this.writeTrouble > 0);
    const home = this.regionOf(region);
    return home.failed.has(page) || home.mayFail.has(page);
  }

  frameBytes(frame: number): Uint8Array {
    return this.kernel.own.writable(
      this.core.number(layout.CORE_ADDRESS_AT) + this.core.frameOffset(frame),
      this.core.pageSize,
    );
  }

  tokensOf(frame: number): number[] {
    const bytes = this.frameBytes(frame);
    const tokens: number[] = [];
    for (let at = 0; at < bytes.length; at += BASE_BYTES) tokens.push(readToken(bytes.subarray(at, at + BASE_BYTES)));
    return tokens;
  }
}
