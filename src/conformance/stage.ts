// What a conformance row works with: memory, a userfaultfd, a handler of messages, targets; all released at its end.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PagerError } from '../errors.js';
import {
  anonymous,
  type Feature,
  type Memory,
  type Message,
  type OpenOptions,
  type Range,
  type Result,
  Userfaultfd,
} from '../userfaultfd/index.js';
import type { Kind } from './kinds.js';
import { Skip } from './result.js';
import { Target, unread } from './target.js';

type Fault = Extract<Message, { event: 'pagefault' }>;
export type Counts = Record<'missing' | 'wp' | 'minor' | 'fork' | 'remap' | 'remove' | 'unmap' | 'unknown', number>;

/** Answers the messages of one descriptor, and counts them. */
export interface Handler {
  readonly counts: Counts;
  /** Ends after all begun answers. */
  close(): Promise<void>;
}

export type Reply = (message: Message, uffd: Userfaultfd) => Promise<void> | void;

/** The resources of one row. */
export class Stage {
  readonly kind: Kind;
  readonly pageSize: number;
  #failure: { error: unknown } | undefined;
  /** Memory that JavaScript holds by its address alone. */
  readonly #kept: unknown[] = [];

  constructor(kind: Kind) {
    this.kind = kind;
    this.pageSize = kind.pageSize;
  }

  /**
   * A descriptor with these features.
   * @throws Skip if the kernel or this user's privileges lack one
   */
  open(features: readonly Feature[], options: OpenOptions = {}): Userfaultfd {
    const lacking = features.filter((feature) => !offered().includes(feature));
    if (lacking.length > 0) throw new Skip(`this kernel offers no ${lacking.join(', ')}`);
    try {
      return this.#keep(new Userfaultfd({ ...options, features }));
    } catch (error) {
      if (error instanceof PagerError && error.errno === 'EPERM' && features.includes('EVENT_FORK')) {
        throw new Skip('EVENT_FORK needs CAP_SYS_PTRACE: run as root');
      }
      throw error;
    }
  }

  /** Memory of the row's kind, never touched. */
  memory(pages: number): Memory {
    return this.#keep(this.kind.make(pages));
  }

  /** Private memory, never touched, at a multiple of the kind's page size. */
  plain(byteLength: number, align = this.pageSize): Memory {
    return this.#keep(anonymous(byteLength, { align }));
  }

  /** Pages to copy from: every byte of the i-th is seed + i. */
  source(pages: number, seed: number): Memory {
    const memory = this.plain(pages * this.pageSize);
    const bytes = new Uint8Array(memory.buffer);
    for (let i = 0; i < pages; i++) bytes.fill((seed + i) & 0xff, i * this.pageSize, (i + 1) * this.pageSize);
    return memory;
  }

  thread(): Promise<Target> {
    return Target.thread(() => this.check());
  }

  /** Begins to answer messages. An answer that fails, fails the row. */
  handle(uffd: Userfaultfd, reply: Reply): Handler {
    const counts = { missing: 0, wp: 0, minor: 0, fork: 0, remap: 0, remove: 0, unmap: 0, unknown: 0 };
    const running = new Set<Promise<void>>();
    const answer = async (message: Message): Promise<void> => {
      try {
        await reply(message, uffd);
      } catch (error) {
        this.#fail(error);
      }
    };
    const loop = async (): Promise<void> => {
      for await (const batch of uffd.batches()) {
        for (const message of batch) {
          counts[message.event === 'pagefault' ? faultKind(message) : message.event]++;
          // Not waited for: an answer may have to wait until later messages have been read.
          const answered = answer(message).finally(() => running.delete(answered));
          running.add(answered);
        }
      }
    };
    const ended = loop().catch((error: unknown) => this.#fail(error));
    return {
      counts,
      close: async () => {
        await Promise.all(running);
        uffd.close();
        await ended;
        this.check();
      },
    };
  }

  /** Repeats the call while the address space is changing (EAGAIN); other messages are read meanwhile. */
  async settle(call: () => Result): Promise<Result> {
    for (;;) {
      const result = call();
      if (result.outcome !== 'changing' || result.bytes > 0) return result;
      this.check();
      await nextTurn();
    }
  }

  /** Waits until so many threads wait for a page of this descriptor, whether their messages have been read or not. */
  async waiters(uffd: Userfaultfd, count: number): Promise<void> {
    await this.until(() => waiting(uffd).total === count);
  }

  /**
   * Waits until a message can be read, and does not read it. A sleeping thread does not show that: every change of its
   * address space by another thread makes it sleep, too.
   */
  async unread(uffd: Userfaultfd): Promise<void> {
    await this.until(() => unread(uffd.fd));
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      this.check();
      await nextTurn();
    }
  }

  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
  }

  #keep<T>(kept: T): T {
    this.#kept.push(kept);
    return kept;
  }
}

/** Features that this kernel offers. */
function offered(): readonly Feature[] {
  offer ??= Userfaultfd.probe().features;
  return offer;
}
let offer: readonly Feature[] | undefined;

/** Threads that wait for a page: those whose messages are unread, and all; the kernel's own account. */
export function waiting(uffd: Userfaultfd): { pending: number; total: number } {
  const info = readFileSync(`/proc/self/fdinfo/${uffd.fd}`, 'latin1');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(info)?.[1]);
  return { pending: field('pending'), total: field('total') };
}

export function faultKind(fault: Fault): 'missing' | 'wp' | 'minor' {
  if (fault.minor) return 'minor';
  return fault.wp ? 'wp' : 'missing';
}

/** The message as a fault of that kind. */
export function asFault(message: Message, kind: 'missing' | 'wp' | 'minor'): Fault {
  if (message.event !== 'pagefault') throw new assert.AssertionError({ message: `a ${message.event} message came` });
  assert.equal(faultKind(message), kind, 'the kind of the fault');
  return message;
}

export const rangeOf = (memory: Memory): Range => ({ start: memory.address, byteLength: memory.byteLength });

/** Fails unless the call did all its bytes. */
export function done({ bytes, outcome, errno }: Result, byteLength: number): void {
  assert.deepEqual({ bytes, outcome, errno }, { bytes: byteLength, outcome: 'done', errno: undefined });
}

/** Fails unless the call was refused with that errno, having done nothing. */
export function refused({ bytes, outcome, errno }: Result, expected: Result['outcome'], name: string): void {
  assert.deepEqual({ bytes, outcome, errno }, { bytes: 0, outcome: expected, errno: name });
}
