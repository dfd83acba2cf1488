// shareRegion: a process that connects gets the region's memfile and sends a userfaultfd. See src/wire/attach.ts for the
// messages, attach.ts for the other side, native/others/attachments.h for what happens then.
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded } from '../ended.js';
import { failureLine, PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { native } from '../native/native.js';
import { Acceptor } from '../userfaultfd/accept.js';
import type { DescriptorServer, DescriptorSocket } from '../userfaultfd/index.js';
import { warn } from '../warn.js';
import { checkBase, encode, encodeError, next, type Offer, VERSION } from '../wire/attach.js';
import { MappedRegion, type Sharing } from './region.js';
import type { Region } from './region-api.js';

/** Features that an attached process's userfaultfd must have. */
const NEEDED = ['PAGEFAULT_FLAG_WP', 'POISON'] as const;

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
 * Lets other processes attach to a region of `memory: 'shared'` or `'huge'`, by `attachRegion` at the same path. It
 * listens on a unix socket of mode 0600, to processes of this user and root, until `close` or until the region is closed,
 * and keeps the process alive as a server does. A connection that fails is a process warning, FARPAGE_SHARE.
 * @param path 1 to 107 bytes; nothing may exist there yet
 * @throws (rejects) PagerError 'UNSUPPORTED' with engine 'trap'; 'OPTION' for a region of anonymous memory, or if the
 * path is taken (EADDRINUSE), too long, or its folder does not exist; 'CLOSED' if the region is closed or the signal is aborted: the
 * socket's file is gone then
 */
export async function shareRegion(region: Region, path: string, options: SignalOptions = {}): Promise<Share> {
  checkOptions('shareRegion', options, SIGNAL_OPTIONS);
  throwIfEnded(options.signal, 'shareRegion');
  if (!(region instanceof MappedRegion)) throw new PagerError('OPTION', 'shareRegion: expected a region of a pager');
  const sharing = region.sharing();
  if (sharing.engine === 'trap') {
    throw new PagerError('UNSUPPORTED', "shareRegion: engine 'trap' sees the faults of its own process only", {
      hint: "use engine 'userfaultfd': farpage doctor says what it takes",
    });
  }
  if (sharing.kind === 'anonymous') {
    throw new PagerError('OPTION', 'shareRegion: anonymous memory is this process’s own', {
      hint: "map the region with memory: 'shared' (or 'huge')",
    });
  }
  // Not imported above: it loads the addon at once.
  const { DescriptorSocket } = await import('../userfaultfd/index.js');
  const server = await DescriptorSocket.listen(path);
  try {
    throwIfEnded(options.signal, 'shareRegion');
    const { byteLength, pageSize } = region;
    const offer = { version: VERSION, byteLength, pageSize, huge: sharing.kind === 'huge' };
    // The region may have been closed meanwhile.
    return new Sharer(path, server, region.sharing(), offer);
  } catch (error) {
    server.close();
    throw error;
  }
}

class Sharer implements Share {
  readonly path: string;
  readonly #server: DescriptorServer;
  readonly #sharing: Sharing;
  readonly #offer: Offer;
  /** Connections that are not attached yet. */
  readonly #connecting = new Map<DescriptorSocket, Promise<void>>();
  readonly #serving: Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(path: string, server: DescriptorServer, sharing: Sharing, offer: Offer) {
    this.path = path;
    this.#server = server;
    this.#sharing = sharing;
    this.#offer = offer;
    this.#serving = this.#serve();
    sharing.whenClosed(() => {
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
    await socket.send(encode(this.#offer), [this.#sharing.file]);
    const { message, descriptors } = await next(socket, 1);
    const [fd = -1] = descriptors;
    const base = await attempt(fd, () => checkBase(message, this.#offer));
    const { Userfaultfd } = await import('../userfaultfd/index.js');
    const userfaultfd = await attempt(fd, () => Userfaultfd.fromDescriptor(fd));
    try {
      const features = [...userfaultfd.features];
      // With events its process would block until the pager reads them, and a fork's event brings a descriptor.
      const events = features.filter((feature) => feature.startsWith('EVENT_'));
      const lacking = NEEDED.filter((feature) => !features.includes(feature));
      if (events.length > 0 || lacking.length > 0) {
        throw new PagerError('PROTOCOL', `refused: a userfaultfd with ${features.join(', ')}`, {
          hint: 'attach with attachRegion',
        });
      }
      await this.#sharing.addView({ userfaultfd: fd, socket: socket.fd, base });
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
