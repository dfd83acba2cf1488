// The kernel and native/engine/command.cc, simulated: an address space in pages of 4 KiB that are there or not, userfaultfd's
// ioctls over it with their errors, its queue of messages, and the command ring run exactly as the shim runs it.
import * as layout from '../../../assembly/layout.js';
import type { CoreMachine } from '../world/core-machine.js';

export const BASE_BYTES = 4096;
export const EIO = 5;
export const EAGAIN = 11;
export const EBUSY = 16;
export const EEXIST = 17;
export const ENOENT = 2;
const EILSEQ = 84;
export const EINVAL = 22;
export const EFAULT = 14;
export const ENOMEM = 12;
const ENOSYS = 38;
const ENODATA = 61;

/** What a simulation may make happen at any place; each answers 0 for nothing, or the errno. */
export interface Mischief {
  /** Before a page is filled, moved or poisoned. */
  page(op: number, staging: boolean): number;
  /** Before a file is read or written. */
  file(fd: number, write: boolean, offset: number, length: number): number;
  /** Nanoseconds that pass. */
  time(): number;
  /** Before each command: what other threads do meanwhile. */
  between?(): void;
  /** A victim of a memfile is on its way out: a thread may have met it write-protected. */
  victim?(address: number): void;
  /** The move of such a victim was refused: does the protection stay? */
  protection?(): boolean;
  /** Before pages are protected, or read for a pass. */
  pass?(op: number): number;
}

export const NO_MISCHIEF: Mischief = { page: () => 0, file: () => 0, time: () => 1000 };

/** A file in memory; what it does not hold reads as zeros. */
export interface FakeFile {
  read(offset: number, into: Uint8Array): void;
  write(offset: number, from: Uint8Array): void;
  /** Bytes; undefined: as long as anybody asks. */
  readonly length?: number;
}

/** A thread that is blocked in a fault. */
export interface Waiter {
  address: number;
  write: boolean;
  /** FAULT_MINOR or FAULT_WP; 0 for a missing page. */
  kind: number;
  woken: boolean;
  /** Its message has been read. */
  read: boolean;
}

/** A range on its way out by madvise(MADV_DONTNEED). */
export interface Removal {
  start: number;
  end: number;
  /** Its event has been read; the thread that removes has not gone on yet. */
  read: boolean;
  changing: boolean;
}

/**
 * A range that mremap(2) has moved, or munmap(2) taken away. The memory goes first, the event comes after it: the address
 * space is changing from before the one until the caller goes on after the other (measured on Linux 6.18).
 */
export interface Move {
  start: number;
  end: number;
  /** Where to; undefined: unmapped. */
  to: number | undefined;
  /** An unmapping of the old range is told after the move: MREMAP_DONTUNMAP leaves that out. */
  unmaps: boolean;
  /** Its event is in the queue. */
  queued: boolean;
  read: boolean;
}

export type Touched = 'there' | 'missing' | 'minor' | 'wp' | 'poisoned' | 'sealed' | 'zeros';

interface Range {
  start: number;
  end: number;
}

interface Registered extends Range {
  /** Where the region was registered first: its name. */
  home: number;
  region: number;
  /** Bytes from the region's beginning. */
  offset: number;
  file: boolean;
}

/** What an expected digest is marked with. */
const KNOWN = 1n << BigInt(layout.DIGEST_KNOWN_SHIFT);
/** Past the end of what a process can have. */
const TASK_END = 2 ** 47;

export class KernelError extends Error {}

export class FakeKernel {
  readonly pages = new Map<number, Uint8Array>();
  readonly poisoned = new Set<number>();
  readonly sealed = new Set<number>();
  /** Base pages that an application dropped and nobody has filled since: the core may not know it yet. */
  readonly dropped = new Set<number>();
  /** Base pages that are in their memfile and not in the page table. */
  readonly unmapped = new Set<number>();
  /** Base pages that are write-protected: by a pass, or left so by a victim's way out. */
  readonly protectedPages = new Set<number>();
  /** What memfiles hold of ranges that are mapped nowhere any more, by region and base page in it. */
  readonly orphans = new Set<string>();
  readonly regions: Registered[] = [];
  readonly moves: Move[] = [];
  readonly files = new Map<number, FakeFile>();
  readonly removals: Removal[] = [];
  readonly waiters = new Set<Waiter>();
  /** Faults whose messages nobody has read. */
  readonly faults: Waiter[] = [];
  readonly frameThere: Uint8Array;
  arena: Range & { bytes: Uint8Array } = { start: 0, end: 0, bytes: new Uint8Array(0) };
  /** Where a pass saves to. */
  buffer: Range & { bytes: Uint8Array } = { start: 0, end: 0, bytes: new Uint8Array(0) };
  /** Base pages of regions and frames that are there. */
  present = 0;
  peak = 0;
  now = 1_000_000_000;
  executed = 0;
  #free: Uint8Array[] = [];
  // A command had found the address space quiet when it began to change.
  #raced = false;
  readonly #data: number;
  readonly #coreAddress: number;
  readonly #frameEnd: number;

  constructor(
    readonly core: CoreMachine,
    public mischief: Mischief = NO_MISCHIEF,
  ) {
    this.#coreAddress = core.number(layout.CORE_ADDRESS_AT);
    this.#data = core.word(layout.FRAME_DATA_AT);
    const bytes = core.options.frames * core.pageSize;
    this.#frameEnd = this.#data + bytes;
    this.frameThere = new Uint8Array(bytes / BASE_BYTES);
    core.u64[layout.ZERO_DIGEST_AT >> 3] = digestOf(new Uint32Array(core.pageSize / 4));
    this.#setNow();
  }

  #setNow(): void {
    this.core.u64[layout.NOW_AT >> 3] = BigInt(this.now);
  }

  pass(nanoseconds: number): void {
    this.now += nanoseconds;
    this.#setNow();
  }

  registerRegion(address: number, byteLength: number, region = 0, file = false): void {
    this.regions.push({ start: address, end: address + byteLength, home: address, region, offset: 0, file });
  }

  /** Unregisters a region, wherever its parts lie. */
  unregisterRegion(address: number): void {
    for (const range of this.regions.filter(({ home }) => home === address)) {
      this.regions.splice(this.regions.indexOf(range), 1);
      this.wake(range.start, range.end);
      for (const key of this.orphans) if (key.startsWith(`${range.region}:`)) this.#dropOrphan(key);
    }
  }

  get changing(): boolean {
    return this.moves.length > 0 || this.removals.some(({ changing }) => changing);
  }

  /** What a thread meets at an address, as far as the page table says. */
  look(address: number, write = false): Touched {
    const page = Math.floor(address / BASE_BYTES);
    if (this.sealed.has(page)) return 'sealed';
    if (this.pages.has(page)) {
      if (this.unmapped.has(page)) return 'minor';
      return write && this.protectedPages.has(page) ? 'wp' : 'there';
    }
    if (this.poisoned.has(page)) return 'poisoned';
    return this.#registered(address) ? 'missing' : 'zeros';
  }

  bytesAt(address: number): Uint8Array | undefined {
    return this.pages.get(Math.floor(address / BASE_BYTES));
  }

  /** Blocks a thread: its message is in the queue. */
  fault(address: number, write: boolean, kind = 0): Waiter {
    const waiter = { address, write, kind, woken: false, read: false };
    this.waiters.add(waiter);
    this.faults.push(waiter);
    return waiter;
  }

  /** The thread goes on: its fault leaves the queues. */
  leave(waiter: Waiter, messageStays = false): void {
    this.waiters.delete(waiter);
    if (messageStays) return;
    const index = this.faults.indexOf(waiter);
    if (index >= 0) this.faults.splice(index, 1);
  }

  /** A thread calls madvise(MADV_DONTNEED); the address space is changing until `goOn`. */
  remove(start: number, end: number): Removal {
    const removal = { start, end, read: false, changing: true };
    this.removals.push(removal);
    return removal;
  }

  /** A thread calls munmap(2), or mremap(2) where `to` is given. */
  move(start: number, end: number, to: number | undefined, unmaps: boolean, raced: boolean): Move {
    const move = { start, end, to, unmaps, queued: false, read: false };
    this.moves.push(move);
    this.#raced = raced;
    const parts = this.#cut(start, end);
    for (const part of parts) {
      for (let at = part.start; at < part.end; at += BASE_BYTES) {
        this.#carry(at / BASE_BYTES, part, to === undefined ? undefined : (at - start + to) / BASE_BYTES);
      }
      if (to === undefined) continue;
      this.regions.push({ ...part, start: part.start - start + to, end: part.end - start + to });
    }
    return move;
  }

  // One base page goes along, with all that is known of it.
  #carry(from: number, part: Registered, to: number | undefined): void {
    const bytes = this.pages.get(from);
    if (bytes !== undefined) {
      this.pages.delete(from);
      if (to !== undefined) {
        this.pages.set(to, bytes);
      } else {
        this.#free.push(bytes);
        if (part.file) this.orphans.add(`${part.region}:${from - (part.start - part.offset) / BASE_BYTES}`);
        else this.present--;
      }
    }
    for (const marks of [this.poisoned, this.sealed, this.dropped, this.unmapped, this.protectedPages]) {
      if (marks.delete(from) && to !== undefined) marks.add(to);
    }
  }

  // Takes [start, end) out of what is registered; returns what was taken.
  #cut(start: number, end: number): Registered[] {
    const taken: Registered[] = [];
    for (const range of this.regions.filter((each) => each.start < end && each.end > start)) {
      this.regions.splice(this.regions.indexOf(range), 1);
      const from = Math.max(start, range.start);
      const to = Math.min(end, range.end);
      if (range.start < from) this.regions.push({ ...range, end: from });
      if (to < range.end) this.regions.push({ ...range, start: to, offset: range.offset + to - range.start });
      taken.push({ ...range, start: from, end: to, offset: range.offset + from - range.start });
    }
    return taken;
  }

  /** The thread that moved memory is scheduled. True when its call has returned. */
  goOnMoving(move: Move): boolean {
    if (!move.queued) {
      move.queued = true;
      return false;
    }
    if (!move.read) return false;
    if (move.to !== undefined && move.unmaps) {
      move.to = undefined;
      move.read = false;
      move.queued = false;
      return false;
    }
    this.moves.splice(this.moves.indexOf(move), 1);
    return true;
  }

  /** Is there anything to read? */
  get hasMessages(): boolean {
    return (
      this.faults.length > 0 ||
      this.removals.some(({ read }) => !read) ||
      this.moves.some(({ queued, read }) => queued && !read)
    );
  }

  /** The removing thread is scheduled: the changing ends, then, after a gap or at once, the pages go. True when all is done. */
  goOn(removal: Removal, gap = false): boolean {
    if (!removal.read) return false;
    if (removal.changing) {
      removal.changing = false;
      if (gap) return false;
    }
    for (let at = removal.start; at < removal.end; at += BASE_BYTES) {
      const page = Math.floor(at / BASE_BYTES);
      if (this.pages.has(page)) this.dropped.add(page);
      this.#drop(page);
    }
    this.removals.splice(this.removals.indexOf(removal), 1);
    return true;
  }

  /** Reads up to `most` messages into the ring: faults before events. */
  read(most = layout.MESSAGE_LIMIT): number {
    let left = most;
    const { core } = this;
    while (left > 0 && this.faults.length > 0 && core.word(layout.MESSAGE_COUNT_AT) < layout.MESSAGE_LIMIT) {
      const waiter = this.faults.shift();
      if (waiter === undefined) break;
      waiter.read = true;
      core.message(layout.EVENT_PAGEFAULT, [waiter.kind | (waiter.write ? layout.FAULT_WRITE : 0), waiter.address]);
      left--;
    }
    for (const removal of this.removals) {
      if (removal.read || left === 0 || this.faults.length > 0) continue;
      if (!core.message(layout.EVENT_REMOVE, [removal.start, removal.end])) break;
      removal.read = true;
      left--;
    }
    for (const move of this.moves) {
      if (!move.queued || move.read || left === 0 || this.faults.length > 0) continue;
      const { start, end, to } = move;
      const told =
        to === undefined
          ? core.message(layout.EVENT_UNMAP, [start, end])
          : core.message(layout.EVENT_REMAP, [start, to, end - start]);
      if (!told) break;
      move.read = true;
      left--;
    }
    this.pass(this.mischief.time());
    return core.word(layout.MESSAGE_COUNT_AT);
  }

  /** Runs the commands issued; returns how many. */
  execute(): number {
    const { core } = this;
    const head = core.word(layout.COMMAND_HEAD_AT);
    let done = core.word(layout.COMMAND_DONE_AT);
    const ran = (head - done) >>> 0;
    let chain = true;
    for (; done !== head; done = (done + 1) >>> 0) {
      const at = layout.COMMANDS_AT + (done & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const flags = core.bytes[at + layout.COMMAND_FLAGS_AT] ?? 0;
      if ((flags & layout.FLAG_LINK) === 0) chain = true;
      this.mischief.between?.();
      if (chain) {
        const outcome = this.#run(at, flags);
        if (outcome !== layout.OUTCOME_DONE) chain = false;
      } else {
        this.#answer(at, layout.OUTCOME_SKIPPED, 0, 0);
      }
    }
    core.put(layout.COMMAND_DONE_AT, done);
    this.executed += ran;
    this.pass(this.mischief.time());
    return ran;
  }

  #answer(at: number, outcome: number, errno: number, done: number): number {
    const { core } = this;
    core.put(at, (core.word(at) & 0xffff) | (outcome << 16));
    core.put(at + layout.COMMAND_ERRNO_AT, errno);
    core.u64[(at + layout.COMMAND_BYTES_DONE_AT) >>> 3] = BigInt.asUintN(64, BigInt(done));
    return outcome;
  }

  #run(at: number, flags: number): number {
    const { core } = this;
    const op = core.bytes[at] ?? 0;
    const target = core.number(at + layout.COMMAND_TARGET_AT);
    const source = core.number(at + layout.COMMAND_SOURCE_AT);
    const length = core.number(at + layout.COMMAND_LENGTH_AT);
    const fd = core.word(at + layout.COMMAND_FD_AT);
    switch (op) {
      case layout.OP_COPY:
      case layout.OP_ZEROPAGE:
      case layout.OP_MOVE:
      case layout.OP_TAKE:
        return this.#fill(at, op, target, source, length);
      case layout.OP_POISON: {
        const outcome = this.#fill(at, op, target, source, length);
        this.wake(target, target + length);
        return outcome;
      }
      case layout.OP_CONTINUE: {
        const errno = this.#continue(target, length);
        if (errno === 0) this.wake(target, target + length);
        return this.#answer(at, errno === 0 ? layout.OUTCOME_DONE : outcomeOf(errno), errno, 0);
      }
      case layout.OP_PUNCH:
        this.#punch(core.word(at + layout.COMMAND_REGION_AT), core.word(at + layout.COMMAND_PAGE_AT), length);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_UNPROTECT: {
        const errno = this.changing ? EAGAIN : this.#registered(target) ? 0 : ENOENT;
        if (errno !== 0) return this.#answer(at, outcomeOf(errno), errno, 0);
        for (let page = target; page < target + length; page += BASE_BYTES)
          this.protectedPages.delete(page / BASE_BYTES);
        this.wake(target, target + length);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      }
      case layout.OP_PROTECT: {
        const errno = this.#protect(op, target, length);
        return this.#answer(at, errno === 0 ? layout.OUTCOME_DONE : outcomeOf(errno), errno, 0);
      }
      case layout.OP_SAVE:
        return this.#save(at, target, source, length);
      case layout.OP_WAKE:
        this.wake(target, target + length);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_READ_FILE: {
        const errno = this.mischief.file(fd, false, source, length);
        if (errno !== 0) return this.#answer(at, layout.OUTCOME_FAILED, errno, -1);
        const file = this.file(fd);
        const needed = Math.min(length, core.number(at + layout.COMMAND_NEEDED_AT));
        if (needed > 0 && source + needed > (file.length ?? Number.POSITIVE_INFINITY)) {
          return this.#answer(at, layout.OUTCOME_FAILED, ENODATA, -1);
        }
        const into = this.writable(target, length);
        file.read(source, into);
        into.fill(0, needed);
        if ((flags & layout.FLAG_DIGEST) !== 0 && !this.#digest(at, target)) {
          return this.#answer(at, layout.OUTCOME_FAILED, EILSEQ, -1);
        }
        return this.#answer(at, layout.OUTCOME_DONE, 0, needed);
      }
      case layout.OP_WRITE_FILE: {
        const errno = this.mischief.file(fd, true, source, length);
        if (errno !== 0) return this.#answer(at, layout.OUTCOME_FAILED, errno, -1);
        this.file(fd).write(source, this.readable(target, length));
        return this.#answer(at, layout.OUTCOME_DONE, 0, length);
      }
      case layout.OP_COMPRESS: {
        const packed = compress(this.readable(source, core.pageSize), length);
        if (packed === undefined) return this.#answer(at, layout.OUTCOME_NO_FIT, 0, 0);
        this.writable(target, packed.length).set(packed);
        return this.#answer(at, layout.OUTCOME_DONE, 0, packed.length);
      }
      case layout.OP_DECOMPRESS: {
        const into = this.writable(target, core.pageSize);
        const from = this.readable(source, length);
        if (length === core.pageSize) into.set(from);
        else if (!decompress(from, into)) return this.#answer(at, layout.OUTCOME_FAILED, EILSEQ, -1);
        return this.#answer(at, layout.OUTCOME_DONE, 0, core.pageSize);
      }
      case layout.OP_COPY_BYTES:
        this.writable(target, length).set(this.readable(source, length));
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_DIGEST:
        this.#digest(at, target);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_ZERO_BYTES:
        this.writable(target, length).fill(0);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_RELEASE:
        if (target < this.arena.start || target + length > this.arena.end)
          throw new KernelError('released what is no arena');
        this.writable(target, length).fill(0);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_VACATE: {
        for (let page = target; page < target + length; page += BASE_BYTES) {
          const index = this.#frameIndex(page);
          this.present -= this.frameThere[index] ?? 0;
          this.frameThere[index] = 0;
        }
        const offset = target - this.#coreAddress;
        core.bytes.fill(0, offset, offset + length);
        return this.#answer(at, layout.OUTCOME_DONE, 0, length);
      }
      case layout.OP_SEAL:
        if (target >= TASK_END) return this.#answer(at, layout.OUTCOME_FAILED, ENOMEM, -1);
        if (!this.#registered(target)) throw new KernelError('memory that is no region is sealed');
        for (let page = target; page < target + length; page += BASE_BYTES) this.sealed.add(page / BASE_BYTES);
        return this.#answer(at, layout.OUTCOME_DONE, 0, 0);
      default:
        return this.#answer(at, layout.OUTCOME_FAILED, ENOSYS, -1);
    }
  }

  // As `fill` of native/engine/command.cc: continues after partial progress, and ends with the error of the page that was refused.
  #fill(at: number, op: number, target: number, source: number, length: number): number {
    const { pageSize } = this.core;
    for (let done = 0; done < length; done += BASE_BYTES) {
      const inside = done % pageSize;
      const errno = this.#fillPage(op, target + done, source + done, inside === 0);
      // A base page of a bigger one that is there already, from an earlier try.
      if (errno === 0 || (errno === EEXIST && (op === layout.OP_POISON || (pageSize > BASE_BYTES && !isMove(op)))))
        continue;
      // A page of several base pages is moved whole or not at all.
      if (isMove(op)) {
        for (let back = done - inside; back < done; back += BASE_BYTES) this.#moveBack(target + back, source + back);
      }
      if (op !== layout.OP_POISON && done > 0) this.wake(target, target + done);
      return this.#answer(at, outcomeOf(errno), errno, done - inside);
    }
    if (op !== layout.OP_POISON) this.wake(target, target + length);
    return this.#answer(at, layout.OUTCOME_DONE, 0, length);
  }

  // Absent pages of anonymous memory stay without: whoever fills them can write to them at once.
  #protect(op: number, target: number, length: number): number {
    if (this.changing) return EAGAIN;
    const odd = this.mischief.pass?.(op) ?? 0;
    if (odd !== 0) return odd;
    for (let at = target; at < target + length; at += BASE_BYTES) if (!this.#registered(at)) return ENOENT;
    for (let page = target / BASE_BYTES; page < (target + length) / BASE_BYTES; page++) {
      if (this.pages.has(page)) this.protectedPages.add(page);
    }
    return 0;
  }

  // Reading a page never brings it.
  #save(at: number, target: number, source: number, length: number): number {
    const odd = this.mischief.pass?.(layout.OP_SAVE) ?? 0;
    const most = odd === 0 ? length : length >> 1;
    let done = 0;
    for (; done < most; done += BASE_BYTES) {
      const bytes = this.pages.get((source + done) / BASE_BYTES);
      if (bytes === undefined) break;
      this.writable(target + done, BASE_BYTES).set(bytes);
    }
    if (done === length) return this.#answer(at, layout.OUTCOME_DONE, 0, done);
    return this.#answer(at, layout.OUTCOME_FAILED, odd === 0 ? EFAULT : odd, done);
  }

  #continue(target: number, length: number): number {
    if (this.changing) return EAGAIN;
    if (!this.#registered(target)) return ENOENT;
    let mapped = 0;
    for (let page = target / BASE_BYTES; page < (target + length) / BASE_BYTES; page++) {
      if (this.unmapped.delete(page)) mapped++;
      else if (!this.pages.has(page)) return EFAULT;
    }
    return mapped > 0 ? 0 : EEXIST;
  }

  // By its place in the file: where it is mapped does not matter.
  #punch(region: number, page: number, length: number): void {
    const first = page * this.core.pageSize;
    for (let at = first; at < first + length; at += BASE_BYTES) {
      const part = this.regions.find(
        (each) => each.region === region && at >= each.offset && at < each.offset + each.end - each.start,
      );
      if (part !== undefined) this.#drop((part.start + at - part.offset) / BASE_BYTES);
      else this.#dropOrphan(`${region}:${at / BASE_BYTES}`);
    }
  }

  #dropOrphan(key: string): void {
    if (this.orphans.delete(key)) this.present--;
  }

  #moveBack(target: number, source: number): void {
    const bytes = new Uint8Array(BASE_BYTES);
    if (this.isFrame(target)) {
      bytes.set(this.readable(target, BASE_BYTES));
      this.frameThere[this.#frameIndex(target)] = 0;
      this.present--;
      this.pages.set(source / BASE_BYTES, bytes);
      this.#came();
      return;
    }
    bytes.set(this.pages.get(target / BASE_BYTES) ?? bytes);
    this.#drop(target / BASE_BYTES);
    this.writable(source, BASE_BYTES).set(bytes);
  }

  // Trouble strikes at the first base page of a page: what strikes later, the shim undoes or sits out.
  #fillPage(op: number, target: number, source: number, first: boolean): number {
    // The shim tries a poisoning until it is done, and reads the event meanwhile.
    const toFrame = this.isFrame(target);
    const inRegion = toFrame ? source : target;
    if (inRegion >= TASK_END) return EINVAL;
    if (this.changing && op !== layout.OP_POISON) {
      const raced = this.#raced && !this.#registered(inRegion);
      this.#raced = false;
      return raced ? ENOENT : EAGAIN;
    }
    const file = toFrame && this.#rangeOf(source)?.file === true;
    if (file && first) this.mischief.victim?.(source);
    const odd = first ? this.mischief.page(op, toFrame) : 0;
    if (odd === EAGAIN && file && this.mischief.protection?.() === true && this.pages.has(source / BASE_BYTES)) {
      this.protectedPages.add(source / BASE_BYTES);
    }
    if (odd !== 0) return odd;
    if (!toFrame && !this.#registered(target)) return ENOENT;
    const page = target / BASE_BYTES;
    if (toFrame) {
      if (op !== layout.OP_TAKE) throw new KernelError('only victims come into frames');
      if (this.frameThere[this.#frameIndex(target)] === 1) return EEXIST;
      const bytes = this.pages.get(source / BASE_BYTES);
      if (bytes === undefined) return ENOENT;
      this.#drop(source / BASE_BYTES);
      this.writable(target, BASE_BYTES).set(bytes);
      return 0;
    }
    if (this.pages.has(page) || this.poisoned.has(page)) return EEXIST;
    if (op === layout.OP_POISON) {
      this.poisoned.add(page);
      return 0;
    }
    if (op === layout.OP_MOVE) {
      if (!this.isFrame(source)) throw new KernelError('only frames go into regions');
      if (this.frameThere[this.#frameIndex(source)] !== 1) return ENOENT;
    }
    const bytes = this.#free.pop() ?? new Uint8Array(BASE_BYTES);
    if (op === layout.OP_ZEROPAGE) bytes.fill(0);
    else bytes.set(this.readable(source, BASE_BYTES));
    if (op === layout.OP_MOVE) {
      this.frameThere[this.#frameIndex(source)] = 0;
      this.present--;
      const offset = source - this.#coreAddress;
      this.core.bytes.fill(0, offset, offset + BASE_BYTES);
    }
    this.pages.set(page, bytes);
    this.dropped.delete(page);
    this.#came();
    return 0;
  }

  #came(): void {
    this.present++;
    if (this.present > this.peak) this.peak = this.present;
  }

  /** Takes a page out of what counts, when its region is no longer the pager's. */
  forget(address: number): void {
    this.#drop(Math.floor(address / BASE_BYTES));
  }

  #drop(page: number): void {
    const bytes = this.pages.get(page);
    if (bytes === undefined) return;
    this.pages.delete(page);
    this.unmapped.delete(page);
    this.protectedPages.delete(page);
    this.#free.push(bytes);
    this.present--;
  }

  /** Wakes the threads that wait in a range. A message not read yet may still be read, or not: the caller's choice. */
  wake(start: number, end: number): void {
    for (const waiter of this.waiters) {
      if (waiter.address >= start && waiter.address < end) waiter.woken = true;
    }
  }

  isFrame(address: number): boolean {
    const offset = address - this.#coreAddress;
    return offset >= this.#data && offset < this.#frameEnd;
  }

  #frameIndex(address: number): number {
    return Math.floor((address - this.#coreAddress - this.#data) / BASE_BYTES);
  }

  #registered(address: number): boolean {
    return this.#rangeOf(address) !== undefined;
  }

  #rangeOf(address: number): Registered | undefined {
    return this.regions.find(({ start, end }) => address >= start && address < end);
  }

  file(fd: number): FakeFile {
    const file = this.files.get(fd);
    if (file === undefined) throw new KernelError(`no file ${fd}`);
    return file;
  }

  #span(address: number, length: number): Uint8Array {
    if (address >= this.arena.start && address + length <= this.arena.end) {
      return this.arena.bytes.subarray(address - this.arena.start, address - this.arena.start + length);
    }
    if (address >= this.buffer.start && address + length <= this.buffer.end) {
      return this.buffer.bytes.subarray(address - this.buffer.start, address - this.buffer.start + length);
    }
    const offset = address - this.#coreAddress;
    if (offset < layout.FIXED_END || offset + length > this.core.bytes.length) {
      throw new KernelError(`the address ${address.toString(16)} is no memory of the pager`);
    }
    return this.core.bytes.subarray(offset, offset + length);
  }

  /** Memory that is about to be written: a vacant frame gets memory at the first touch. */
  writable(address: number, length: number): Uint8Array {
    for (let at = address; at < address + length && this.isFrame(at); at += BASE_BYTES) {
      const index = this.#frameIndex(at);
      if (this.frameThere[index] === 1) continue;
      this.frameThere[index] = 1;
      this.#came();
    }
    return this.#span(address, length);
  }

  /** Memory that is read: nobody has any business reading a vacant frame. */
  readable(address: number, length: number): Uint8Array {
    for (let at = address; at < address + length && this.isFrame(at); at += BASE_BYTES) {
      if (this.frameThere[this.#frameIndex(at)] !== 1) throw new KernelError('a vacant frame is read');
    }
    return this.#span(address, length);
  }

  // False where a page's digest is not the one that was expected.
  #digest(at: number, target: number): boolean {
    const { core } = this;
    const frame = core.word(at + layout.COMMAND_FRAME_AT);
    const count = core.word(at + layout.COMMAND_COUNT_AT);
    for (let i = 0; i < count; i++) {
      const bytes = this.readable(target + i * core.pageSize, core.pageSize);
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, core.pageSize / 4);
      const place = (layout.DIGESTS_AT + (frame + i) * layout.DIGEST_BYTES) >>> 3;
      const before = core.u64[place] ?? 0n;
      core.u64[place] = digestOf(words);
      const expects = ((core.bytes[at + layout.COMMAND_FLAGS_AT] ?? 0) & layout.FLAG_EXPECT) !== 0;
      if (expects && before >= KNOWN && before !== (digestOf(words) | KNOWN)) return false;
    }
    return true;
  }
}

function isMove(op: number): boolean {
  return op === layout.OP_MOVE || op === layout.OP_TAKE;
}

export function outcomeOf(errno: number): number {
  switch (errno) {
    case EEXIST:
      return layout.OUTCOME_PRESENT;
    case EAGAIN:
      return layout.OUTCOME_CHANGING;
    case ENOENT:
      return layout.OUTCOME_GONE;
    case EBUSY:
      return layout.OUTCOME_BUSY;
    default:
      return layout.OUTCOME_FAILED;
  }
}

/** 61 bits of any page. */
export function digestOf(words: Uint32Array): bigint {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    low = Math.imul(low ^ word, 0x01000193);
    if (word !== 0) high = Math.imul((high ^ word) + i, 0x85ebca6b) ^ (high >>> 13);
  }
  return (BigInt((high >>> 0) & 0x1fffffff) << 32n) | BigInt(low >>> 0);
}

// A page as the places and values of its words that are not zero.
function compress(page: Uint8Array, room: number): Uint8Array | undefined {
  const words = new Uint32Array(page.buffer, page.byteOffset, page.length / 4);
  let count = 0;
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) count++;
  const length = 4 + count * 6;
  if (length > room || length >= page.length) return undefined;
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  view.setUint32(0, count, true);
  let at = 4;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 0) continue;
    view.setUint16(at, i, true);
    view.setUint32(at + 2, words[i] ?? 0, true);
    at += 6;
  }
  return packed;
}

function decompress(packed: Uint8Array, into: Uint8Array): boolean {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (packed.length < 4 || view.getUint32(0, true) * 6 + 4 !== packed.length) return false;
  into.fill(0);
  const words = new Uint32Array(into.buffer, into.byteOffset, into.length / 4);
  for (let at = 4, last = -1; at < packed.length; at += 6) {
    const index = view.getUint16(at, true);
    if (index <= last || index >= words.length) return false;
    last = index;
    words[index] = view.getUint32(at + 2, true);
  }
  return true;
}
