// Memory of each kind that userfaultfd serves, mapped, shared and released.
import { fstatSync, readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { native } from '../native/native.js';
import { attempt } from './failure.js';
import { door } from './native.js';
import type { Range } from './types.js';
import { detachViews, viewOf } from './view.js';

/** Numbers of linux/mman.h. */
const ADVICE = {
  DONTNEED: 4,
  FREE: 8,
  REMOVE: 9,
  DONTFORK: 10,
  DOFORK: 11,
  HUGEPAGE: 14,
  NOHUGEPAGE: 15,
  COLD: 20,
  PAGEOUT: 21,
  POPULATE_READ: 22,
  POPULATE_WRITE: 23,
  COLLAPSE: 25,
} as const;

/** madvise(2)'s, without MADV_. */
export type Advice = keyof typeof ADVICE;
export type MemoryKind = 'anonymous' | 'shared' | 'huge-anonymous' | 'huge-shared';

const BASE_PAGE = 4096;
const HUGE_PAGE = 2 * 2 ** 20;
const HUGE_POOL = '/sys/kernel/mm/hugepages/hugepages-2048kB';

// native/door/memory.cc has the same.
const PRIVATE = 1;
const HUGE = 2;
const RESERVE = 4;

/** Memory for use with a userfaultfd; creating it touches no page. */
export interface Memory extends Disposable {
  readonly kind: MemoryKind;
  readonly address: bigint;
  /** Bytes. */
  readonly byteLength: number;
  /** 4096, or 2 MiB. */
  readonly pageSize: number;
  /**
   * The bytes at `address`, for up to 4 GiB. Touching an absent page through it blocks the thread: do that in a Worker,
   * with `viewOf(address, byteLength)`. Has length 0 once closed.
   */
  readonly buffer: ArrayBuffer;
  /** For shared kinds: a second mapping of the file, meant to stay unregistered. */
  readonly alias?: { readonly address: bigint; readonly buffer: ArrayBuffer };
  /** For shared kinds: the memfile. */
  readonly fd?: number;
  /** madvise(2) on a part, by default all. If it raises an event it blocks until another thread has read that. */
  advise(advice: Advice, offset?: number, byteLength?: number): void;
  /** mremap(2), to `to` or to an address of the kernel's choice. Closes this object; the alias moves to the new one. */
  remap(newByteLength: number, options?: { to?: bigint }): Memory;
  /** Unmaps, and closes the file. */
  close(): void;
}

interface Parts {
  kind: MemoryKind;
  address: bigint;
  byteLength: number;
  pageSize: number;
  fd?: number;
  alias?: { address: bigint; byteLength: number };
}

class Mapping implements Memory {
  readonly kind: MemoryKind;
  readonly address: bigint;
  readonly byteLength: number;
  readonly pageSize: number;
  readonly fd?: number;
  readonly alias?: { readonly address: bigint; readonly buffer: ArrayBuffer };
  readonly #parts: Parts;
  #buffer: ArrayBuffer | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.kind = parts.kind;
    this.address = parts.address;
    this.byteLength = parts.byteLength;
    this.pageSize = parts.pageSize;
    if (parts.fd !== undefined) this.fd = parts.fd;
    const { alias } = parts;
    if (alias !== undefined) {
      let buffer: ArrayBuffer | undefined;
      this.alias = {
        address: alias.address,
        get buffer() {
          buffer ??= viewOf(alias.address, alias.byteLength);
          return buffer;
        },
      };
    }
  }

  get buffer(): ArrayBuffer {
    if (this.#buffer === undefined) {
      this.#requireOpen();
      this.#buffer = viewOf(this.address, this.byteLength);
    }
    return this.#buffer;
  }

  advise(advice: Advice, offset = 0, byteLength = this.byteLength - offset): void {
    this.#requireOpen();
    if (!Number.isSafeInteger(offset) || offset < 0 || byteLength < 0 || offset + byteLength > this.byteLength) {
      throw new PagerError('OPTION', `bytes ${offset} to ${offset + byteLength} of ${this.byteLength}`, {
        hint: 'give a part of the memory',
      });
    }
    advise({ start: this.address + BigInt(offset), byteLength }, advice);
  }

  remap(newByteLength: number, options: { to?: bigint } = {}): Memory {
    checkOptions('remap', options, { to: 'checked' });
    this.#requireOpen();
    requireLength(newByteLength, this.pageSize);
    const { fd, alias } = this.#parts;
    if (fd !== undefined && newByteLength > this.byteLength && fstatSync(fd).size < newByteLength) {
      attempt('the memfile cannot grow', 'REGION', () => door.resizeFile(fd, newByteLength));
    }
    const address = remap({ start: this.address, byteLength: this.byteLength }, newByteLength, options);
    this.#closed = true;
    detachViews(this.address, this.byteLength);
    const parts: Parts = { ...this.#parts, address, byteLength: newByteLength };
    if (alias !== undefined) {
      const start = alias.byteLength === newByteLength ? alias.address : remapAlias(alias, newByteLength);
      parts.alias = { address: start, byteLength: newByteLength };
    }
    return new Mapping(parts);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { address, byteLength, alias, fd } = this.#parts;
    unmap({ start: address, byteLength });
    if (alias !== undefined) unmap({ start: alias.address, byteLength: alias.byteLength });
    if (fd !== undefined) native().closeFile(fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #requireOpen(): void {
    if (this.#closed) throw new PagerError('CLOSED', 'the memory is closed', { hint: 'make another' });
  }
}

function remapAlias(alias: { address: bigint; byteLength: number }, newByteLength: number): bigint {
  return remap({ start: alias.address, byteLength: alias.byteLength }, newByteLength);
}

function requireLength(byteLength: number, pageSize: number): void {
  if (Number.isSafeInteger(byteLength) && byteLength > 0 && byteLength % pageSize === 0) return;
  throw new PagerError('OPTION', `${byteLength} bytes are not a whole number of pages`, {
    hint: `give a multiple of ${pageSize}`,
  });
}

const ROOM_HINTS = {
  ENOMEM: 'map less, or raise the limits (ulimit -v, sysctl vm.overcommit_memory, vm.max_map_count)',
  EMFILE: 'this process has too many open files: ulimit -n',
} as const;

function hugeHints(byteLength: number): Readonly<Record<string, string>> {
  const pages = byteLength / HUGE_PAGE;
  return {
    ENOMEM: `reserve huge pages as root: echo ${pages} > /proc/sys/vm/nr_hugepages, or more if some are in use`,
  };
}

/**
 * Private anonymous memory.
 * @param byteLength a multiple of 4096
 * @param options align: the address is a multiple of it, a power of two; default 4096
 * @throws PagerError 'OPTION', 'REGION'
 */
export function anonymous(byteLength: number, options: { align?: number } = {}): Memory {
  checkOptions('anonymous', options, { align: 'checked' });
  const { align = 0 } = options;
  requireLength(byteLength, BASE_PAGE);
  if (align !== 0 && (!Number.isSafeInteger(align) || align < BASE_PAGE || !Number.isInteger(Math.log2(align)))) {
    throw new PagerError('OPTION', `align: ${align}`, { hint: 'give a power of two, 4096 or more' });
  }
  const address = attempt('no room', 'REGION', () => door.map(-1, byteLength, align, PRIVATE), ROOM_HINTS);
  return new Mapping({ kind: 'anonymous', address, byteLength, pageSize: BASE_PAGE });
}

/**
 * A memfile (memfd_create(2)) mapped twice: at `address`, and shared at `alias`.
 * @param byteLength a multiple of 4096
 * @param options private: `address` maps it MAP_PRIVATE; default false
 * @throws PagerError 'OPTION', 'REGION'
 */
export function sharedMemory(byteLength: number, options: { private?: boolean } = {}): Memory {
  checkOptions('sharedMemory', options, { private: 'boolean' });
  requireLength(byteLength, BASE_PAGE);
  return mapFile({ kind: 'shared', byteLength, pageSize: BASE_PAGE, flags: flagsOf(options), hints: ROOM_HINTS });
}

/**
 * Pages of 2 MiB, from the pool that /proc/sys/vm/nr_hugepages reserves: anonymous, or a memfile mapped twice.
 * @param byteLength a multiple of 2 MiB
 * @param options shared, private (MAP_PRIVATE of the file), reserve (take the pages out of the pool now, else a fill
 * fails with ENOMEM when there is none); all default to false
 * @throws PagerError 'OPTION'; 'REGION' if the pool is empty, or with `reserve` too small
 */
export function hugePages(
  byteLength: number,
  options: { shared?: boolean; private?: boolean; reserve?: boolean } = {},
): Memory {
  checkOptions('hugePages', options, { shared: 'boolean', private: 'boolean', reserve: 'boolean' });
  requireLength(byteLength, HUGE_PAGE);
  requirePool(byteLength);
  const hints = hugeHints(byteLength);
  const flags = flagsOf(options) | HUGE | (options.reserve === true ? RESERVE : 0);
  if (options.shared === true || options.private === true) {
    return mapFile({ kind: 'huge-shared', byteLength, pageSize: HUGE_PAGE, flags, hints });
  }
  const address = attempt('no huge pages', 'REGION', () => door.map(-1, byteLength, 0, flags | PRIVATE), hints);
  return new Mapping({ kind: 'huge-anonymous', address, byteLength, pageSize: HUGE_PAGE });
}

function flagsOf(options: { private?: boolean }): number {
  return options.private === true ? PRIVATE : 0;
}

function requirePool(byteLength: number): void {
  const read = (name: string) => Number(readFileSync(`${HUGE_POOL}/${name}`, 'utf8'));
  const total = attempt('this kernel has no huge pages of 2 MiB', 'UNSUPPORTED', () => {
    return read('nr_hugepages') + read('nr_overcommit_hugepages');
  });
  if (total > 0) return;
  throw new PagerError('REGION', 'no huge page is reserved', {
    errno: 'ENOMEM',
    syscall: 'mmap',
    hint: hugeHints(byteLength)['ENOMEM'],
  });
}

interface FileOptions {
  kind: MemoryKind;
  byteLength: number;
  pageSize: number;
  flags: number;
  hints: Readonly<Record<string, string>>;
}

function mapFile({ kind, byteLength, pageSize, flags, hints }: FileOptions): Memory {
  const fd = attempt('no memfile', 'REGION', () => door.memoryFile(byteLength, (flags & HUGE) !== 0), hints);
  let address: bigint | undefined;
  try {
    address = attempt('no room', 'REGION', () => door.map(fd, byteLength, 0, flags), hints);
    const alias = attempt('no room', 'REGION', () => door.map(fd, byteLength, 0, flags & RESERVE), hints);
    return new Mapping({ kind, address, byteLength, pageSize, fd, alias: { address: alias, byteLength } });
  } catch (error) {
    if (address !== undefined) door.unmap(address, byteLength);
    native().closeFile(fd);
    throw error;
  }
}

/**
 * A memfile mapped again: another process's, received over a socket. The caller closes the descriptor;
 * the mapping does not need it.
 * @param options private: MAP_PRIVATE, default false; pageSize: default as the file has it
 * @throws PagerError 'OPTION', 'REGION'
 */
export function mapDescriptor(
  fd: number,
  byteLength: number,
  options: { private?: boolean; pageSize?: number } = {},
): Memory {
  checkOptions('mapDescriptor', options, { private: 'boolean', pageSize: 'checked' });
  const status = attempt(`descriptor ${fd} cannot be mapped`, 'REGION', () => fstatSync(fd));
  const huge = status.blksize === HUGE_PAGE;
  const { pageSize = huge ? HUGE_PAGE : BASE_PAGE } = options;
  requireLength(byteLength, pageSize);
  const address = attempt(`descriptor ${fd} cannot be mapped`, 'REGION', () =>
    door.map(fd, byteLength, 0, flagsOf(options)),
  );
  return new Mapping({ kind: huge ? 'huge-shared' : 'shared', address, byteLength, pageSize });
}

/**
 * madvise(2) on any range of this process, farpage's regions included. If a userfaultfd requested the event, it blocks
 * until another thread has read that.
 * @throws PagerError 'OPTION', 'REGION' (EINVAL, ENOMEM, EBUSY …)
 */
export function advise(range: Range, advice: Advice): void {
  const number = ADVICE[advice];
  if (number === undefined) {
    throw new PagerError('OPTION', `no advice '${advice}'`, { hint: `one of ${Object.keys(ADVICE).join(', ')}` });
  }
  attempt('the advice was not taken', 'REGION', () => door.advise(range.start, range.byteLength, number, advice), {
    EINVAL: 'the range must be whole pages of memory that takes this advice',
  });
}

/**
 * munmap(2) on any range of this process. This thread's buffers over a part of it (`viewOf`) have length 0 afterwards. The
 * addresses of a region stay reserved (PROT_NONE) until the region is closed.
 * @throws PagerError 'REGION'
 */
export function unmap(range: Range): void {
  detachViews(range.start, range.byteLength);
  attempt('the range cannot be unmapped', 'REGION', () => door.unmap(range.start, range.byteLength));
}

/**
 * mremap(2) on any range of this process, to `to` or to an address of the kernel's choice. This thread's buffers over a part of
 * the range, and of what was at `to`, have length 0 afterwards.
 * @returns its new address
 * @throws PagerError 'REGION' (EINVAL, EFAULT, ENOMEM), 'UNSUPPORTED' (EOPNOTSUPP: memory of a region of engine 'trap')
 */
export function remap(range: Range, newByteLength: number, options: { to?: bigint } = {}): bigint {
  checkOptions('remap', options, { to: 'checked' });
  const { start, byteLength } = range;
  const { to = 0n } = options;
  const address = attempt(
    'the range cannot be moved',
    'REGION',
    () => door.remap(start, byteLength, newByteLength, to),
    {
      ENOMEM: ROOM_HINTS.ENOMEM,
      EOPNOTSUPP: "a region of engine 'trap' cannot be moved: copy it, or use engine 'userfaultfd'",
    },
  );
  detachViews(start, byteLength);
  detachViews(address, newByteLength);
  return address;
}
