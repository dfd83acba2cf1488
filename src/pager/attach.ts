// Attaches to a region that another process's pager serves. See share.ts for the pager's side.
import { fstatSync } from 'node:fs';
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { type AttachedWatch, native } from '../native/native.js';
import type { DescriptorSocket, Userfaultfd } from '../userfaultfd/index.js';
import { checkOffer, encode, next, type Offer, VERSION } from '../wire/attach.js';
import { layOver, type RegionMemory, viewIn } from './memory.js';

/** A region that another process's pager serves. Any thread may touch it; absent pages are then loaded. */
export interface AttachedRegion extends AsyncDisposable {
  /** Bytes: as the pager's process mapped it. */
  readonly byteLength: number;
  readonly pageSize: number;
  /** Its address in this process. */
  readonly address: bigint;
  /**
   * The region's bytes, the same that the pager's process and every other one sees; Atomics work across processes.
   * WebAssembly rounds its length up to 64 KiB: what lies past `byteLength` is ordinary memory of this process.
   * @throws PagerError 'REGION' over 4 GiB, 'CLOSED'
   */
  readonly buffer: SharedArrayBuffer;
  /**
   * A typed array over part of the region.
   * @param byteOffset default 0
   * @param length in elements; default: to the end of the region
   * @throws PagerError 'REGION' out of bounds, 'CLOSED'
   */
  view<T extends ArrayBufferView>(
    type: new (b: ArrayBufferLike, o?: number, n?: number) => T,
    byteOffset?: number,
    length?: number,
  ): T;
  /**
   * Detaches the region from this process; other processes keep it. Buffers and views of it must not be touched any more:
   * that is SIGSEGV, also for a thread that is blocked on a page. Idempotent.
   */
  close(): Promise<void>;
}

const FEATURES = ['PAGEFAULT_FLAG_WP', 'POISON', 'WP_HUGETLBFS_SHMEM'] as const;

/**
 * Attaches to the region that `shareRegion` shares at this path. After the pager's process closes the region, resident
 * pages stay readable, and a touch of another page that had content gets SIGBUS. If the pager ends without closing it,
 * this process ends at its next touch of an absent page, with code 70 and one line on standard error.
 * @throws (rejects) PagerError 'OPTION' (no process listens there: ENOENT, ECONNREFUSED; EACCES), 'PERMISSION' or
 * 'UNSUPPORTED' (no userfaultfd here; or the pager says so), 'REGION' (no room), 'PROTOCOL', 'CLOSED'
 */
export async function attachRegion(path: string, options: SignalOptions = {}): Promise<AttachedRegion> {
  checkOptions('attachRegion', options, SIGNAL_OPTIONS);
  const { signal } = options;
  throwIfEnded(signal, 'attachRegion');
  // Not imported above: it loads the addon at once.
  const { DescriptorSocket } = await import('../userfaultfd/index.js');
  const late = (made: { close(): unknown }) => void made.close();
  const socket = await unlessEnded(signal, 'attachRegion', DescriptorSocket.connect(path), late);
  try {
    return await unlessEnded(signal, 'attachRegion', attach(socket), late);
  } finally {
    // The attached-watch has its own duplicate.
    socket.close();
  }
}

async function attach(socket: DescriptorSocket): Promise<AttachedRegion> {
  const { offer, file } = await receiveOffer(socket);
  const { byteLength, huge } = offer;
  const memory = layOver(native(), file, byteLength, huge);
  const { Userfaultfd } = await import('../userfaultfd/index.js');
  let userfaultfd: Userfaultfd | undefined;
  try {
    const pages = huge ? 'MISSING_HUGETLBFS' : 'MISSING_SHMEM';
    userfaultfd = new Userfaultfd({ features: [...FEATURES, pages] });
    userfaultfd.register({ start: memory.address, byteLength }, { missing: true, wp: true });
    const answer = { version: VERSION, base: `0x${memory.address.toString(16)}` };
    await socket.send(encode(answer), [userfaultfd.fd]);
    const { message } = await next(socket, 0);
    if (message['attached'] !== true) throw new PagerError('PROTOCOL', 'the pager neither agrees nor refuses');
    const watch = native().startAttachedWatch(userfaultfd.fd, socket.fd, memory.address, byteLength);
    return new Attached(memory, offer.pageSize, userfaultfd, watch);
  } catch (error) {
    // No caller has the memory yet.
    userfaultfd?.close();
    memory.release(0);
    throw error;
  }
}

async function receiveOffer(socket: DescriptorSocket): Promise<{ offer: Offer; file: number }> {
  const { message, descriptors } = await next(socket, 1);
  const [file = -1] = descriptors;
  try {
    return { offer: checkOffer(message, fstatSync(file).size), file };
  } catch (error) {
    native().closeFile(file);
    throw error;
  }
}

class Attached implements AttachedRegion {
  readonly byteLength: number;
  readonly pageSize: number;
  readonly #memory: RegionMemory;
  readonly #userfaultfd: Userfaultfd;
  readonly #watch: AttachedWatch;
  #closed = false;

  constructor(memory: RegionMemory, pageSize: number, userfaultfd: Userfaultfd, watch: AttachedWatch) {
    this.byteLength = memory.byteLength;
    this.pageSize = pageSize;
    this.#memory = memory;
    this.#userfaultfd = userfaultfd;
    this.#watch = watch;
  }

  get address(): bigint {
    return this.#memory.address;
  }

  get buffer(): SharedArrayBuffer {
    this.#requireOpen();
    return this.#memory.buffer();
  }

  view<T extends ArrayBufferView>(
    type: new (b: ArrayBufferLike, o?: number, n?: number) => T,
    byteOffset = 0,
    length?: number,
  ): T {
    this.#requireOpen();
    return viewIn(this.#memory, type, byteOffset, length);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    native().stopAttachedWatch(this.#watch);
    this.#closed = true;
    this.#userfaultfd.close();
    this.#memory.release(0);
  }

  #requireOpen(): void {
    if (this.#closed) throw new PagerError('CLOSED', 'the region is closed', { hint: 'attach to it again' });
  }
}
