// A node's pages in its memory: carries out what the machine asks of the page table. The region is a memfile mapped twice; threads touch
// the registered mapping, this thread reads the alias, and only where a page is present.
import { fstatSync, readlinkSync } from 'node:fs';
import {
  DO_DISCARD,
  DO_FORGET,
  DO_INSTALL,
  DO_INSTALL_SAVED,
  DO_INSTALL_WRITABLE,
  DO_POISON,
  DO_PROTECT,
  DO_SAVE,
  DO_UNPROTECT,
  DO_WAKE,
  DO_ZAP,
} from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { guardMemory } from '../userfaultfd/guard.js';
import { addressOf, advise, pageFlags, type Result, Userfaultfd, viewOf } from '../userfaultfd/index.js';
import type { Operation } from './machine.js';
import { PAGE_BYTES } from './message.js';
import { runsOf } from './requests.js';
import { retried, type ViewedNode, Views } from './views.js';

/** After these the page is there. */
const SERVES: ReadonlySet<number> = new Set([DO_INSTALL, DO_INSTALL_WRITABLE, DO_INSTALL_SAVED, DO_UNPROTECT, DO_WAKE]);

const WITH_PROTECTION = { writeProtect: true } as const;

interface Place {
  address: bigint;
  alias: bigint;
  /** The memfile that both map. */
  file: number;
  pages: number;
}

/** True if it is page `number`, and lies `count` pages after `first` in one buffer. */
function follows(
  next: { page: number; bytes: Buffer | null } | undefined,
  number: number,
  first: Buffer,
  count: number,
): boolean {
  if (next === undefined || next.bytes === null || next.page !== number) return false;
  return next.bytes.buffer === first.buffer && next.bytes.byteOffset === first.byteOffset + count * PAGE_BYTES;
}

/** Milliseconds between two checks that the userfaultfd is still this node's: no fault tells if other code has closed it. */
const OPEN_CHECK_MS = 250;

export class NodePages {
  readonly uffd: Userfaultfd;
  /** The same pages in attached processes. */
  readonly views: Views;
  readonly #inode: number;
  readonly #address: bigint;
  readonly #byteLength: number;
  readonly #alias: Buffer;
  readonly #saved = new Map<number, Buffer>();
  /** Bytes of a message lie in the receive buffer; the kernel copies from here. */
  readonly #staging = Buffer.alloc(PAGE_BYTES);
  readonly #stagingAddress: bigint;
  #openCheck: NodeJS.Timeout | undefined;

  /** @throws PagerError 'UNSUPPORTED', 'PERMISSION', 'REGION' */
  constructor({ address, alias, file, pages }: Place, node: ViewedNode) {
    this.views = new Views(node);
    this.#address = address;
    this.#byteLength = pages * PAGE_BYTES;
    this.#alias = Buffer.from(viewOf(alias, this.#byteLength));
    this.#stagingAddress = addressOf(this.#staging);
    const features = ['PAGEFAULT_FLAG_WP', 'MISSING_SHMEM', 'WP_HUGETLBFS_SHMEM', 'POISON'] as const;
    this.uffd = new Userfaultfd({ features: [...features] });
    this.#inode = fstatSync(this.uffd.fd).ino;
    guardMemory(this.uffd, file, { start: address, byteLength: this.#byteLength });
    this.uffd.register({ start: address, byteLength: this.#byteLength }, { missing: true, wp: true });
  }

  pageAt(address: bigint): number {
    return Number((address - this.#address) / BigInt(PAGE_BYTES));
  }

  isPresent(page: number): boolean {
    const [flags] = pageFlags({ start: this.#startOf(page), byteLength: PAGE_BYTES });
    // Not `swapped`: that is also what a page that was protected and removed leaves in the page table.
    return flags?.present === true;
  }

  /** A 4-byte word of a page that is present. @throws PagerError 'CLOSED' */
  word(byteOffset: number): number {
    this.#requireOpen();
    return this.#alias.readInt32LE(byteOffset);
  }

  /** The bytes of a page that cannot be written: a copy, since the page may leave before they are sent. @throws PagerError 'CLOSED' */
  bytes(page: number): Buffer {
    this.#requireOpen();
    const saved = this.#saved.get(page);
    return saved ?? Buffer.from(this.#alias.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
  }

  /** @param arrived the bytes of the message that the machine answers */
  run({ kind, page }: Operation, arrived: Buffer | null): void {
    const start = this.#startOf(page);
    if (kind === DO_INSTALL || kind === DO_INSTALL_WRITABLE) this.#install(start, arrived, kind === DO_INSTALL);
    else if (kind === DO_INSTALL_SAVED) this.#install(start, this.#saved.get(page) ?? null, false);
    else if (kind === DO_PROTECT) this.#protect(page);
    else if (kind === DO_UNPROTECT) this.#demand(() => this.uffd.writeProtect(start, PAGE_BYTES, { on: false }));
    else if (kind === DO_SAVE) this.#save(page, start);
    else if (kind === DO_ZAP) this.#punch(start);
    else if (kind === DO_FORGET) this.#saved.delete(page);
    else if (kind === DO_DISCARD) this.#discard(page, start);
    else if (kind === DO_WAKE) this.#demand(() => this.uffd.wake(start, PAGE_BYTES));
    else if (kind === DO_POISON) this.poison(page);
    if (SERVES.has(kind)) this.views.serve(page);
  }

  /** Installs pages of one packet, write-protected: by one call if they follow each other in it and in the region. */
  installAll(pages: ReadonlyArray<{ page: number; bytes: Buffer | null }>): void {
    for (let at = 0; at < pages.length; ) {
      const { page: first, bytes } = pages[at] ?? { page: 0, bytes: null };
      if (bytes === null) throw new PagerError('INTERNAL', 'a page is to be installed without its bytes');
      let count = 1;
      while (follows(pages[at + count], first + count, bytes, count)) count++;
      const [start, from] = [this.#startOf(first), addressOf(bytes)];
      let done = 0;
      this.#demand(() => {
        const result = this.uffd.copy(
          start + BigInt(done),
          from + BigInt(done),
          count * PAGE_BYTES - done,
          WITH_PROTECTION,
        );
        done += result.bytes;
        return result;
      });
      for (let page = first; page < first + count; page++) this.views.serve(page);
      at += count;
    }
  }

  /** A touch is SIGBUS, unless the page is present. */
  poison(page: number): void {
    const start = this.#startOf(page);
    const poison = () => retried(() => this.uffd.poison(start, PAGE_BYTES));
    if (poison().outcome !== 'done' && !this.isPresent(page)) {
      // A page that was protected and punched has left a mark in the page table, over which the kernel poisons nothing.
      retried(() => this.uffd.writeProtect(start, PAGE_BYTES, { on: false }));
      poison();
    }
    this.uffd.wake(start, PAGE_BYTES);
    this.views.poison(page);
  }

  /** Saves and punches pages, each list in ascending order: neighbours together. */
  unmap(saved: readonly number[], dropped: readonly number[]): void {
    for (const [first, count] of runsOf(saved)) {
      this.#protect(first, count);
      const bytes = Buffer.from(this.#alias.subarray(first * PAGE_BYTES, (first + count) * PAGE_BYTES));
      for (let n = 0; n < count; n++) this.#saved.set(first + n, bytes.subarray(n * PAGE_BYTES, (n + 1) * PAGE_BYTES));
    }
    for (const [first, count] of runsOf([...saved, ...dropped].sort((one, other) => one - other))) {
      this.#punch(this.#startOf(first), count * PAGE_BYTES);
    }
  }

  /** No page is there any more, and each touch is SIGBUS, also by threads that wait. Idempotent. */
  close(): void {
    clearInterval(this.#openCheck);
    this.uffd.close();
    this.views.close();
  }

  /** Calls back if other code closes the descriptor. */
  checkOpen(closed: () => void): void {
    this.#openCheck = setInterval(() => {
      if (!this.#isOpen()) closed();
    }, OPEN_CHECK_MS);
  }

  /** False: other code has closed the descriptor, and its number may be another file's. */
  #isOpen(): boolean {
    try {
      const { fd } = this.uffd;
      return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[userfaultfd]' && fstatSync(fd).ino === this.#inode;
    } catch {
      return false;
    }
  }

  /** This thread would get the SIGBUS too. */
  #requireOpen(): void {
    if (this.uffd.fd < 0) throw new PagerError('CLOSED', 'the pages of the shared region are removed');
  }

  #install(start: bigint, bytes: Buffer | null, writeProtect: boolean): void {
    if (bytes === null) throw new PagerError('INTERNAL', 'a page is to be installed without its bytes');
    bytes.copy(this.#staging);
    this.#demand(() => this.uffd.copy(start, this.#stagingAddress, PAGE_BYTES, { writeProtect }));
  }

  /** Returns when no CPU can write to the pages any more, in any process. */
  #protect(first: number, count = 1): void {
    this.#demand(() => this.uffd.writeProtect(this.#startOf(first), count * PAGE_BYTES));
    this.views.protect(first, count);
  }

  #save(page: number, start: bigint): void {
    this.#protect(page);
    this.#saved.set(page, this.bytes(page));
    this.#punch(start);
  }

  /** A thread that waits for the page touches it again. */
  #discard(page: number, start: bigint): void {
    this.#saved.delete(page);
    this.#punch(start);
    this.#demand(() => this.uffd.wake(start, PAGE_BYTES));
    this.views.wake(page);
  }

  /** Returns when no CPU can reach the page any more, in any process. */
  #punch(start: bigint, byteLength = PAGE_BYTES): void {
    advise({ start, byteLength }, 'REMOVE');
  }

  #startOf(page: number): bigint {
    return this.#address + BigInt(page * PAGE_BYTES);
  }

  #demand(call: () => Result): void {
    const { outcome, errno } = retried(call);
    if (outcome === 'done') return;
    throw new PagerError('INTERNAL', `a shared page was not as this node left it: ${outcome}`, { errno });
  }
}
