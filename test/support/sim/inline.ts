// Threads that serve their own faults, as native/inline/handler.cc and native/engine/fault-turns.cc have it: the seed chooses who
// takes the next turn, the loop or one of these threads.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES, type Waiter } from '../kernel/address-space.js';
import type { FakeKernel } from '../kernel/fake-kernel.js';
import type { CoreMachine } from '../world/core-machine.js';
import { demand } from './audit.js';

/** Mistakes of a turn-taker, planted to see that they are found. */
export interface Mistakes {
  /** Work for the loop stays with the thread that found it. */
  bellForgotten?: boolean;
  /** A thread reads its parking word when its turn has ended. */
  wordReadLate?: boolean;
  /** A page is filled, and no thread that waits for it is woken. */
  wakeForgotten?: boolean;
  /** A turn runs its commands once, and not those that settling issues. */
  commandsLeft?: boolean;
  /** Two threads take a turn at once. */
  lockForgotten?: boolean;
}

/** The part of a simulated pager that is used here. */
export interface InlineHome {
  readonly core: CoreMachine;
  readonly kernel: FakeKernel;
}

/** What a turn runs: the loop's core, with the simulation's eye on it. */
export interface TurnParts {
  step(): number;
  settle(): void;
  execute(): void;
  /** Everything is checked. */
  settled(): void;
}

/** Steps in one turn, as in native/engine/turn.cc. */
const STEPS_A_TURN = 64;
const WAKING: readonly number[] = [
  layout.OP_COPY,
  layout.OP_ZEROPAGE,
  layout.OP_MOVE,
  layout.OP_TAKE,
  layout.OP_FEED,
  layout.OP_CONTINUE,
  layout.OP_POISON,
  layout.OP_WAKE,
  layout.OP_UNPROTECT,
  layout.OP_SEAL,
];

/** A thread in its signal handler. It has taken its turn once `read` is set, and then waits until its word changes. */
class Handled implements Waiter {
  read = false;
  /** It need not wait: it touches the page again. */
  again = false;
  seen: number;

  constructor(
    readonly address: number,
    readonly write: boolean,
    /** FAULT_WP or 0: the signal does not tell a minor fault from a missing page. */
    readonly kind: number,
    readonly word: () => number,
  ) {
    this.seen = word();
  }

  get woken(): boolean {
    return this.again || (this.read && this.word() !== this.seen);
  }
}

export class Inline {
  /** Work has been left to the loop. */
  rung = false;
  /** Turns of threads, and how many of them left work to the loop. */
  readonly seen = { turns: 0, rings: 0, waits: 0, foreign: 0 };
  mistakes: Mistakes = {};
  parts: TurnParts | undefined;
  /** By page. Pages share a word in native: what a shared word hides is found here. */
  readonly #words = new Map<number, number>();
  /** A thread that met a victim of a memfile write-protected, and waits for the lock. */
  #late: Handled | undefined;
  #turning = false;

  constructor(readonly state: InlineHome) {}

  /** A thread's access has failed: the kernel sends a signal, and the handler reads the page's word. */
  signal(address: number, write: boolean, present: boolean): Waiter {
    const page = this.#pageOf(address);
    return new Handled(address, write, present ? layout.FAULT_WP : 0, () => this.#words.get(page) ?? 0);
  }

  /** As `wakeWaiters` of native/engine/command.cc: whatever came of the command. */
  ran(op: number, target: number, source: number, length: number): void {
    if (!WAKING.includes(op)) return;
    if (this.mistakes.wakeForgotten && op === layout.OP_MOVE) return;
    const start = op === layout.OP_TAKE ? source : target;
    for (let page = this.#pageOf(start); page <= this.#pageOf(start + length - 1); page++) this.#wake(page);
  }

  wakeAll(): void {
    for (const page of this.#words.keys()) this.#wake(page);
  }

  /** A thread that is not one of the simulation's meets this. */
  meet(address: number): void {
    this.#late ??= this.signal(address, true, true) as Handled;
  }

  /** That thread gets the lock; false if there is none. */
  meetNow(): boolean {
    const late = this.#late;
    if (late === undefined) return false;
    this.#late = undefined;
    if (this.state.kernel.isRegistered(late.address)) this.#turn(late);
    return true;
  }

  /** A thread gets the lock, and takes its turn; false if it has had it. */
  takesTurn({ waiter }: { waiter: Waiter | undefined }): boolean {
    if (!(waiter instanceof Handled) || waiter.read || waiter.again) return false;
    this.#turn(waiter);
    return true;
  }

  // `serveInline`: with the lock held, and so as one step of the simulation.
  #turn(waiter: Handled): void {
    demand(!this.#turning || this.mistakes.lockForgotten === true, () => 'two threads take a turn at once');
    this.#turning = true;
    this.seen.turns++;
    this.#serve(waiter);
    if (this.mistakes.wordReadLate) waiter.seen = waiter.word();
    if (waiter.read && !waiter.woken) this.seen.waits++;
    this.#turning = false;
    this.parts?.settled();
  }

  // `turnForFault`.
  #serve(waiter: Handled): void {
    const { core, kernel } = this.state;
    const { address } = waiter;
    const left = core.word(layout.MESSAGE_COUNT_AT);
    const place = core.exports.pageAt(address % 2 ** 32, Math.floor(address / 2 ** 32));
    if (place === 0n || left === layout.MESSAGE_LIMIT) {
      if (left === 0) this.#foreign(waiter);
      else this.#leaveToLoop(waiter);
      return;
    }
    const [region, page] = [Number(place >> 32n), Number(place & 0xffff_ffffn)];
    if (core.exports.pageState(region, page) === layout.PAGE_FAILED && kernel.look(address) === 'poisoned') {
      this.seen.foreign++;
      waiter.again = true;
      return;
    }
    const inFile = kernel.rangeOf(address)?.file === true && kernel.pages.has(address / BASE_BYTES);
    const kind = waiter.kind === 0 && inFile ? layout.FAULT_MINOR : waiter.kind;
    // As `Several` of native/engine/several.h may find.
    core.put(layout.SEVERAL_THREADS_AT, (this.seen.turns >> 5) & 1);
    core.message(layout.EVENT_PAGEFAULT, [kind | (waiter.write ? layout.FAULT_WRITE : 0), address]);
    kernel.pass(kernel.mischief.time());
    waiter.read = true;
    if (this.#turnOver() && !this.mistakes.bellForgotten) this.#ring();
    demand(!core.commanded, () => 'a thread leaves commands unsettled');
  }

  // A thread that touches memory on its way there or away, before mremap(2) or munmap(2) has returned, is on its own.
  #foreign(waiter: Handled): void {
    const { kernel } = this.state;
    demand(
      kernel.changing || !kernel.isRegistered(waiter.address),
      () => `the page at ${waiter.address.toString(16)} is nobody's`,
    );
    this.seen.foreign++;
    waiter.again = true;
  }

  #leaveToLoop(waiter: Handled): void {
    this.#ring();
    waiter.again = true;
  }

  #ring(): void {
    this.seen.rings++;
    this.rung = true;
  }

  // `turnOver` of native/engine/turn.cc, until the messages are taken. True if the loop has work.
  #turnOver(): boolean {
    const { parts } = this;
    const { core } = this.state;
    if (parts === undefined) return false;
    let again = false;
    for (let steps = 0; steps < STEPS_A_TURN; steps++) {
      again = parts.step() !== 0;
      while (core.commanded) {
        parts.execute();
        parts.settle();
        if (this.mistakes.commandsLeft) break;
      }
      const messages = core.word(layout.MESSAGE_COUNT_AT) !== 0;
      if (!messages) break;
      again = true;
    }
    return (
      again ||
      core.requested ||
      core.word(layout.OPERATION_COUNT_AT) !== 0 ||
      core.word(layout.RETRY_AT) !== 0 ||
      core.word(layout.PASS_AT) !== 0 ||
      core.word(layout.LIST_STARVED_AT + layout.QUEUE_COUNT_AT) !== 0 ||
      core.word(layout.LIST_REFUSED_AT + layout.QUEUE_COUNT_AT) !== 0
    );
  }

  #pageOf(address: number): number {
    return Math.floor(address / this.state.core.pageSize);
  }

  #wake(page: number): void {
    this.#words.set(page, (this.#words.get(page) ?? 0) + 1);
  }
}
