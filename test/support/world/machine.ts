// Processes and what native does to them, simulated: address spaces of sparse pages, userfaultfd's events, faults and
// errors for each, and the command ring run as native runs it for spaces. A page holds a token (see sim-content.ts).
import { FLAG_DIGEST, FLAG_LINK } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { writeStorePlan } from '../../../src/core/plan.js';
import { readToken, writeToken } from '../kernel/content.js';
import { EAGAIN, EBUSY, EEXIST, EIO, ENOENT } from '../kernel/errnos.js';
import { digestOf } from '../kernel/page-codec.js';
import type { Random } from '../sim/random.js';
import { CoreMachine, type CoreOptions } from './core-machine.js';
import { PAGE, type Process } from './process.js';

const CORE_ADDRESS = 0x7f00_0000_0000;
const ARENA = 0x6000_0000_0000;
const SLABS = 256;
const SLOTS = 4096;
const ESRCH = 3;
const FILE = 4;
const PACKED_BYTES = 64;

export class Broken extends Error {}

export interface Trouble {
  random: Random;
  busy: number;
  writeFails: number;
  readFails: number;
  /** What processes do between two commands. */
  between(): void;
}

export class SpaceMachine {
  readonly core: CoreMachine;
  readonly processes = new Map<number, Process>();
  readonly file = new Map<number, number>();
  readonly #arena = new Uint8Array(SLABS * 8 * PAGE);
  readonly #store: number;
  now = 1_000_000_000;
  forked = false;

  constructor(
    options: CoreOptions,
    store: number,
    readonly trouble: Trouble,
  ) {
    this.core = new CoreMachine(options, CORE_ADDRESS);
    this.#store = store;
    this.core.u64[layout.ZERO_DIGEST_AT >> 3] = digestOf(new Uint32Array(PAGE / 4));
    if (store === layout.STORE_POOL) this.core.exports.openPool(1, SLABS, 0, ARENA / 2 ** 32);
    if (this.core.exports.openSpaces(SLOTS) === 0) throw new Broken('no room for spaces');
    this.pass(0);
  }

  pass(nanoseconds: number): void {
    this.now += nanoseconds;
    this.core.u64[layout.NOW_AT >> 3] = BigInt(this.now);
  }

  regionWord(space: number, offset: number): number {
    return this.core.word(layout.REGIONS_AT + space * layout.REGION_BYTES + offset);
  }

  begin(process: Process): boolean {
    writeStorePlan(this.core, { kind: this.#store, fd: FILE, pool: 0 });
    const space = this.core.exports.openSpace(layout.PLAN_AT);
    if (space === 0) return false;
    process.space = space;
    this.processes.set(space, process);
    return true;
  }

  #freeNumber(): number {
    for (let space = layout.REGION_LIMIT - 1; space > 0; space--) {
      if (this.processes.has(space)) continue;
      if (this.regionWord(space, layout.REGION_STATE_AT) === layout.REGION_FREE) return space;
    }
    return 0;
  }

  /** Reads up to `most` messages of a process: faults before events, as the kernel gives them. */
  read(process: Process, most: number): number {
    const { core } = this;
    let count = 0;
    for (; count < most && core.word(layout.MESSAGE_COUNT_AT) < layout.MESSAGE_LIMIT; count++) {
      const thread = process.faults.shift();
      const event = thread === undefined && !process.dead ? process.events[0] : undefined;
      if (thread !== undefined) {
        thread.told = true;
        core.message(layout.EVENT_PAGEFAULT, [thread.write ? layout.FAULT_WRITE : 0, thread.page * PAGE]);
      } else if (event !== undefined) {
        core.message(event.event, event.words);
        // The next one of the same call is in the queue only when its thread has run: at least a read later.
        process.events.shift();
      } else {
        break;
      }
      const at = layout.MESSAGES_AT + (core.word(layout.MESSAGE_COUNT_AT) - 1) * layout.MESSAGE_BYTES;
      core.put(at + layout.MESSAGE_SPACE_AT, process.space);
      if (event?.child !== undefined) {
        const child = this.#freeNumber();
        core.put(at + layout.MESSAGE_CHILD_AT, child);
        event.child.space = child;
        const { poisoned } = event.child;
        event.child.heir = process.heir || [...process.poisoned].some((page) => !poisoned.has(page));
        event.child.dead = child === 0;
        if (child !== 0) this.processes.set(child, event.child);
        this.forked = true;
      }
      if (event !== undefined) return count + 1;
    }
    return count;
  }

  execute(): void {
    const { core } = this;
    const head = core.word(layout.COMMAND_HEAD_AT);
    let done = core.word(layout.COMMAND_DONE_AT);
    let chain = true;
    for (; done !== head; done = (done + 1) >>> 0) {
      const at = layout.COMMANDS_AT + (done & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const linked = ((core.bytes[at + layout.COMMAND_FLAGS_AT] ?? 0) & FLAG_LINK) !== 0;
      if (!linked) chain = true;
      this.trouble.between();
      if (chain) chain = this.#run(at) === layout.OUTCOME_DONE;
      else this.core.answer(at, layout.OUTCOME_SKIPPED, 0, 0);
    }
    core.put(layout.COMMAND_DONE_AT, done);
    this.pass(1000);
  }

  #run(at: number): number {
    const { core } = this;
    const { random, readFails, writeFails } = this.trouble;
    const op = core.bytes[at] ?? 0;
    const target = core.number(at + layout.COMMAND_TARGET_AT);
    const source = core.number(at + layout.COMMAND_SOURCE_AT);
    const length = core.number(at + layout.COMMAND_LENGTH_AT);
    const process = this.processes.get(core.word(at + layout.COMMAND_REGION_AT));
    const done = (bytes: number) => this.core.answer(at, layout.OUTCOME_DONE, 0, bytes);
    const failed = (errno: number) => this.core.answer(at, layout.OUTCOME_FAILED, errno, -1);
    switch (op) {
      case layout.OP_COPY:
      case layout.OP_ZEROPAGE:
      case layout.OP_MOVE:
      case layout.OP_POISON:
      case layout.OP_TAKE:
        return this.#pages(at, op, process, target, source, length / PAGE);
      case layout.OP_WAKE:
        process?.wake(target / PAGE, (target + length) / PAGE);
        return done(0);
      case layout.OP_READ_FILE: {
        if (random.chance(readFails)) return failed(EIO);
        for (let i = 0; i < length; i += PAGE) {
          const bytes = this.bytes(target + i, PAGE);
          writeToken(bytes, this.file.get((source + i) / PAGE) ?? 0x7777);
        }
        if (((core.bytes[at + layout.COMMAND_FLAGS_AT] ?? 0) & FLAG_DIGEST) !== 0) this.#digest(at, target);
        return done(length);
      }
      case layout.OP_WRITE_FILE:
        if (random.chance(writeFails)) return failed(EIO);
        for (let i = 0; i < length; i += PAGE) {
          this.file.set((source + i) / PAGE, readToken(this.bytes(target + i, PAGE)));
        }
        return done(length);
      case layout.OP_COMPRESS: {
        const token = readToken(this.bytes(source, PAGE));
        if (token % 3 === 0) return this.core.answer(at, layout.OUTCOME_NO_FIT, 0, 0);
        new DataView(core.memory.buffer).setUint32(target - CORE_ADDRESS, token, true);
        return done(PACKED_BYTES + (token % 5) * 200);
      }
      case layout.OP_DECOMPRESS: {
        const from = this.bytes(source, length);
        if (random.chance(readFails)) return failed(EIO);
        const into = this.bytes(target, PAGE);
        if (length === PAGE) into.set(from);
        else writeToken(into, new DataView(from.buffer, from.byteOffset).getUint32(0, true));
        return done(PAGE);
      }
      case layout.OP_COPY_BYTES:
        this.bytes(target, length).set(this.bytes(source, length));
        return done(0);
      case layout.OP_DIGEST:
        this.#digest(at, target);
        return done(0);
      case layout.OP_ZERO_BYTES:
      case layout.OP_RELEASE:
        this.bytes(target, length).fill(0);
        return done(0);
      case layout.OP_VACATE:
        return done(length);
      default:
        throw new Broken(`a space has no use for command ${op}`);
    }
  }

  #pages(at: number, op: number, process: Process | undefined, target: number, source: number, pages: number): number {
    const first = (op === layout.OP_TAKE ? source : target) / PAGE;
    let count = 0;
    let errno = 0;
    for (; count < pages && errno === 0; count++) {
      errno = this.#page(op, process, first + count, (op === layout.OP_TAKE ? target : source) + count * PAGE);
    }
    if (errno !== 0) count--;
    if (op !== layout.OP_TAKE) process?.wake(first, first + (op === layout.OP_POISON ? pages : count));
    return this.core.answer(at, outcomeOf(errno), errno, count * PAGE);
  }

  #page(op: number, process: Process | undefined, page: number, frame: number): number {
    if (process === undefined || process.dead) return ESRCH;
    // Native tries a poisoning until it is done, and reads the events meanwhile.
    if (process.changing && op !== layout.OP_POISON) return EAGAIN;
    const token = process.pages.get(page);
    if (op === layout.OP_TAKE) {
      if (token === undefined) return ENOENT;
      if (this.trouble.random.chance(this.trouble.busy)) return EBUSY;
      writeToken(this.bytes(frame, PAGE), token);
      process.pages.delete(page);
      return 0;
    }
    if (!process.has(page)) return ENOENT;
    if (token !== undefined || process.poisoned.has(page)) return EEXIST;
    process.dropped.delete(page);
    if (op === layout.OP_POISON) process.poisoned.add(page);
    else process.pages.set(page, op === layout.OP_ZEROPAGE ? 0 : readToken(this.bytes(frame, PAGE)));
    return 0;
  }

  bytes(address: number, length: number): Uint8Array {
    if (address >= ARENA && address + length <= ARENA + this.#arena.length) {
      return this.#arena.subarray(address - ARENA, address - ARENA + length);
    }
    const offset = address - CORE_ADDRESS;
    if (offset < layout.FIXED_END || offset + length > this.core.bytes.length) {
      throw new Broken(`the address ${address.toString(16)} is not memory of the pager`);
    }
    return this.core.bytes.subarray(offset, offset + length);
  }

  frameBytes(frame: number): Uint8Array {
    return this.bytes(CORE_ADDRESS + this.core.frameOffset(frame), PAGE);
  }

  #digest(at: number, target: number): void {
    const frame = this.core.word(at + layout.COMMAND_FRAME_AT);
    const count = this.core.word(at + layout.COMMAND_COUNT_AT);
    for (let i = 0; i < count; i++) {
      const bytes = this.bytes(target + i * PAGE, PAGE);
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, PAGE / 4);
      this.core.u64[(layout.DIGESTS_AT + (frame + i) * layout.DIGEST_BYTES) >>> 3] = digestOf(words);
    }
  }
}

const OUTCOMES = new Map([
  [0, layout.OUTCOME_DONE],
  [EEXIST, layout.OUTCOME_PRESENT],
  [EAGAIN, layout.OUTCOME_CHANGING],
  [ENOENT, layout.OUTCOME_GONE],
  [EBUSY, layout.OUTCOME_BUSY],
  [ESRCH, layout.OUTCOME_EXITED],
]);

function outcomeOf(errno: number): number {
  return OUTCOMES.get(errno) ?? layout.OUTCOME_FAILED;
}
