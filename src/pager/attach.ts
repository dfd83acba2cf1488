// Attaches to a region that another process's pager or node serves. See share.ts for the other side.
import { fstatSync } from 'node:fs';
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { native } from '../native/native.js';
import type { DescriptorSocket, Userfaultfd } from '../userfaultfd/index.js';
import { checkOffer, encode, NODE_VERSION, next, type Offer, ownClock } from '../wire/attach.js';
import { layOver, type RegionMemory, viewIn } from './memory.js';

/** A region that another process's pager or node serves. Any thread may touch it; absent pages are then loaded. */
export interface AttachedRegion extends AsyncDisposable {
  /** Bytes: as the other process mapped it. */
  readonly byteLength: number;
  readonly pageSize: number;
  /** Its address in this process. */
  readonly address: bigint;
  /**
   * The region's bytes, the same that the other process and every attached one sees; Atomics work across processes.
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

/** Attached to nodes. The watch changes their mappings, so these must not be collected before they are closed. */
const attachedToNodes = new Set<Attached>();

/**
 * Attaches to the region that `shareRegion` shares at this path. After the pager's process closes the region, resident
 * pages stay readable, and a touch of another page that had content gets SIGBUS. If the pager ends without closing it,
 * this process ends at its next touch of an absent page, with code 70 and one line on standard error.
 *
 * A region that a process has joined (`pager.join`) is used under the lease of its node: while that may have ended, threads wait here. Once
 * the node has closed the region, is fenced or has ended, each touch is SIGBUS, also by threads that wait. The thread that attaches must
 * live as long as the region is used.
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
  const { offer, files } = await receiveOffer(socket);
  const { byteLength, huge } = offer;
  const [file = -1, times = -1] = files;
  let memory: RegionMemory | undefined;
  let userfaultfd: Userfaultfd | undefined;
  try {
    const isNode = offer.version === NODE_VERSION;
    memory = layOver(native(), file, byteLength, huge);
    const { address } = memory;
    const { Userfaultfd } = await import('../userfaultfd/index.js');
    const pages = huge ? 'MISSING_HUGETLBFS' : 'MISSING_SHMEM';
    userfaultfd = new Userfaultfd({ features: isNode ? [...FEATURES, pages, 'MINOR_SHMEM'] : [...FEATURES, pages] });
    userfaultfd.register({ start: address, byteLength }, { missing: true, wp: true, minor: isNode });
    const answer = { version: offer.version, base: `0x${address.toString(16)}` };
    await socket.send(encode(answer), [userfaultfd.fd]);
    const { message } = await next(socket, 0);
    if (message['attached'] !== true) throw new PagerError('PROTOCOL', 'the pager neither agrees nor refuses');
    const watch = isNode
      ? watchNode(userfaultfd, socket, memory, times)
      : watchPager(userfaultfd, socket, address, byteLength);
    const attached = new Attached(memory, offer.pageSize, userfaultfd, watch);
    if (isNode) attachedToNodes.add(attached);
    return attached;
  } catch (error) {
    // No caller has the memory yet.
    userfaultfd?.close();
    memory?.release(0);
    throw error;
  } finally {
    if (times >= 0) native().closeFile(times);
  }
}

/** Stops watching, and unmaps the region. */
type EndWatch = () => void;

function watchPager({ fd }: Userfaultfd, socket: DescriptorSocket, address: bigint, byteLength: number): EndWatch {
  const watch = native().startAttachedWatch(fd, socket.fd, address, byteLength);
  return () => native().stopAttachedWatch(watch);
}

function watchNode({ fd }: Userfaultfd, socket: DescriptorSocket, memory: RegionMemory, times: number): EndWatch {
  const { file, address, byteLength } = memory;
  const watch = native().startLeaseWatch(fd, socket.fd, file, times, address, byteLength);
  return () => native().stopLeaseWatch(watch);
}

async function receiveOffer(socket: DescriptorSocket): Promise<{ offer: Offer; files: number[] }> {
  const { message, descriptors } = await next(socket, 1, 2);
  try {
    const sizes = descriptors.map((file) => fstatSync(file).size);
    const offer = checkOffer(message, sizes);
    if (offer.clock !== undefined && offer.clock !== ownClock()) {
      throw new PagerError('UNSUPPORTED', 'the node counts its lease in another time namespace', {
        hint: 'attach in a container that shares it, or join the region here',
      });
    }
    return { offer, files: descriptors };
  } catch (error) {
    for (const file of descriptors) native().closeFile(file);
    throw error;
  }
}

class Attached implements AttachedRegion {
  readonly byteLength: number;
  readonly pageSize: number;
  readonly #memory: RegionMemory;
  readonly #userfaultfd: Userfaultfd;
  readonly #endWatch: EndWatch;
  #closed = false;

  constructor(memory: RegionMemory, pageSize: number, userfaultfd: Userfaultfd, endWatch: EndWatch) {
    this.byteLength = memory.byteLength;
    this.pageSize = pageSize;
    this.#memory = memory;
    this.#userfaultfd = userfaultfd;
    this.#endWatch = endWatch;
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
    this.#endWatch();
    this.#closed = true;
    attachedToNodes.delete(this);
    this.#userfaultfd.close();
    this.#memory.release(0);
  }

  #requireOpen(): void {
    if (this.#closed) throw new PagerError('CLOSED', 'the region is closed', { hint: 'attach to it again' });
  }
}
