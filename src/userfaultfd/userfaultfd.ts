// Userfaultfd: one descriptor with all its ioctls, its messages, and its owner thread.
import { fstatSync, readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import { native } from '../native/native.js';
import { lastResult, stage, stageTwo } from './call.js';
import { attempt, errnoName, failure, OPEN_HINTS, REGISTER_HINTS } from './failure.js';
import { decode, MAX_MESSAGES, type MessageOf } from './message.js';
import { type Feature, featureMask, featuresIn, type Ioctl, ioctlsIn, offeredIoctls } from './names.js';
import { door } from './native.js';
import { READABLE, Readiness, type Waiting } from './readiness.js';
import { Stream } from './stream.js';
import type { OpenOptions, Probe, Range, Result } from './types.js';

export type Message = MessageOf<Userfaultfd>;

const OPEN_OPTIONS: KnownOptions = {
  via: 'checked',
  nonblock: 'boolean',
  userModeOnly: 'boolean',
  features: 'checked',
  handshake: 'boolean',
};
const API_OPTIONS: KnownOptions = { api: 'checked', features: 'checked' };
const REGISTER_MODES: KnownOptions = { missing: 'boolean', wp: 'boolean', minor: 'boolean' };
const WAKE_OPTION: KnownOptions = { wake: 'boolean' };
const FILL_OPTIONS: KnownOptions = { wake: 'boolean', writeProtect: 'boolean' };
const MOVE_OPTIONS: KnownOptions = { wake: 'boolean', allowSourceHoles: 'boolean' };
const PROTECT_OPTIONS: KnownOptions = { on: 'boolean', wake: 'boolean' };
const VIA = { auto: 0, device: 1, syscall: 2 } as const;
const API = 0xaan;
const MODE = { missing: 1, wp: 2, minor: 4 } as const;
const DONT_WAKE = 1;
const FILL_WRITE_PROTECTED = 2;
const ALLOW_SOURCE_HOLES = 2;
const PROTECT = 1;
const PROTECT_DONT_WAKE = 2;
/** A bit in the features that /proc shows, with which the kernel marks that the handshake is done. */
const INITIALIZED = 1n << 31n;

interface Adopted {
  fd: number;
  nonblock: boolean;
  features: ReadonlySet<Feature>;
  userModeOnly: boolean;
  /** The handshake is done. */
  shaken: boolean;
}

/**
 * One userfaultfd. It belongs to the thread that created it, and is closed by `close` or when that thread ends, never by
 * garbage collection: at the close the kernel wakes threads that are blocked on pages, and they read zeros.
 */
export class Userfaultfd implements AsyncIterable<Message> {
  #fd = -1;
  /** Other code may close the descriptor, and its number be another one's then. */
  #inode = 0;
  #nonblock = true;
  #userModeOnly = false;
  #shaken = false;
  #features: ReadonlySet<Feature> = new Set();
  #readiness: Readiness | undefined;
  /** Messages read but not yielded yet: an iteration that ends early loses none. */
  #ahead: Message[] = [];

  /** @throws PagerError 'PERMISSION' or 'UNSUPPORTED', with errno, system call and hint */
  constructor(options: OpenOptions = {}) {
    const adopted = adopting;
    if (adopted !== undefined) {
      this.#fd = adopted.fd;
      this.#inode = fstatSync(adopted.fd).ino;
      this.#nonblock = adopted.nonblock;
      this.#userModeOnly = adopted.userModeOnly;
      this.#features = adopted.features;
      this.#shaken = adopted.shaken;
      return;
    }
    checkOptions('Userfaultfd', options, OPEN_OPTIONS);
    const { via = 'auto', nonblock = true, userModeOnly = false, features = [], handshake = true } = options;
    if (VIA[via] === undefined) {
      throw new PagerError('OPTION', `via: '${via}' is not one of auto, device, syscall`, { hint: 'leave it out' });
    }
    const mask = maskOf(features);
    const opened = attempt(
      'cannot open a userfaultfd',
      'UNSUPPORTED',
      () => door.open(VIA[via], nonblock, userModeOnly),
      OPEN_HINTS,
    );
    this.#fd = opened.fd;
    this.#inode = fstatSync(opened.fd).ino;
    this.#nonblock = nonblock;
    this.#userModeOnly = !opened.kernelFaults;
    if (!handshake) return;
    const { errno } = this.api({ features: mask });
    if (errno === undefined) return;
    this.close();
    throw refusedHandshake(errno, features);
  }

  /** Finds out what this kernel offers, on descriptors that are closed again. Does not throw if something is missing. */
  static probe(): Probe {
    const { errno, device, kernelFaults = false, features = 0n, ioctls = 0n } = native().probe();
    if (errno !== undefined) {
      return { available: false, via: null, kernelFaults: false, features: [], ioctls: [], errno };
    }
    const via = device === true ? 'device' : 'syscall';
    const known = featuresIn(features);
    return { available: true, via, kernelFaults, features: known, ioctls: offeredIoctls(ioctls, known) };
  }

  /**
   * Takes ownership of a received descriptor, which is closed with this object. The features are read from /proc; whether
   * it serves only user mode cannot be known, and is reported as false.
   * @throws PagerError 'OPTION' if it is not a userfaultfd, 'CLOSED' if it is not open
   */
  static fromDescriptor(fd: number): Userfaultfd {
    const { nonblock, enabled } = attempt(`descriptor ${fd} is not a userfaultfd`, 'OPTION', () => {
      return { nonblock: door.adopt(fd), enabled: enabledFeatures(fd) };
    });
    const features = new Set(featuresIn(enabled));
    return adopt({ fd, nonblock, features, userModeOnly: false, shaken: (enabled & INITIALIZED) !== 0n });
  }

  /** The descriptor's number; -1 once closed. */
  get fd(): number {
    return this.#fd;
  }

  /** The features granted in the handshake. */
  get features(): ReadonlySet<Feature> {
    return this.#features;
  }

  get userModeOnly(): boolean {
    return this.#userModeOnly;
  }

  /**
   * UFFDIO_API, which works once per descriptor.
   * @param options api: default 0xAA; features: names, or a mask that reaches the kernel as it is
   * @returns every feature and call of the kernel, or the errno of its refusal: EINVAL (wrong api, an unknown feature, a
   * second handshake), EPERM (EVENT_FORK without CAP_SYS_PTRACE)
   */
  api(options: { api?: bigint; features?: readonly Feature[] | bigint } = {}): {
    features: Feature[];
    ioctls: Ioctl[];
    errno?: string;
  } {
    checkOptions('api', options, API_OPTIONS);
    const { api = API, features = [] } = options;
    const asked = typeof features === 'bigint' ? features : maskOf(features);
    const { error, features: offered, ioctls } = door.api(this.#fd, api, asked);
    if (error !== 0) return { features: [], ioctls: [], errno: errnoName(error) };
    this.#shaken = true;
    this.#features = new Set(featuresIn(asked));
    return { features: featuresIn(offered), ioctls: ioctlsIn(ioctls) };
  }

  /**
   * Faults of these kinds in the range become messages.
   * @returns the calls that resolve faults there
   * @throws PagerError 'REGION' (EINVAL, EBUSY, ENOMEM), 'PERMISSION' (EPERM), 'CLOSED'
   */
  register(range: Range, modes: { missing?: boolean; wp?: boolean; minor?: boolean }): { ioctls: Ioctl[] } {
    checkOptions('register', modes ?? null, REGISTER_MODES);
    const { missing = false, wp = false, minor = false } = modes;
    const mode = (missing ? MODE.missing : 0) | (wp ? MODE.wp : 0) | (minor ? MODE.minor : 0);
    const work = () => door.register(this.#fd, range.start, range.byteLength, mode);
    return { ioctls: ioctlsIn(attempt('cannot register the range', 'REGION', work, REGISTER_HINTS)) };
  }

  /**
   * Makes the range ordinary memory again, and wakes the threads that are blocked in it.
   * @throws PagerError 'REGION' (EINVAL, ENOMEM if its process has exited), 'CLOSED'
   */
  unregister(range: Range): void {
    const work = () => door.unregister(this.#fd, range.start, range.byteLength);
    attempt('cannot unregister the range', 'REGION', work);
  }

  /** Copies bytes of this process into absent pages. */
  copy(
    target: bigint,
    source: bigint,
    byteLength: number,
    options?: { wake?: boolean; writeProtect?: boolean },
  ): Result {
    checkOptions('copy', options, FILL_OPTIONS);
    stageTwo(this.#fd, target, source, byteLength, options === undefined ? 0 : fillMode(options));
    door.copy();
    return lastResult();
  }

  /** Fills absent pages with zeros. */
  zeropage(start: bigint, byteLength: number, options?: { wake?: boolean }): Result {
    checkOptions('zeropage', options, WAKE_OPTION);
    stage(this.#fd, start, byteLength, options?.wake === false ? DONT_WAKE : 0);
    door.zeropage();
    return lastResult();
  }

  /** Moves pages of this process's anonymous memory into absent pages; the source is absent afterwards. */
  move(
    target: bigint,
    source: bigint,
    byteLength: number,
    options?: { wake?: boolean; allowSourceHoles?: boolean },
  ): Result {
    checkOptions('move', options, MOVE_OPTIONS);
    const mode =
      (options?.wake === false ? DONT_WAKE : 0) | (options?.allowSourceHoles === true ? ALLOW_SOURCE_HOLES : 0);
    stageTwo(this.#fd, target, source, byteLength, mode);
    door.move();
    return lastResult();
  }

  /** Maps pages whose bytes are in the memfile already: the answer to a minor fault. */
  continue(start: bigint, byteLength: number, options?: { wake?: boolean; writeProtect?: boolean }): Result {
    checkOptions('continue', options, FILL_OPTIONS);
    stage(this.#fd, start, byteLength, options === undefined ? 0 : fillMode(options));
    door.continue();
    return lastResult();
  }

  /** Poisons absent pages: a touch gets SIGBUS. */
  poison(start: bigint, byteLength: number, options?: { wake?: boolean }): Result {
    checkOptions('poison', options, WAKE_OPTION);
    stage(this.#fd, start, byteLength, options?.wake === false ? DONT_WAKE : 0);
    door.poison();
    return lastResult();
  }

  /** Write-protects, or unprotects with `on: false`. The kernel reports no progress: `bytes` is all or 0. */
  writeProtect(start: bigint, byteLength: number, options?: { on?: boolean; wake?: boolean }): Result {
    checkOptions('writeProtect', options, PROTECT_OPTIONS);
    const mode = (options?.on === false ? 0 : PROTECT) | (options?.wake === false ? PROTECT_DONT_WAKE : 0);
    stage(this.#fd, start, byteLength, mode);
    door.writeProtect();
    return lastResult();
  }

  /** Wakes the threads that are blocked in the range: they re-fault. */
  wake(start: bigint, byteLength: number): Result {
    stage(this.#fd, start, byteLength, 0);
    door.wake();
    return lastResult();
  }

  /**
   * Reads without blocking (with `nonblock: false` it blocks for the first message).
   * @param limit 1 to 64 messages, the default 64
   * @returns perhaps none
   * @throws PagerError 'CLOSED'; 'OPTION' before the handshake
   */
  read(limit: number = MAX_MESSAGES): Message[] {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_MESSAGES) {
      throw new PagerError('OPTION', `limit: ${limit} messages`, { hint: `give 1 to ${MAX_MESSAGES}` });
    }
    if (this.#ahead.length > 0) return this.#ahead.splice(0, limit);
    const count = door.read(this.#fd, limit);
    if (count < 0) throw refusedRead(errnoName(-count));
    const messages: Message[] = [];
    for (let index = 0; index < count; index++) messages.push(decode(index, this.#adoptChild));
    return messages;
  }

  /**
   * Waits on the event loop, then yields the result of one read: 1 to `limit` messages. Ends when closed.
   * @throws PagerError 'OPTION' with `nonblock: false` or before the handshake
   */
  batches(limit: number = MAX_MESSAGES): AsyncIterableIterator<Message[]> {
    return this.#stream(() => {
      const messages = this.read(limit);
      return messages.length === 0 ? undefined : messages;
    });
  }

  /**
   * One message after the other. Ends when closed.
   * @throws PagerError 'OPTION' with `nonblock: false` or before the handshake
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Message> {
    return this.#stream(() => {
      if (this.#ahead.length === 0) this.#ahead = this.read();
      return this.#ahead.shift();
    });
  }

  /** Wakes blocked threads, which read zeros, and ends iterations. Idempotent. */
  close(): void {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    this.#readiness?.close();
    for (const message of this.#ahead.splice(0)) if (message.event === 'fork') message.child.close();
    door.close(fd, this.#inode);
  }

  #stream<T>(take: () => T | undefined): Stream<T> {
    if (!this.#nonblock) {
      throw new PagerError('OPTION', 'a userfaultfd that blocks cannot be waited for on the event loop (POLLERR)', {
        hint: 'open it with nonblock: true, which is the default',
      });
    }
    if (!this.#shaken) throw refusedRead('EINVAL');
    const closed = () => this.#fd < 0;
    return new Stream<T>({
      get closed() {
        return closed();
      },
      take,
      wait: (waiting: Waiting) => {
        this.#readiness ??= new Readiness(this.#fd, 'the userfaultfd');
        return this.#readiness.wait(READABLE, waiting);
      },
    });
  }

  /** A child's descriptor inherits the options of its parent's. */
  readonly #adoptChild = (fd: number): Userfaultfd =>
    adopt({ fd, nonblock: this.#nonblock, features: this.#features, userModeOnly: this.#userModeOnly, shaken: true });
}

/** Passes the constructor a descriptor that is open already. */
let adopting: Adopted | undefined;

function adopt(adopted: Adopted): Userfaultfd {
  adopting = adopted;
  try {
    return new Userfaultfd();
  } finally {
    adopting = undefined;
  }
}

function enabledFeatures(fd: number): bigint {
  const shown = /^API:\t[0-9a-f]+:([0-9a-f]+):/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'));
  return BigInt(`0x${shown?.[1] ?? '0'}`);
}

function fillMode({ wake = true, writeProtect = false }: { wake?: boolean; writeProtect?: boolean }): number {
  return (wake ? 0 : DONT_WAKE) | (writeProtect ? FILL_WRITE_PROTECTED : 0);
}

function maskOf(features: readonly Feature[]): bigint {
  const mask = featureMask(features);
  if (mask !== undefined) return mask;
  throw new PagerError('OPTION', `no feature of userfaultfd: ${features.join(', ')}`, {
    hint: 'see the type Feature, or give api() a mask',
  });
}

function refusedHandshake(errno: string, features: readonly Feature[]): PagerError {
  const offered = Userfaultfd.probe().features;
  const lacking = features.filter((feature) => !offered.includes(feature));
  const hint =
    lacking.length > 0
      ? `this kernel does not have ${lacking.join(', ')}`
      : 'EVENT_FORK needs CAP_SYS_PTRACE: run as root, or leave it out';
  const cause = { errno, syscall: 'ioctl(UFFDIO_API)' };
  return failure(cause, 'the kernel refused the handshake', 'UNSUPPORTED', { [errno]: hint });
}

function refusedRead(errno: string): PagerError {
  const cause = { errno, syscall: 'read' };
  return failure(cause, 'messages cannot be read', 'OPTION', { EINVAL: 'the handshake comes first: call api()' });
}
