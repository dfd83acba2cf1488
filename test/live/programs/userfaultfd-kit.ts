// What the programs of the userfaultfd tests share.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import {
  type Advice,
  anonymous,
  type Memory,
  type Message,
  type Range,
  type Result,
  type Userfaultfd,
} from '../../../src/userfaultfd/index.js';

export const PAGE = 4096;
export const HUGE = 2 * 2 ** 20;

export type Deed =
  | { do: 'read'; at: number }
  | { do: 'write'; at: number; value: number }
  | { do: 'advise'; start: bigint; byteLength: number; advice: Advice }
  | { do: 'unmap'; start: bigint; byteLength: number }
  | { do: 'remap'; start: bigint; byteLength: number; newByteLength: number }
  | { do: 'read(2)'; at: number }
  | { do: 'iterate' };

/** A thread that sees the same memory, and what it answers. */
export class Hand {
  readonly worker: Worker;

  constructor(memory: { address: bigint; byteLength: number }) {
    const { address, byteLength } = memory;
    this.worker = new Worker(new URL('./userfaultfd-hand.js', import.meta.url), {
      workerData: { address, byteLength },
    });
  }

  /** Resolves to what the deed gave; rejects with its PagerError's code. */
  do<T>(deed: Deed): Promise<T> {
    return new Promise((resolve, reject) => {
      const listen = (answer: 'begun' | { value?: T; code?: string; errno?: string }) => {
        if (answer === 'begun') return;
        this.worker.off('message', listen);
        if (answer.code === undefined) resolve(answer.value as T);
        else reject(new Error(`${answer.code} ${answer.errno}`));
      };
      this.worker.on('message', listen);
      this.worker.once('error', reject);
      this.worker.postMessage(deed);
    });
  }

  /** Resolves when the thread is about to act. */
  begun(): Promise<void> {
    return new Promise((resolve) => this.worker.once('message', () => resolve()));
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

export function rangeOf(memory: { address: bigint; byteLength: number }): Range {
  return { start: memory.address, byteLength: memory.byteLength };
}

/** Memory with every byte of a page its number + `first`. */
export function filled(pages: number, first = 1): Memory {
  const memory = anonymous(pages * PAGE);
  const bytes = new Uint8Array(memory.buffer);
  for (let page = 0; page < pages; page++) bytes.fill(page + first, page * PAGE, (page + 1) * PAGE);
  return memory;
}

export const done = (bytes: number): Result => ({ bytes, outcome: 'done' });
export const refused = (outcome: Result['outcome'], errno: string, bytes = 0): Result => ({ bytes, outcome, errno });

/** Answers every missing fault of `memory` from `source` until the userfaultfd is closed; gives the messages. */
export async function serve(uffd: Userfaultfd, memory: Memory, source: Memory): Promise<Message[]> {
  const seen: Message[] = [];
  for await (const message of uffd) {
    seen.push(message);
    if (message.event !== 'pagefault') continue;
    const start = message.address & ~BigInt(memory.pageSize - 1);
    const offset = start - memory.address;
    let result = uffd.copy(start, source.address + offset, memory.pageSize);
    while (result.outcome === 'changing') result = uffd.copy(start, source.address + offset, memory.pageSize);
    if (result.outcome === 'present') uffd.wake(start, memory.pageSize);
    else assert.deepEqual(result, done(memory.pageSize));
  }
  return seen;
}

export async function firstMessage(uffd: Userfaultfd): Promise<Message> {
  for await (const message of uffd) return message;
  throw new Error('closed');
}

export function isFault(message: Message | undefined): asserts message is Extract<Message, { event: 'pagefault' }> {
  assert.equal(message?.event, 'pagefault');
}

/** How a call throws. */
export function thrown(work: () => unknown): { code: string; errno: string | undefined; hint: boolean } {
  try {
    work();
  } catch (error) {
    const { code, errno, hint } = error as { code: string; errno?: string; hint?: string };
    return { code, errno, hint: hint !== undefined };
  }
  throw new Error('it did not throw');
}
