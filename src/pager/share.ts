// shareRegion: a process that connects gets the region's memfile and sends a userfaultfd. See src/wire/attach.ts for the
// messages, attach.ts for the other side, native/others/attachments.h for what happens then; for a node, src/dsm/views.ts.
import type { SharedRegion } from '../dsm/region.js';
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded } from '../ended.js';
import { failureLine, PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { native } from '../native/native.js';
import { Acceptor } from '../userfaultfd/accept.js';
import type { DescriptorServer, DescriptorSocket, Feature } from '../userfaultfd/index.js';
import { warn } from '../warn.js';
import { checkBase, encode, encodeError, NODE_VERSION, next, type Offer, ownClock, VERSION } from '../wire/attach.js';
import { MappedRegion } from './region.js';
import type { Region } from './region-api.js';

/** Features that an attached process's userfaultfd must have. */
const NEEDED: readonly Feature[] = ['PAGEFAULT_FLAG_WP', 'POISON'];
const NODE_NEEDED: readonly Feature[] = [...NEEDED, 'MISSING_SHMEM', 'MINOR_SHMEM', 'WP_HUGETLBFS_SHMEM'];

/** A region as it is shared. */
interface Shared {
  offer: Offer;
  /** The descriptors that go with the offer. */
  files: readonly number[];
  needed: readonly Feature[];
  addView(view: { userfaultfd: number; socket: number; base: bigint }): Promise<unknown>;
  /** Calls back once, when the region is closed. */
  whenClosed(callback: () => void): void;
}

export interface Share extends AsyncDisposable {
  /** The socket's path, as given. */
  readonly path: string;
  /**
   * Ends the sharing and removes the socket's file. Attached processes stay attached until they close, or the region is
   * closed. Idempotent.
   */
  close(): Promise<void>;
}

/**
 * Lets other processes attach to a region of `memory: 'shared'` or `'huge'`, or to one that this process has joined, by `attachRegion` at
 * the same path. It listens on a unix socket of mode 0600, to processes of this user and root, until `close` or until the region is closed
 * or fenced, and keeps the process alive as a server does. A connection that fails is a process warning, FARPAGE_SHARE.
 * @param path 1 to 107 bytes; nothing may exist there yet
 * @throws (rejects) PagerError 'UNSUPPORTED' with engine 'trap'; 'OPTION' for a region of anonymous memory, or if the
 * path is taken (EADDRINUSE), too long, or its folder does not exist; 'CLOSED' if the region is closed or the signal is aborted: the
 * socket's file is gone then
 */
export async function shareRegion(
  region: Region | SharedRegion,
  path: string,
  options: SignalOptions = {},
): Promise<Share> {
  checkOptions('shareRegion', options, SIGNAL_OPTIONS);
  throwIfEnded(options.signal, 'shareRegion');
  const sharing = region instanceof MappedRegion ? () => sharedByPager(region) : await sharedByNode(region);
  sharing();
  // Not imported above: it loads the addon at once.
  const { DescriptorSocket } = await import('../userfaultfd/index.js');
  const server = await DescriptorSocket.listen(path);
  try {
    throwIfEnded(options.signal, 'shareRegion');
    // The region may have been closed meanwhile.
    return new Sharer(path, server, sharing());
  } catch (error) {
    server.close();
    throw error;
  }
}

/** What returns the sharing of a region that was joined, and throws PagerError 'CLOSED'. @throws (rejects) PagerError 'OPTION' */
async function sharedByNode(region: Region | SharedRegion): Promise<() => Shared> {
  // Not imported at the top of this file: it loads the addon at once.
  const { SharedRegion, sharingOf } = await import('../dsm/region.js');
  if (!(region instanceof SharedRegion)) {
    throw new PagerError('OPTION', 'shareRegion: expected a region of a pager, or one that was joined');
  }
  return () => {
    const { byteLength, file, times, addView, whenClosed } = sharingOf(region);
    const { pageSize } = region;
    const offer = { version: NODE_VERSION, byteLength, pageSize, huge: false, clock: ownClock() };
    return { offer, files: [file, times], needed: NODE_NEEDED, addView, whenClosed };
  };
}

/** @throws PagerError 'OPTION', 'UNSUPPORTED', 'CLOSED' */
function sharedByPager(region: MappedRegion): Shared {
  const { engine, kind, file, addView, whenClosed } = region.sharing();
  if (engine === 'trap') {
    throw new PagerError('UNSUPPORTED', "shareRegion: engine 'trap' sees the faults of its own process only", {
      hint: "use engine 'userfaultfd': farpage doctor says what it takes",
    });
  }
  if (kind === 'anonymous') {
    throw new PagerError('OPTION', 'shareRegion: anonymous memory is this process’s own', {
      hint: "map the region with memory: 'shared' (or 'huge')",
    });
  }
  const { byteLength, pageSize } = region;
  const offer = { version: VERSION, byteLength, pageSize, huge: kind === 'huge' };
  return { offer, files: [file], needed: NEEDED, addView, whenClosed };
}

class Sharer implements Share {
  readonly path: string;
  readonly #server: DescriptorServer;
  readonly #shared: Shared;
  /** Connections that are not attached yet. */
  readonly #connecting = new Map<DescriptorSocket, Promise<void>>();
  readonly #serving: Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(path: string, server: DescriptorServer, shared: Shared) {
    this.path = path;
    this.#server = server;
    this.#shared = shared;
    this.#serving = this.#serve();
    shared.whenClosed(() => {
      this.close().catch((error: unknown) => say(failureLine(error)));
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      this.#server.close();
    } finally {
      for (const socket of this.#connecting.keys()) socket.close();
      await this.#serving;
      await Promise.all(this.#connecting.values());
    }
  }

  async #serve(): Promise<void> {
    const acceptor = new Acceptor(this.#server, (line) => say(`a region's socket: ${line}`));
    for (let socket = await acceptor.next(); socket !== null; socket = await acceptor.next()) {
      // The sharing was closed after this connection was accepted.
      if (this.#closing !== undefined) return socket.close();
      this.#connecting.set(socket, this.#answer(socket));
    }
  }

  async #answer(socket: DescriptorSocket): Promise<void> {
    const { pid } = socket.peer;
    try {
      await this.#handOver(socket);
    } catch (error) {
      if (this.#closing === undefined) say(`process ${pid} could not attach to a region: ${failureLine(error)}`);
      // If the refusal cannot be sent, the process is gone.
      await socket.send(encodeError(error)).catch(() => {});
    } finally {
      socket.close();
      this.#connecting.delete(socket);
    }
  }

  async #handOver(socket: DescriptorSocket): Promise<void> {
    const { uid } = socket.peer;
    if (uid !== process.geteuid?.() && uid !== 0) {
      throw new PagerError('PERMISSION', `user ${uid} may not have this region`, { hint: 'its owner and root may' });
    }
    const { offer, files, needed } = this.#shared;
    await socket.send(encode(offer), files);
    const { message, descriptors } = await next(socket, 1);
    const [fd = -1] = descriptors;
    const base = await attempt(fd, () => checkBase(message, offer));
    const { Userfaultfd } = await import('../userfaultfd/index.js');
    const userfaultfd = await attempt(fd, () => Userfaultfd.fromDescriptor(fd));
    try {
      const features = [...userfaultfd.features];
      // With events its process would block until the pager reads them, and a fork's event brings a descriptor.
      const events = features.filter((feature) => feature.startsWith('EVENT_'));
      const lacking = needed.filter((feature) => !features.includes(feature));
      if (events.length > 0 || lacking.length > 0) {
        throw new PagerError('PROTOCOL', `refused: a userfaultfd with ${features.join(', ')}`, {
          hint: 'attach with attachRegion',
        });
      }
      await this.#shared.addView({ userfaultfd: fd, socket: socket.fd, base });
    } finally {
      userfaultfd.close();
    }
    await socket.send(encode({ attached: true }));
  }
}

/** Runs `work`; closes the descriptor if that fails before the descriptor has an owner. */
async function attempt<T>(fd: number, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    native().closeFile(fd);
    throw error;
  }
}

function say(line: string): void {
  warn('FARPAGE_SHARE', line);
}
