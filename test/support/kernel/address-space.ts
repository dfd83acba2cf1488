// An address space of 4 KiB pages under userfaultfd: which pages are there, the threads that wait, the calls that change it.

export const BASE_BYTES = 4096;

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
 * space is changing from before the one until the caller returns after the other (measured on Linux 6.18).
 */
export interface Move {
  start: number;
  end: number;
  /** Where to; undefined: unmapped. */
  to: number | undefined;
  /** An unmapping of the old range is reported after the move: MREMAP_DONTUNMAP leaves that out. */
  unmaps: boolean;
  /** Its event is in the queue. */
  queued: boolean;
  read: boolean;
}

export type Touched = 'there' | 'missing' | 'minor' | 'wp' | 'poisoned' | 'sealed' | 'zeros';

export interface Range {
  start: number;
  end: number;
}

export interface Registered extends Range {
  /** Where the region was registered first: its name. */
  home: number;
  region: number;
  /** Bytes from the region's beginning. */
  offset: number;
  file: boolean;
}

/** Base pages of regions and of frames that are there. */
export class Presence {
  now = 0;
  peak = 0;

  came(): void {
    this.now++;
    if (this.now > this.peak) this.peak = this.now;
  }

  went(): void {
    this.now--;
  }
}

export class AddressSpace {
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
  readonly removals: Removal[] = [];
  readonly waiters = new Set<Waiter>();
  /** Faults whose messages nobody has read. */
  readonly faults: Waiter[] = [];
  readonly presence = new Presence();
  #free: Uint8Array[] = [];
  // A command had found the address space quiet when it began to change.
  #raced = false;

  /** Base pages that are there, of regions and frames. */
  get present(): number {
    return this.presence.now;
  }

  get peak(): number {
    return this.presence.peak;
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
    return this.isRegistered(address) ? 'missing' : 'zeros';
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

  /** The thread continues: its fault leaves the queues. */
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
        else this.presence.went();
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
      this.drop(page);
    }
    this.removals.splice(this.removals.indexOf(removal), 1);
    return true;
  }

  /** Takes a page out of what counts, when its region is no longer the pager's. */
  forget(address: number): void {
    this.drop(Math.floor(address / BASE_BYTES));
  }

  protected drop(page: number): void {
    const bytes = this.pages.get(page);
    if (bytes === undefined) return;
    this.pages.delete(page);
    this.unmapped.delete(page);
    this.protectedPages.delete(page);
    this.#free.push(bytes);
    this.presence.went();
  }

  /** Wakes the threads that wait in a range. A message not read yet may still be read, or not: the caller's choice. */
  wake(start: number, end: number): void {
    for (const waiter of this.waiters) {
      if (waiter.address >= start && waiter.address < end) waiter.woken = true;
    }
  }

  isRegistered(address: number): boolean {
    return this.rangeOf(address) !== undefined;
  }

  rangeOf(address: number): Registered | undefined {
    return this.regions.find(({ start, end }) => address >= start && address < end);
  }

  // By its place in the file: where it is mapped does not matter.
  protected punch(region: number, page: number, length: number, pageSize: number): void {
    const first = page * pageSize;
    for (let at = first; at < first + length; at += BASE_BYTES) {
      const part = this.regions.find(
        (each) => each.region === region && at >= each.offset && at < each.offset + each.end - each.start,
      );
      if (part !== undefined) this.drop((part.start + at - part.offset) / BASE_BYTES);
      else this.#dropOrphan(`${region}:${at / BASE_BYTES}`);
    }
  }

  #dropOrphan(key: string): void {
    if (this.orphans.delete(key)) this.presence.went();
  }

  /** Memory for a base page that is about to be there. */
  protected take(): Uint8Array {
    return this.#free.pop() ?? new Uint8Array(BASE_BYTES);
  }

  /** The base page is there now, with these bytes. */
  protected put(page: number, bytes: Uint8Array): void {
    this.pages.set(page, bytes);
    this.dropped.delete(page);
    this.presence.came();
  }

  /** Whether a command that found the address space quiet meets its change, once. */
  protected metChange(): boolean {
    const raced = this.#raced;
    this.#raced = false;
    return raced;
  }
}
