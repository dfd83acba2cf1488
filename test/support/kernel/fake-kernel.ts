// The kernel and native/engine/command.cc, simulated: an address space in pages of 4 KiB that are there or not, userfaultfd's
// ioctls over it with their errors, its queue of messages, and the command ring run exactly as the shim runs it.
import { FEED_FIRST, FEED_FRAMES, FLAG_DIGEST, FLAG_EXPECT, FLAG_LINK } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import type { CoreMachine } from '../world/core-machine.js';
import { AddressSpace, BASE_BYTES } from './address-space.js';
import { EAGAIN, EEXIST, EFAULT, EILSEQ, EINVAL, ENOENT, ENOMEM, ENOSYS, outcomeOf } from './errnos.js';
import { type FakeFile, readFakeFile } from './fake-file.js';
import { type Mischief, NO_MISCHIEF } from './mischief.js';
import { KernelError, OwnMemory } from './own-memory.js';
import { compress, decompress, digestOf, KNOWN } from './page-codec.js';
import type { Parked } from './parked.js';

/** Past the end of what a process can have. */
const TASK_END = 2 ** 47;

export class FakeKernel extends AddressSpace {
  readonly files = new Map<number, FakeFile>();
  readonly own: OwnMemory;
  now = 1_000_000_000;
  executed = 0;
  /** Set if faulting threads serve themselves. */
  parked: Parked | undefined;

  constructor(
    readonly core: CoreMachine,
    public mischief: Mischief = NO_MISCHIEF,
  ) {
    super();
    this.own = new OwnMemory(core, this.presence);
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
      if ((flags & FLAG_LINK) === 0) chain = true;
      this.mischief.between?.();
      if (chain) {
        const outcome = this.#run(at, flags);
        this.#wakeParked(at);
        if (outcome !== layout.OUTCOME_DONE) chain = false;
      } else {
        this.core.answer(at, layout.OUTCOME_SKIPPED, 0, 0);
      }
    }
    core.put(layout.COMMAND_DONE_AT, done);
    this.executed += ran;
    this.pass(this.mischief.time());
    return ran;
  }

  #wakeParked(at: number): void {
    if (this.parked === undefined) return;
    const { core } = this;
    const field = (offset: number) => core.number(at + offset);
    const [target, source] = [field(layout.COMMAND_TARGET_AT), field(layout.COMMAND_SOURCE_AT)];
    this.parked.ran(core.bytes[at] ?? 0, target, source, field(layout.COMMAND_LENGTH_AT));
  }

  override unregisterRegion(address: number): void {
    super.unregisterRegion(address);
    this.parked?.wakeAll();
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
        return this.core.answer(at, errno === 0 ? layout.OUTCOME_DONE : outcomeOf(errno), errno, 0);
      }
      case layout.OP_PUNCH:
        this.punch(
          core.word(at + layout.COMMAND_REGION_AT),
          core.word(at + layout.COMMAND_PAGE_AT),
          length,
          core.pageSize,
        );
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_UNPROTECT: {
        const errno = this.changing ? EAGAIN : this.isRegistered(target) ? 0 : ENOENT;
        if (errno !== 0) return this.core.answer(at, outcomeOf(errno), errno, 0);
        for (let page = target; page < target + length; page += BASE_BYTES)
          this.protectedPages.delete(page / BASE_BYTES);
        this.wake(target, target + length);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      }
      case layout.OP_PROTECT: {
        const errno = this.#protect(op, target, length);
        return this.core.answer(at, errno === 0 ? layout.OUTCOME_DONE : outcomeOf(errno), errno, 0);
      }
      case layout.OP_SAVE:
        return this.#save(at, target, source, length);
      case layout.OP_WAKE:
        this.wake(target, target + length);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_FEED:
        return this.#feed(at, fd, target, source, length);
      case layout.OP_MATCH: {
        const piece = new Uint8Array(length);
        const errno = this.#readFile(fd, source, piece, core.number(at + layout.COMMAND_NEEDED_AT));
        if (errno !== 0) return this.core.answer(at, layout.OUTCOME_FAILED, errno, -1);
        const equal = Buffer.compare(piece, this.own.readable(target, length)) === 0;
        return this.core.answer(at, equal ? layout.OUTCOME_DONE : layout.OUTCOME_NO_FIT, 0, 0);
      }
      case layout.OP_READ_FILE: {
        const needed = core.number(at + layout.COMMAND_NEEDED_AT);
        const errno = this.#readFile(fd, source, this.own.writable(target, length), needed);
        if (errno !== 0) return this.core.answer(at, layout.OUTCOME_FAILED, errno, -1);
        if ((flags & FLAG_DIGEST) !== 0 && !this.#digest(at, target)) {
          return this.core.answer(at, layout.OUTCOME_FAILED, EILSEQ, -1);
        }
        return this.core.answer(at, layout.OUTCOME_DONE, 0, Math.min(length, needed));
      }
      case layout.OP_WRITE_FILE: {
        const errno = this.mischief.file(fd, true, source, length);
        if (errno !== 0) return this.core.answer(at, layout.OUTCOME_FAILED, errno, -1);
        this.file(fd).write(source, this.own.readable(target, length));
        return this.core.answer(at, layout.OUTCOME_DONE, 0, length);
      }
      case layout.OP_COMPRESS: {
        const packed = compress(this.own.readable(source, core.pageSize), length);
        if (packed === undefined) return this.core.answer(at, layout.OUTCOME_NO_FIT, 0, 0);
        this.own.writable(target, packed.length).set(packed);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, packed.length);
      }
      case layout.OP_DECOMPRESS: {
        const into = this.own.writable(target, core.pageSize);
        const from = this.own.readable(source, length);
        if (length === core.pageSize) into.set(from);
        else if (!decompress(from, into)) return this.core.answer(at, layout.OUTCOME_FAILED, EILSEQ, -1);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, core.pageSize);
      }
      case layout.OP_COPY_BYTES:
        this.own.writable(target, length).set(this.own.readable(source, length));
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_DIGEST:
        this.#digest(at, target);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_ZERO_BYTES:
        this.own.writable(target, length).fill(0);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_RELEASE:
        if (target < this.own.arena.start || target + length > this.own.arena.end)
          throw new KernelError('released what is not an arena');
        this.own.writable(target, length).fill(0);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      case layout.OP_VACATE:
        this.own.vacate(target, length);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, length);
      case layout.OP_SEAL:
        if (target >= TASK_END) return this.core.answer(at, layout.OUTCOME_FAILED, ENOMEM, -1);
        if (!this.isRegistered(target)) throw new KernelError('memory that is not a region is sealed');
        for (let page = target; page < target + length; page += BASE_BYTES) this.sealed.add(page / BASE_BYTES);
        return this.core.answer(at, layout.OUTCOME_DONE, 0, 0);
      default:
        return this.core.answer(at, layout.OUTCOME_FAILED, ENOSYS, -1);
    }
  }

  #readFile(fd: number, offset: number, into: Uint8Array, must: number): number {
    const errno = this.mischief.file(fd, false, offset, into.length);
    return errno !== 0 ? errno : readFakeFile(this.file(fd), offset, into, must);
  }

  // As `feed` of native/engine/command.cc.
  #feed(at: number, fd: number, target: number, source: number, length: number): number {
    const { core } = this;
    const first = core.word(layout.FRAME_DATA_AT) + core.word(at + layout.COMMAND_FRAME_AT) * core.pageSize;
    const frames = core.number(layout.CORE_ADDRESS_AT) + first;
    const needed = core.number(at + layout.COMMAND_NEEDED_AT);
    for (let done = 0, bytes = 0; done < length; done += bytes) {
      bytes = Math.min((done === 0 ? FEED_FIRST : FEED_FRAMES) * core.pageSize, length - done);
      const into = this.own.writable(frames, bytes);
      const errno = this.#readFile(fd, source + done, into, Math.max(0, needed - done));
      if (errno !== 0) return core.answer(at, layout.OUTCOME_SKIPPED, errno, done);
      const outcome = this.#fill(at, layout.OP_COPY, target + done, frames, bytes);
      const filled = core.number(at + layout.COMMAND_BYTES_DONE_AT);
      if (outcome !== layout.OUTCOME_DONE) {
        return core.answer(at, outcome, core.word(at + layout.COMMAND_ERRNO_AT), done + filled);
      }
    }
    return core.answer(at, layout.OUTCOME_DONE, 0, length);
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
      return this.core.answer(at, outcomeOf(errno), errno, done - inside);
    }
    if (op !== layout.OP_POISON) this.wake(target, target + length);
    return this.core.answer(at, layout.OUTCOME_DONE, 0, length);
  }

  // Absent pages of anonymous memory stay without: the thread that gets them filled can write at once.
  #protect(op: number, target: number, length: number): number {
    if (this.changing) return EAGAIN;
    const odd = this.mischief.pass?.(op) ?? 0;
    if (odd !== 0) return odd;
    for (let at = target; at < target + length; at += BASE_BYTES) if (!this.isRegistered(at)) return ENOENT;
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
      this.own.writable(target + done, BASE_BYTES).set(bytes);
    }
    if (done === length) return this.core.answer(at, layout.OUTCOME_DONE, 0, done);
    return this.core.answer(at, layout.OUTCOME_FAILED, odd === 0 ? EFAULT : odd, done);
  }

  #continue(target: number, length: number): number {
    if (this.changing) return EAGAIN;
    if (!this.isRegistered(target)) return ENOENT;
    let mapped = 0;
    for (let page = target / BASE_BYTES; page < (target + length) / BASE_BYTES; page++) {
      if (this.unmapped.delete(page)) mapped++;
      else if (!this.pages.has(page)) return EFAULT;
    }
    return mapped > 0 ? 0 : EEXIST;
  }

  #moveBack(target: number, source: number): void {
    const bytes = new Uint8Array(BASE_BYTES);
    if (this.own.isFrame(target)) {
      bytes.set(this.own.readable(target, BASE_BYTES));
      this.own.vacate(target, BASE_BYTES);
      this.put(source / BASE_BYTES, bytes);
      return;
    }
    bytes.set(this.pages.get(target / BASE_BYTES) ?? bytes);
    this.drop(target / BASE_BYTES);
    this.own.writable(source, BASE_BYTES).set(bytes);
  }

  // Trouble strikes at the first base page of a page: what strikes later, the shim undoes or sits out.
  #fillPage(op: number, target: number, source: number, first: boolean): number {
    // The shim tries a poisoning until it is done, and reads the event meanwhile.
    const toFrame = this.own.isFrame(target);
    const inRegion = toFrame ? source : target;
    if (inRegion >= TASK_END) return EINVAL;
    if (this.changing && op !== layout.OP_POISON) {
      return this.metChange() && !this.isRegistered(inRegion) ? ENOENT : EAGAIN;
    }
    const file = toFrame && this.rangeOf(source)?.file === true;
    if (file && first) this.mischief.victim?.(source);
    const odd = first ? this.mischief.page(op, toFrame) : 0;
    if (odd === EAGAIN && file && this.mischief.protection?.() === true && this.pages.has(source / BASE_BYTES)) {
      this.protectedPages.add(source / BASE_BYTES);
    }
    if (odd !== 0) return odd;
    if (!toFrame && !this.isRegistered(target)) return ENOENT;
    const page = target / BASE_BYTES;
    if (toFrame) {
      if (op !== layout.OP_TAKE) throw new KernelError('only victims come into frames');
      if (this.own.hasFrame(target)) return EEXIST;
      const bytes = this.pages.get(source / BASE_BYTES);
      if (bytes === undefined) return ENOENT;
      this.drop(source / BASE_BYTES);
      this.own.writable(target, BASE_BYTES).set(bytes);
      return 0;
    }
    if (this.pages.has(page) || this.poisoned.has(page)) return EEXIST;
    if (op === layout.OP_POISON) {
      this.poisoned.add(page);
      return 0;
    }
    if (op === layout.OP_MOVE) {
      if (!this.own.isFrame(source)) throw new KernelError('only frames go into regions');
      if (!this.own.hasFrame(source)) return ENOENT;
    }
    const bytes = this.take();
    if (op === layout.OP_ZEROPAGE) bytes.fill(0);
    else bytes.set(this.own.readable(source, BASE_BYTES));
    if (op === layout.OP_MOVE) this.own.vacate(source, BASE_BYTES);
    this.put(page, bytes);
    return 0;
  }

  file(fd: number): FakeFile {
    const file = this.files.get(fd);
    if (file === undefined) throw new KernelError(`no file ${fd}`);
    return file;
  }

  // False where a page's digest is not the one that was expected.
  #digest(at: number, target: number): boolean {
    const { core } = this;
    const frame = core.word(at + layout.COMMAND_FRAME_AT);
    const count = core.word(at + layout.COMMAND_COUNT_AT);
    for (let i = 0; i < count; i++) {
      const bytes = this.own.readable(target + i * core.pageSize, core.pageSize);
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, core.pageSize / 4);
      const place = (layout.DIGESTS_AT + (frame + i) * layout.DIGEST_BYTES) >>> 3;
      const before = core.u64[place] ?? 0n;
      core.u64[place] = digestOf(words);
      const expects = ((core.bytes[at + layout.COMMAND_FLAGS_AT] ?? 0) & FLAG_EXPECT) !== 0;
      if (expects && before >= KNOWN && before !== (digestOf(words) | KNOWN)) return false;
    }
    return true;
  }
}

function isMove(op: number): boolean {
  return op === layout.OP_MOVE || op === layout.OP_TAKE;
}
