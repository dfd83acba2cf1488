// Passes over a simulated region: a sink that takes its time, and the truth of the instant to hold against what it got.
import {
  PASS_CHANGED_ONLY,
  PASS_HOLD,
  PASS_RUNS,
  PASS_TRACK,
  PHASE_COPY,
  PHASE_DONE,
  PHASE_ENDING,
  PHASE_FAILED,
  PHASE_NONE,
} from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import type { Loop, RunningPass } from '../../../src/loop/loop.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken } from '../kernel/content.js';
import type { FakeKernel } from '../kernel/fake-kernel.js';
import type { CoreMachine } from '../world/core-machine.js';
import { demand } from './audit.js';
import type { Random } from './random.js';

const BUFFER = 0x6800_0000_0000;
export const MAX_SLOTS = 64;

export interface Subject {
  region: number;
  pages: number;
  allowed: number[][];
  failed: Set<number>;
}

interface Batch {
  first: number;
  count: number;
  slot: number;
  tokens: number[];
}

interface Running {
  region: number;
  pages: number;
  slots: number;
  flags: number;
  /** What each base page may be in the image. */
  truth: number[][] | undefined;
  image: Map<number, number>;
  batches: Batch[];
  taken: Set<number>;
  ending: boolean;
}

/** What a pass uses of the loop. */
export type PassLoop = Pick<Loop, 'passes' | 'runSoon'>;

/** One pass at a time, as of LoopPages (src/loop/passes/region-pages.ts). Several of them run over regions of their own. */
export class SimPass implements RunningPass {
  loop: PassLoop | undefined;
  /** Of the pass under way, or held. */
  #region = 0;
  #before = PHASE_NONE;
  #running: Running | undefined;
  /** The region that is held, and what it holds. */
  #held: { region: number; image: Map<number, number>; truth: number[][]; whole: boolean } | undefined;
  readonly #everHeld = new Set<number>();
  /** Passes compared with the truth, of these the incremental ones; and passes that failed. */
  compared = 0;
  chained = 0;
  failures = 0;

  constructor(
    readonly random: Random,
    readonly core: CoreMachine,
    readonly kernel: FakeKernel,
    readonly find: (region: number) => Subject | undefined,
    readonly mayFail: (region: number, page: number, cause: number) => boolean,
    readonly say: (what: () => string) => void,
    /** The first byte of its cells in the buffer that all share. */
    readonly offset: number,
    /** What the last tracked pass of a region saved, whichever it was. */
    readonly tracked: Map<number, Map<number, number>>,
  ) {}

  get busy(): boolean {
    return this.#running !== undefined || this.#phase() !== PHASE_NONE;
  }

  /** The region that nobody else may begin a pass over; 0: none. */
  get region(): number {
    if (!this.busy && this.#held === undefined) this.#region = 0;
    return this.#region;
  }

  #phase(): number {
    return this.core.exports.passPhase(this.#region);
  }

  isOf(region: number): boolean {
    return this.#running?.region === region;
  }

  #start(running: Running): void {
    this.#running = running;
    this.loop?.passes.set(running.region, this);
    this.loop?.runSoon();
  }

  #settle(): void {
    const region = this.#running?.region ?? 0;
    this.#running = undefined;
    if (this.loop?.passes.get(region) === this) this.loop.passes.delete(region);
  }

  /** Begins a pass, or advances one; false if there was nothing to do. */
  act(home: Subject): boolean {
    const { random, core } = this;
    const running = this.#running;
    if (running === undefined) {
      if (this.#phase() !== PHASE_NONE) return false;
      if (this.#held !== undefined) {
        if (random.chance(0.5) || this.#held.truth.length === 0) this.#release();
        else this.#begin(home, PASS_RUNS);
        return true;
      }
      const track = random.chance(0.6) ? PASS_TRACK : 0;
      const changed = this.tracked.has(home.region) && random.chance(0.7) ? PASS_CHANGED_ONLY : 0;
      this.#begin(home, track | changed | (random.chance(0.15) ? PASS_HOLD : 0));
      return true;
    }
    if (random.chance(0.02)) this.#end();
    else if (random.chance(0.2)) {
      const first = random.below(running.pages);
      core.exports.urgePages(this.#region, first, Math.min(running.pages, first + random.between(1, 20)));
    } else this.#takeSome();
    return true;
  }

  /** The sink takes all, a held region is let go; false where there is nothing of the kind. */
  finish(): boolean {
    if (this.#running !== undefined) {
      this.#takeSome(true);
      this.look();
      return true;
    }
    if (this.#phase() !== PHASE_NONE) return true;
    if (this.#held === undefined) return false;
    this.#release();
    return true;
  }

  // No thread writes to a held region, but a call that gives pages back may.
  #begin(home: Subject, flags: number): void {
    const { core, random, kernel } = this;
    const held = (flags & PASS_RUNS) !== 0 ? this.#held : undefined;
    const region = held?.region ?? home.region;
    const slots = random.pick([1, 2, 3, 8, MAX_SLOTS]);
    this.#region = region;
    if (kernel.own.buffer.end === 0) {
      const bytes = new Uint8Array(layout.PASS_LIMIT * MAX_SLOTS * core.pageSize);
      kernel.own.buffer = { start: BUFFER, end: BUFFER + bytes.length, bytes };
    }
    const pages = held === undefined ? home.pages : held.truth.length / (core.pageSize / BASE_BYTES);
    // A pass that fails tells nothing of what it has saved.
    const from = (flags & PASS_CHANGED_ONLY) !== 0 ? this.tracked.get(region) : held?.image;
    this.#start({
      region,
      pages,
      slots,
      flags,
      truth: held?.truth,
      image: new Map(from),
      batches: [],
      taken: new Set(),
      ending: false,
    });
    if (held === undefined) this.tracked.delete(region);
    held?.truth.forEach((allowed, base) => {
      allowed.push(...(this.find(region)?.allowed[base] ?? []));
    });
    if ((flags & PASS_HOLD) !== 0) this.#everHeld.add(region);
    this.say(() => `pass over region ${region}, flags ${flags}, ${slots} slots`);
    const address = BUFFER + this.offset;
    const begun = core.exports.beginPass(region, slots, address % 2 ** 32, Math.floor(address / 2 ** 32), flags);
    demand(begun === 1, () => `no pass over region ${region} may begin`);
    if (held === undefined) return;
    // A pass that was cut short may lack any page.
    const first = held.whole ? random.below(pages) : 0;
    const end = held.whole ? Math.min(pages, first + random.pick([1, 7, 100])) : pages;
    demand(core.exports.pendPages(region, first, end) === end, () => 'the request ring is full');
  }

  /** Whether the region is held or was so once. */
  wasHeld(region: number): boolean {
    return this.#everHeld.has(region);
  }

  #release(): void {
    this.say(() => `releases region ${this.#held?.region}`);
    this.#held = undefined;
    this.core.exports.releaseHeld(this.#region);
  }

  #end(): void {
    const running = this.#running;
    if (running === undefined || running.ending) return;
    this.say(() => `ends the pass over region ${running.region}`);
    running.ending = true;
    this.core.exports.endPass(running.region);
  }

  stepping(): void {
    this.#before = this.#phase();
  }

  /** After each step, before its commands: the instant is in the one in which it begins to copy. */
  stepped(): void {
    const running = this.#running;
    const before = this.#before;
    const phase = this.#phase();
    if (running === undefined || phase < PHASE_COPY || before >= PHASE_COPY || before === PHASE_NONE) return;
    if (running.truth !== undefined || phase === PHASE_ENDING || phase === PHASE_FAILED) return;
    const home = this.find(running.region);
    demand(home !== undefined, () => 'the region of a pass is open');
    running.truth = home?.allowed.map((each) => [...each]) ?? [];
    this.say(() => `the instant of region ${running.region}`);
  }

  saved(page: number, slot: number | null, count: number): void {
    const running = this.#running;
    if (running === undefined) return;
    const { region } = running;
    this.say(() => `saved region ${region} page ${page}+${count} slot ${slot}`);
    const perPage = this.core.pageSize / BASE_BYTES;
    demand(page + count <= running.pages, () => `page ${page}+${count} of ${running.pages} is saved`);
    if (slot === null) {
      for (let base = page * perPage; base < (page + count) * perPage; base++) running.image.delete(base);
      return;
    }
    demand(slot + count <= running.slots, () => `slot ${slot}+${count} of ${running.slots}`);
    const tokens = this.#tokens(slot, count);
    for (let i = 0; i < count; i++) {
      demand(!running.taken.has(page + i), () => `page ${page + i} is saved twice`);
      running.taken.add(page + i);
    }
    tokens.forEach((token, i) => {
      if (token === 0) running.image.delete(page * perPage + i);
      else running.image.set(page * perPage + i, token);
    });
    running.batches.push({ first: page, count, slot, tokens });
    const inUse = running.batches.reduce((sum, each) => sum + each.count, 0);
    demand(inUse <= running.slots, () => `${inUse} of ${running.slots} slots are in use`);
  }

  #tokens(slot: number, count: number): number[] {
    const { bytes } = this.kernel.own.buffer;
    const { pageSize } = this.core;
    const tokens: number[] = [];
    const start = this.offset + slot * pageSize;
    for (let at = start; at < start + count * pageSize; at += BASE_BYTES)
      tokens.push(readToken(bytes.subarray(at, at + BASE_BYTES)));
    return tokens;
  }

  #takeSome(all = false): void {
    const running = this.#running;
    if (running === undefined) return;
    for (let most = all ? MAX_SLOTS : this.random.below(4); most > 0 && running.batches.length > 0; most--) {
      const batch = this.random.pick(running.batches);
      running.batches.splice(running.batches.indexOf(batch), 1);
      const now = this.#tokens(batch.slot, batch.count);
      demand(
        now.join() === batch.tokens.join(),
        () => `slot ${batch.slot} changed while the sink had it: ${batch.tokens} → ${now}`,
      );
      this.core.exports.releaseSlots(this.#region, batch.slot, batch.count);
    }
  }

  /** As that of LoopPages. */
  look(): void {
    const running = this.#running;
    if (running === undefined) return;
    const { exports } = this.core;
    const { region } = running;
    const phase = exports.passPhase(region);
    if (phase !== PHASE_NONE)
      demand(exports.passSlotsPeak(region) <= running.slots, () => 'more slots were in use than there are');
    if (phase === PHASE_FAILED && !running.ending) {
      this.failures++;
      const [page, cause] = [exports.passFailedPage(region) - 1, exports.passFailedCause(region)];
      this.say(() => `the pass fails on page ${page}, cause ${cause}`);
      demand(
        this.mayFail(running.region, page, cause),
        () => `the pass over region ${running.region} fails on page ${page} for cause ${cause}, without need`,
      );
      this.#end();
    } else if (phase === PHASE_DONE && !running.ending && running.batches.length === 0 && !this.core.requested) {
      this.#compare(running);
      if ((running.flags & PASS_HOLD) !== 0 && running.truth !== undefined)
        this.#held = { region: running.region, image: running.image, truth: running.truth, whole: true };
      if ((running.flags & PASS_RUNS) !== 0 && this.#held !== undefined)
        this.#held = { ...this.#held, image: running.image, whole: true };
      if ((running.flags & PASS_TRACK) !== 0) this.tracked.set(running.region, running.image);
      running.ending = true;
      exports.endPass(region);
    }
    if (!running.ending) return;
    // A held region stays so when its pass is ended after the instant.
    if ((running.flags & PASS_HOLD) !== 0 && this.#held === undefined)
      this.#held = { region: running.region, image: running.image, truth: running.truth ?? [], whole: false };
    if (exports.passPhase(region) === PHASE_NONE && running.batches.length === 0) this.#settle();
    else this.loop?.runSoon();
  }

  #compare(running: Running): void {
    const { truth, image, region, flags } = running;
    this.say(() => `the pass over region ${region} is done`);
    if ((flags & PASS_RUNS) !== 0) {
      // Of these pages alone; the rest is what the pass before has saved.
      if (truth !== undefined) this.#check(region, truth, image);
      return;
    }
    demand(truth !== undefined, () => 'a pass is done without an instant');
    this.#check(region, truth ?? [], image);
    this.compared++;
    if ((flags & PASS_CHANGED_ONLY) !== 0) this.chained++;
  }

  #check(region: number, truth: readonly number[][], image: ReadonlyMap<number, number>): void {
    truth.forEach((allowed, base) => {
      const found = image.get(base) ?? 0;
      demand(
        allowed.includes(found),
        () =>
          `the image of region ${region} has ${found} at base ${base}, at the instant it was ${allowed.join(' or ')}`,
      );
    });
  }

  /** The region is about to be closed. */
  drop(region: number): void {
    this.tracked.delete(region);
    if (this.#held?.region === region) this.#held = undefined;
    if (this.#region !== region) return;
    this.core.exports.dropPass(region);
    if (this.#running?.region === region) this.#settle();
    this.#region = 0;
  }

  /** Whether a thread may wait for a page although nothing fills it: it is to be saved first, or its region is held. */
  mayWait(region: number, page: number, write: boolean): boolean {
    if (this.#region !== region) return false;
    if (this.#phase() === PHASE_ENDING || this.#held?.region === region) return true;
    const running = this.#running;
    if (running?.region !== region || running.truth === undefined) return false;
    if ((running.flags & PASS_HOLD) !== 0) return true;
    const { flags } = this.core.entry(region, page) ?? { flags: 0 };
    return write && (flags & layout.PAGE_PENDING) !== 0 && (flags & layout.PAGE_GUARDED) !== 0;
  }
}
