// Unix sockets that send and receive descriptors; every received descriptor has an owner.
import { lstatSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { attempt, failure } from './failure.js';
import { door } from './native.js';
import { READABLE, Readiness, type Waiting, WRITABLE } from './readiness.js';

/** The longest message, in bytes. */
const MAX_MESSAGE_BYTES = 65536;
/** SCM_MAX_FD. */
const MAX_DESCRIPTORS = 253;
const CONNECT_TRIES = 100;
const CONNECT_PAUSE_MS = 10;

export interface SocketOptions extends SignalOptions {
  /**
   * 'seqpacket' (default): a message sent is a message received. 'stream': bytes without bounds, where others speak
   * that (Firecracker, QEMU); descriptors come with the first byte they were sent with.
   */
  type?: 'seqpacket' | 'stream';
}

/** The process on the other side, as the kernel recorded it when the connection was made. */
export interface Peer {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** The content of one message; the receiver closes the descriptors. */
export interface Received {
  data: Uint8Array;
  descriptors: number[];
}

const SCARCE = {
  EMFILE: 'this process has too many open files: ulimit -n',
  ENFILE: 'the system has too many open files: sysctl fs.file-max',
  ENOBUFS: 'the kernel has no memory for it now',
  ENOMEM: 'the kernel has no memory for it now',
} as const;
const HINTS = {
  ...SCARCE,
  EADDRINUSE: 'something is at this path already: remove it, or take another',
  ENOENT: 'no process listens at this path yet, or its folder does not exist',
  ECONNREFUSED: 'the socket file exists, but no process listens',
  EACCES: 'this user may not open the socket, or may not write into its folder',
  EPROTOTYPE: 'the other side listens with another type of socket',
  ENAMETOOLONG: 'a socket’s path has 1 to 107 bytes',
  EMSGSIZE: `a message has at most ${MAX_MESSAGE_BYTES} bytes and ${MAX_DESCRIPTORS} descriptors`,
  EBADF: 'a descriptor to send is not open',
  EPIPE: 'the other side has closed',
  ECONNRESET: 'the other side has closed',
} as const;
const LISTEN_HINTS = { ...HINTS, ENOENT: 'make its folder first' } as const;

/** One open descriptor of a socket, and waiting for it. */
class Socket {
  readonly #readiness: Readiness;
  closed = false;

  constructor(readonly fd: number) {
    this.#readiness = new Readiness(fd, 'the socket');
  }

  /** Waits until the socket may be ready, or is closed. @throws PagerError 'CLOSED' if the signal is aborted */
  async wait(events: number, what: string, signal: AbortSignal | undefined): Promise<void> {
    throwIfEnded(signal, what);
    const waiting: Waiting = {};
    const end = () => waiting.end?.();
    signal?.addEventListener('abort', end, { once: true });
    try {
      await this.#readiness.wait(events, waiting);
    } finally {
      signal?.removeEventListener('abort', end);
    }
    throwIfEnded(signal, what);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#readiness.close();
    door.closeSocket(this.fd);
  }

  requireOpen(): void {
    if (this.closed) throw new PagerError('CLOSED', 'the socket is closed', { hint: 'connect again' });
  }
}

/** A socket that is listened at. Its file is mode 0600 from the start, and goes with `close`. */
export class DescriptorServer {
  readonly #socket: Socket;
  readonly #path: string;
  readonly #inode: number;

  /** Made by `DescriptorSocket.listen`. */
  constructor(fd: number, path: string) {
    this.#socket = new Socket(fd);
    this.#path = path;
    this.#inode = lstatSync(path).ino;
  }

  get closed(): boolean {
    return this.#socket.closed;
  }

  /**
   * @throws PagerError 'CLOSED' when it is closed, also meanwhile, or the signal is aborted; 'INTERNAL' with ENFILE, EMFILE,
   * ENOBUFS or ENOMEM: it can be called again
   */
  async accept(options: SignalOptions = {}): Promise<DescriptorSocket> {
    checkOptions('accept', options, SIGNAL_OPTIONS);
    const { signal } = options;
    throwIfEnded(signal, 'accept');
    for (;;) {
      this.#socket.requireOpen();
      const fd = attempt('no connection can be accepted', 'INTERNAL', () => door.accept(this.#socket.fd), SCARCE);
      if (fd < 0) await this.#socket.wait(READABLE, 'accept', signal);
      else return adopt(fd);
    }
  }

  close(): void {
    if (this.#socket.closed) return;
    this.#socket.close();
    try {
      // Another process may have put another socket there.
      if (lstatSync(this.#path).ino === this.#inode) unlinkSync(this.#path);
    } catch (error) {
      const gone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!gone) throw failure(error, 'the socket’s file cannot be removed', 'INTERNAL', {}, this.#path);
    }
  }

  /** `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** Messages with descriptors over a unix socket (SCM_RIGHTS). Sends are in order, and so are receives. */
export class DescriptorSocket {
  readonly peer: Peer;
  readonly #socket: Socket;
  #sending: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();

  /** Takes over a connected unix socket of this process; `listen` and `connect` are the usual ways to one. */
  constructor(fd: number) {
    this.peer = attempt(`descriptor ${fd} is not a unix socket`, 'OPTION', () => door.peer(fd));
    this.#socket = new Socket(fd);
  }

  /** The socket's own descriptor; -1 once closed. */
  get fd(): number {
    return this.#socket.closed ? -1 : this.#socket.fd;
  }

  /** @throws PagerError with EADDRINUSE, EACCES, ENOENT, ENAMETOOLONG … */
  static async listen(path: string, options: SocketOptions = {}): Promise<DescriptorServer> {
    const stream = isStream('listen', options);
    throwIfEnded(options.signal, 'listen');
    const fd = attempt(`cannot listen at ${path}`, 'OPTION', () => door.listen(path, stream), LISTEN_HINTS, path);
    return new DescriptorServer(fd, path);
  }

  /** @throws PagerError with ENOENT, ECONNREFUSED, EACCES, EPROTOTYPE; EAGAIN after a second of a full queue */
  static async connect(path: string, options: SocketOptions = {}): Promise<DescriptorSocket> {
    const stream = isStream('connect', options);
    for (let tries = 0; tries < CONNECT_TRIES; tries++) {
      throwIfEnded(options.signal, 'connect');
      const fd = attempt(`cannot connect to ${path}`, 'OPTION', () => door.connect(path, stream), HINTS, path);
      if (fd >= 0) return new DescriptorSocket(fd);
      // A full queue of a unix socket cannot be waited for.
      await sleep(CONNECT_PAUSE_MS);
    }
    throw new PagerError('CLOSED', `cannot connect to ${path}: its queue stays full`, {
      errno: 'EAGAIN',
      syscall: 'connect',
      hint: 'the other side does not accept connections',
      path,
    });
  }

  /**
   * Sends 1 byte to 64 KiB, and up to 253 descriptors; they stay open here, and may be closed once this resolves.
   * If the signal is aborted nothing was sent, or the socket is closed: of a 'stream' a part was sent.
   * @throws PagerError 'OPTION' (also EBADF of a descriptor), 'CLOSED' (EPIPE, or the signal is aborted)
   */
  async send(data: Uint8Array, descriptors: readonly number[] = [], options: SignalOptions = {}): Promise<void> {
    checkOptions('send', options, SIGNAL_OPTIONS);
    const sent = inTurn('send', this.#sending, options.signal, (signal) => this.#send(data, descriptors, signal));
    this.#sending = Promise.allSettled([this.#sending, sent]);
    return sent;
  }

  /**
   * The next message; null: the other side closed. One that was cut short is refused, its descriptors closed.
   * @throws PagerError 'PROTOCOL' (EMSGSIZE), 'CLOSED' (ECONNRESET, closed meanwhile, or the signal is aborted: no message is lost)
   */
  async receive(options: SignalOptions = {}): Promise<Received | null> {
    checkOptions('receive', options, SIGNAL_OPTIONS);
    const received = inTurn('receive', this.#receiving, options.signal, (signal) => this.#receive(signal));
    this.#receiving = Promise.allSettled([this.#receiving, received]);
    return received;
  }

  close(): void {
    this.#socket.close();
  }

  /** `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  async #send(data: Uint8Array, descriptors: readonly number[], signal: AbortSignal | undefined): Promise<void> {
    if (data.byteLength < 1 || data.byteLength > MAX_MESSAGE_BYTES || descriptors.length > MAX_DESCRIPTORS) {
      throw new PagerError('OPTION', `a message of ${data.byteLength} bytes and ${descriptors.length} descriptors`, {
        hint: `1 to ${MAX_MESSAGE_BYTES} bytes, up to ${MAX_DESCRIPTORS} descriptors`,
      });
    }
    let rest = data;
    let left = descriptors;
    while (rest.byteLength > 0) {
      this.#socket.requireOpen();
      const bytes = attempt(
        'the message cannot be sent',
        'CLOSED',
        () => door.send(this.#socket.fd, rest, left),
        HINTS,
      );
      if (bytes < 0) {
        await this.#socket.wait(WRITABLE, 'send', signal).catch((error: unknown) => {
          if (rest.byteLength < data.byteLength) this.close();
          throw error;
        });
        continue;
      }
      rest = rest.subarray(bytes);
      left = [];
    }
  }

  async #receive(signal: AbortSignal | undefined): Promise<Received | null> {
    const into = new Uint8Array(MAX_MESSAGE_BYTES);
    for (;;) {
      this.#socket.requireOpen();
      const got = attempt(
        'the message cannot be received',
        'PROTOCOL',
        () => door.receive(this.#socket.fd, into, MAX_DESCRIPTORS),
        HINTS,
      );
      if (got === null) {
        await this.#socket.wait(READABLE, 'receive', signal);
      } else {
        return got.bytes === 0 ? null : { data: into.slice(0, got.bytes), descriptors: got.descriptors };
      }
    }
  }
}

/** `work` after the calls before it. An abort ends it while it waits for them, too. */
async function inTurn<T>(
  call: string,
  before: Promise<unknown>,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  throwIfEnded(signal, call);
  await unlessEnded(signal, call, before);
  return work(signal);
}

function adopt(fd: number): DescriptorSocket {
  try {
    return new DescriptorSocket(fd);
  } catch (error) {
    door.closeSocket(fd);
    throw error;
  }
}

function isStream(call: string, options: SocketOptions): boolean {
  checkOptions(call, options, { ...SIGNAL_OPTIONS, type: 'checked' });
  const { type = 'seqpacket' } = options;
  if (type === 'stream' || type === 'seqpacket') return type === 'stream';
  throw new PagerError('OPTION', `type: '${type}'`, { hint: "'seqpacket' or 'stream'" });
}
