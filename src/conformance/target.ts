// Controls the thread or forked child that touches memory in a conformance row.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Native, native } from '../native/native.js';

/** A target's operations; native/conformance/target-operations.cc documents arguments and results. */
export type Operation =
  | 'read'
  | 'write'
  | 'each'
  | 'fill'
  | 'check'
  | 'madvise'
  | 'mremap'
  | 'munmap'
  | 'mprotect'
  | 'fork'
  | 'pin'
  | 'unpin'
  | 'peek'
  | 'readInto'
  | 'pagemap'
  | 'pause'
  | 'kill'
  | 'exit';

export interface Answer {
  value: bigint;
  /** The errno's name, where a system call failed. */
  errno?: string;
  /** SIGBUS or SIGSEGV, where the operation ended by it. */
  signal?: string;
  /** Of the signal. */
  address: bigint;
  results: bigint[];
}

interface NativeTarget {
  makeMailbox(): bigint;
  startThread(mailbox: bigint): void;
  post(mailbox: bigint, operation: Operation, values: readonly bigint[]): void;
  runHere(mailbox: bigint, operation: Operation, values: readonly bigint[]): void;
  answer(mailbox: bigint, results: number): Answer | null;
  server(mailbox: bigint): number;
  reap(process: number): number | null;
  unread(fd: number): boolean;
  dieWithParent(): void;
}

type Value = bigint | number | boolean;

const values = (list: readonly Value[]): bigint[] => list.map((value) => BigInt(value));
const shim = (): NativeTarget => (native() as Native & { target: NativeTarget }).target;

export function dieWithParent(): void {
  shim().dieWithParent();
}

/** Whether a descriptor has something to be read. */
export function unread(fd: number): boolean {
  return shim().unread(fd);
}

/** Runs an operation in the calling thread: one that waits for a page would wait for ever. */
export function runHere(operation: Operation, ...list: Value[]): Answer {
  const mailbox = shim().makeMailbox();
  shim().runHere(mailbox, operation, values(list));
  const answer = shim().answer(mailbox, 0);
  if (answer === null) throw new Error(`${operation} gave no answer`);
  return answer;
}

/** The faulting side of a row: a thread of this process, or a child forked from one. */
export class Target {
  /** Of the child; of this process where it is a thread. */
  readonly pid: number;
  readonly #mailbox: bigint;
  readonly #check: () => void;

  private constructor(pid: number, mailbox: bigint, check: () => void) {
    this.pid = pid;
    this.#mailbox = mailbox;
    this.#check = check;
  }

  /** Calls `check` while waiting; it throws if the wait is hopeless. */
  static async thread(check: () => void): Promise<Target> {
    const mailbox = shim().makeMailbox();
    shim().startThread(mailbox);
    const target = new Target(process.pid, mailbox, check);
    await target.#until(() => shim().server(mailbox) !== 0);
    return target;
  }

  /** A child forked by this thread. Forking blocks until the fork event, if any, is read. */
  async fork(): Promise<Target> {
    const mailbox = shim().makeMailbox();
    const { value, errno } = await this.run('fork', mailbox);
    if (errno !== undefined) throw new Error(`fork: ${errno}`);
    const child = new Target(Number(value), mailbox, this.#check);
    await this.#until(() => shim().server(mailbox) !== 0);
    return child;
  }

  /** Begins an operation, for `finish`. */
  start(operation: Operation, ...list: Value[]): void {
    if (this.busy) throw new Error(`${operation} while another operation lasts`);
    shim().post(this.#mailbox, operation, values(list));
  }

  get busy(): boolean {
    return shim().answer(this.#mailbox, 0) === null;
  }

  /** The result of the begun operation, with `count` values. */
  async finish(count = 0): Promise<Answer> {
    let answer: Answer | null = null;
    await this.#until(() => {
      answer = shim().answer(this.#mailbox, count);
      return answer !== null;
    });
    if (answer === null) throw new Error('no answer');
    return answer;
  }

  run(operation: Operation, ...list: Value[]): Promise<Answer> {
    this.start(operation, ...list);
    return this.finish();
  }

  /** Touches `count` places `stride` bytes apart, and writes back what it read where `write` says so. */
  async each(start: bigint, count: number, stride: number, write = false): Promise<Array<number | string>> {
    this.start('each', start, count, stride, write);
    const { results, signal } = await this.finish(count);
    if (signal !== undefined) throw new Error(`${signal} while pages were touched`);
    return results.map((result) => (result < 0x100n ? Number(result) : `signal ${result >> 8n}`));
  }

  /** Entries of the target's page table. */
  async pagemap(start: bigint, count: number, stride: number): Promise<PageEntry[]> {
    this.start('pagemap', start, count, stride);
    const { results, errno } = await this.finish(count);
    if (errno !== undefined) throw new Error(`/proc/self/pagemap: ${errno}`);
    const bit = (entry: bigint, at: bigint): boolean => ((entry >> at) & 1n) === 1n;
    return results.map((entry) => ({
      exclusive: bit(entry, 56n),
      wp: bit(entry, 57n),
      swapped: bit(entry, 62n),
      present: bit(entry, 63n),
    }));
  }

  /** Ends a child: its exit code, or minus the signal. */
  async end(signal?: 'SIGKILL'): Promise<number> {
    if (signal === undefined) this.start('exit', 0);
    else process.kill(this.pid, signal);
    let ended: number | null = null;
    await this.#until(() => {
      ended = shim().reap(this.pid);
      return ended !== null;
    });
    return ended ?? 0;
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      this.#check();
      await nextTurn();
    }
  }
}

/** Flags of an entry of /proc/PID/pagemap. */
export interface PageEntry {
  /** Mapped here and nowhere else. */
  exclusive: boolean;
  wp: boolean;
  swapped: boolean;
  present: boolean;
}
