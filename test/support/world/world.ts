// Processes that live at random over a core with spaces, the loop and its store between them, and what must always hold.
import * as layout from '../../../assembly/layout.js';
import { readToken, writeToken } from '../kernel/content.js';
import { auditTallies } from '../sim/audit.js';
import { Random } from '../sim/random.js';
import { type Config, configOf, demand, demandCounted, demandEmpty, isUnheard, lacksFrames } from './checks.js';
import { Broken, SpaceMachine } from './machine.js';
import { Process, type Thread } from './process.js';

const FRAMES = 16;
const LEAF = layout.LEAF_PAGES;
const EIO = 5;
/** Where processes map: at chunks far from each other, most runs across a boundary of 2 MiB. */
const BASES = [LEAF - 20, LEAF * 40 + 4, LEAF * 2 ** 12 - 6, LEAF * 2 ** 25 - 9, LEAF * 77];

interface Job {
  kind: number;
  slot: number;
  frame: number;
  generation: number;
}

export class World {
  readonly random: Random;
  readonly config: Config;
  readonly machine: SpaceMachine;
  readonly jobs: Job[] = [];
  #token = 1;
  #calm = false;
  /** In this turn a child was hasty, and frames were short. */
  #hasty = false;
  /** The core has given up a page of a hasty child: its touch is SIGBUS. */
  #everHasty = false;
  stepped = 0;

  constructor(
    seed: bigint,
    readonly verbose: boolean,
  ) {
    this.random = new Random(seed);
    this.config = configOf(this.random);
    const { limit, eviction, readahead, annexSlabs, annexFrom } = this.config;
    const { random, config } = this;
    this.machine = new SpaceMachine(
      { pageShift: 12, limit, frames: FRAMES, scratch: 8, eviction, readahead, annexSlabs, annexFrom },
      this.config.store,
      {
        random,
        busy: config.busy,
        writeFails: config.writeFails,
        readFails: config.readFails,
        between: () => {
          if (!this.#calm && random.chance(config.races)) this.#live();
        },
      },
    );
    this.#begin();
  }

  get processes(): Process[] {
    return [...this.machine.processes.values()];
  }

  say(what: () => string): void {
    if (this.verbose) console.log(`${this.stepped}: ${what()}`);
  }

  // ---- processes --------------------------------------------------------------------------------------------------

  #begin(): void {
    const process = new Process();
    if (!this.machine.begin(process)) return;
    this.say(() => `process ${process.space} begins`);
    this.#map(process, this.random.pick(BASES), 40);
    // Many leaves with few pages: of most of them none is in memory.
    if (this.config.annexSlabs !== undefined) for (let i = 0; i < 20; i++) this.#map(process, LEAF * (100 + 3 * i), 4);
  }

  #map(process: Process, first: number, pages: number): void {
    this.say(() => `${process.space} maps ${first}+${pages}`);
    process.unmapRange(first, first + pages);
    process.ranges.push({ first, end: first + pages });
  }

  /** One thread of one process is scheduled. */
  #live(): void {
    const { random } = this;
    const alive = this.processes.filter(({ dead }) => !dead);
    if (alive.length === 0) return;
    const process = random.pick(alive);
    if (random.chance(0.12)) this.mutate(process);
    else this.touch(process);
  }

  mutate(process: Process): void {
    const { random } = this;
    if (process.changing) return;
    if (process.after !== undefined) {
      process.after();
      process.after = undefined;
      return;
    }
    const range = process.ranges.length > 0 ? random.pick(process.ranges) : undefined;
    const first = range === undefined ? 0 : random.between(range.first, range.end - 1);
    const end = range === undefined ? 0 : random.between(first + 1, range.end);
    const at = random.pick(BASES) + random.below(60);
    switch (this.#calm ? 9 : random.below(9)) {
      case 0:
        this.say(() => `${process.space} unmaps ${first}..${end}`);
        if (range !== undefined) process.munmap(first, end);
        break;
      case 1:
      case 2:
        this.say(() => `${process.space} drops ${first}..${end}`);
        if (range !== undefined) process.dontneed(first, end);
        break;
      case 3:
      case 4:
        if (range === undefined || (at < end && at + end - first > first)) break;
        this.say(() => `${process.space} moves ${first}..${end} to ${at}`);
        process.mremap(first, end, at);
        break;
      case 5:
        // MAP_FIXED: what was there is unmapped, and the thread continues when that event has been read.
        process.munmap(at, at + 30);
        process.after = () => this.#map(process, at, 30);
        break;
      case 6:
      case 7:
        if (this.processes.length >= 5) break;
        this.say(() => `${process.space} forks`);
        process.fork();
        break;
      case 8:
        // What was never touched, far and wide.
        if (random.chance(0.7)) break;
        this.say(() => `${process.space} unmaps terabytes`);
        process.munmap(LEAF * 2 ** 12 + LEAF, LEAF * 2 ** 25 - LEAF);
        break;
    }
  }

  touch(process: Process): void {
    const { random } = this;
    let thread = process.threads.length > 2 || random.chance(0.5) ? process.threads[0] : undefined;
    if (thread === undefined) {
      if (process.ranges.length === 0) return;
      const range = random.pick(process.ranges);
      const page = random.chance(0.3)
        ? Math.min(range.end - 1, range.first + (this.stepped % 40))
        : random.between(range.first, range.end - 1);
      thread = { page, write: random.chance(0.5), waits: false, woken: false, told: false };
      process.threads.push(thread);
    }
    process.threads.splice(process.threads.indexOf(thread), 1);
    if (!this.#attempt(process, thread)) process.threads.push(thread);
  }

  // True when the thread is done.
  #attempt(process: Process, thread: Thread): boolean {
    const { page } = thread;
    if (thread.waits && !thread.woken) return false;
    const { leaving } = process;
    // SIGSEGV; or bytes that the program itself has made uncertain.
    if (!process.has(page) || (leaving !== undefined && page >= leaving.first && page < leaving.end)) return true;
    if (process.poisoned.has(page)) {
      const lost = this.config.readFails > 0 || this.#everHasty;
      demand(lost, () => `process ${process.space} page ${page} is poisoned`);
      return true;
    }
    const token = process.pages.get(page);
    if (token === undefined) {
      Object.assign(thread, { waits: true, woken: false, told: false });
      process.faults.push(thread);
      this.say(() => `${process.space} waits for ${page}`);
      return false;
    }
    const expected = process.model.get(page) ?? 0;
    demand(token === expected, () => `process ${process.space} page ${page} holds ${token}, not ${expected}`);
    if (thread.write) {
      const now = this.random.chance(0.1) ? 0 : ++this.#token;
      process.pages.set(page, now);
      process.model.set(page, now);
      this.say(() => `${process.space} writes ${now} to ${page}`);
    }
    return true;
  }

  exit(process: Process): void {
    if (process.events.some(({ child }) => child !== undefined)) return;
    this.say(() => `${process.space} exits`);
    process.dead = true;
    process.threads.length = 0;
    process.faults.length = 0;
  }

  #bury(process: Process): void {
    this.say(() => `${process.space} is closed`);
    const { machine } = this;
    this.turn();
    while (machine.core.exports.closeRegion(process.space) === 0) this.#execute();
    machine.processes.delete(process.space);
    this.#execute();
  }

  // ---- the loop ---------------------------------------------------------------------------------------------------

  #execute(): void {
    const { core } = this.machine;
    while (core.commanded) {
      this.machine.execute();
      if (lacksFrames(core)) this.#hasty = true;
      core.exports.settle();
    }
  }

  read(): void {
    for (const process of this.processes) {
      // The shim reads a child for the first time when the core knows of it, and has copied into it.
      if (!isUnheard(this.machine, process) && this.random.chance(0.7))
        this.machine.read(process, this.random.between(1, 6));
    }
  }

  turn(): void {
    const { core } = this.machine;
    for (let again = 1, steps = 0; (again !== 0 || core.word(layout.MESSAGE_COUNT_AT) !== 0) && steps < 64; steps++) {
      again = core.exports.step();
      this.#execute();
    }
    this.#takeRequests();
    this.#hasty = false;
    this.check();
  }

  #takeRequests(): void {
    const { core } = this.machine;
    while (core.requested) {
      const tail = core.word(layout.REQUEST_TAIL_AT);
      const at = layout.REQUESTS_AT + (tail & layout.REQUEST_MASK) * layout.REQUEST_BYTES;
      core.put(layout.REQUEST_TAIL_AT, (tail + 1) >>> 0);
      const kind = core.word(at + layout.REQUEST_KIND_AT);
      const space = core.word(at + layout.REQUEST_REGION_AT);
      const page = core.word(at + layout.REQUEST_PAGE_AT);
      if (kind === layout.REQUEST_FAIL) {
        const cause = core.word(at + layout.REQUEST_CAUSE_AT);
        const given = () => `process ${space} page ${page} is given up for cause ${cause}`;
        this.say(given);
        // A child that ran on and changed its memory before its pages were copied, when no frame was free to keep one.
        const hasty = cause === layout.CAUSE_INSTALL && this.#hasty;
        if (hasty) this.#everHasty = true;
        const again = cause === 0 && this.#everHasty;
        demand(hasty || again || (this.config.readFails > 0 && cause <= layout.CAUSE_CONTENT), given);
        const process = this.machine.processes.get(space);
        // A page that failed before: only if it is still the same memory.
        const was =
          cause !== 0 || again || process?.dead === true || process?.changing === true || process?.heir === true;
        demand(
          was || process?.poisoned.has(this.#addressOf(space, page)) === true,
          () => `${given()}, though it is new`,
        );
        core.exports.fail(space, page);
        this.#execute();
      } else {
        const frame = core.word(at + layout.REQUEST_FRAME_AT);
        this.jobs.push({ kind, slot: page, frame, generation: core.word(at + layout.REQUEST_GENERATION_AT) });
      }
    }
  }

  #addressOf(space: number, page: number): number {
    const directory = this.machine.regionWord(space, layout.REGION_DIRECTORY_AT);
    const leaf = Math.floor(page / LEAF);
    return (
      this.machine.core.word(
        directory + ((this.machine.regionWord(space, layout.REGION_PAGES_AT) >>> layout.LEAF_SHIFT) + leaf) * 4,
      ) *
        LEAF +
      (page % LEAF)
    );
  }

  /** A store in the event loop answers one request, any of them. */
  reply(): void {
    // The loop steps as soon as it has read: what a store brings is not installed between a fork and its copies.
    if (this.machine.core.word(layout.MESSAGE_COUNT_AT) > 0) this.turn();
    if (this.jobs.length === 0) return;
    const { random, machine, config } = this;
    const { exports } = machine.core;
    const [job] = this.jobs.splice(random.below(this.jobs.length), 1);
    if (job === undefined) return;
    const { kind, slot, frame, generation } = job;
    this.say(() => `the store answers ${kind} of slot ${slot}, frame ${frame}`);
    if (kind === layout.REQUEST_WRITE) {
      if (!this.#calm && random.chance(config.writeFails)) {
        exports.storeWriteFailed(frame, generation, EIO);
      } else {
        machine.file.set(slot, readToken(machine.frameBytes(frame)));
        exports.storeWritten(frame, generation);
      }
    } else if (!this.#calm && random.chance(config.readFails)) {
      const [space, page] = [exports.frameRegion(frame), exports.framePage(frame)];
      if (exports.release(frame, generation) !== 0) exports.fail(space, page);
    } else {
      const token = machine.file.get(slot);
      writeToken(machine.frameBytes(frame), token ?? 0x7777);
      exports.arrive(frame, generation);
    }
    this.#execute();
    this.turn();
  }

  step(): void {
    this.stepped++;
    const { random } = this;
    const kind = random.below(100);
    const alive = this.processes.filter(({ dead }) => !dead);
    if (kind < 45) this.#live();
    else if (kind < 65) this.read();
    else if (kind < 85) this.turn();
    else if (kind < 95) this.reply();
    else if (kind < 97) this.machine.pass(random.below(20_000_000));
    else if (kind < 98 && this.processes.length < 4) this.#begin();
    else if (kind < 99 && alive.length > 1) this.exit(random.pick(alive));
    else for (const dead of this.processes.filter((each) => each.dead)) this.#bury(dead);
  }

  // ---- checks and the end -----------------------------------------------------------------------------------------

  check(): void {
    demandCounted(this.machine, this.config.limit);
  }

  /** Everything under way comes to its end; then nobody waits. */
  drain(): void {
    this.#calm = true;
    Object.assign(this.machine.trouble, { busy: 0, readFails: 0, writeFails: 0 });
    for (const dead of this.processes.filter((each) => each.dead)) this.#bury(dead);
    for (let round = 0; round < 300; round++) {
      for (const process of this.processes) {
        if (!isUnheard(this.machine, process)) this.machine.read(process, 64);
        if (!process.dead) this.mutate(process);
        for (const thread of [...process.threads]) {
          process.threads.splice(process.threads.indexOf(thread), 1);
          if (!this.#attempt(process, thread)) process.threads.push(thread);
        }
      }
      this.turn();
      while (this.jobs.length > 0) this.reply();
      this.machine.pass(round < 20 ? 1000 : 100_000_000);
      const busy = this.processes.some((each) => each.threads.length > 0 || each.changing || each.after !== undefined);
      if (!busy && round > 3) return;
    }
    const waits = this.processes.flatMap(({ space, threads }) =>
      threads.map(({ page, told, woken }) => `${space}:${page}${told ? ' told' : ''}${woken ? ' woken' : ''}`),
    );
    throw new Broken(`waits for ever: ${waits.join(' ')}`);
  }

  readBack(): void {
    auditTallies(this.machine.core);
    for (const process of this.processes) {
      if (process.dead) continue;
      for (const page of [...process.model.keys()]) {
        process.threads.push({ page, write: false, waits: false, woken: false, told: false });
        if (process.threads.length > 8) this.drain();
      }
      this.drain();
    }
  }

  /** All processes exit: the core holds nothing any more. */
  end(): void {
    for (const process of this.processes) this.exit(process);
    for (const process of this.processes) this.#bury(process);
    for (let round = 0; round < 40; round++) {
      this.machine.pass(100_000_000);
      this.turn();
      while (this.jobs.length > 0) this.reply();
    }
    demandEmpty(this.machine.core);
  }
}
