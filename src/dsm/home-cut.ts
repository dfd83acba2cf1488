// The cut of a region at its home: whose it is, which nodes wait for one, and how many pages are on their way to its node. Decisions: assembly/dsm/cut.ts.
import {
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  FLAG_HELD,
  MESSAGE_COPIED,
  MESSAGE_COPY,
  MESSAGE_CUT,
  MESSAGE_CUT_END,
  MESSAGE_CUT_OVER,
  MESSAGE_INSTANT,
  MESSAGE_NO_COPY,
  MESSAGE_SAVED,
} from '../../assembly/dsm/layout.js';
import type { HomeBytes } from './home-bytes.js';
import type { DsmExports, Operation } from './machine.js';
import type { Member } from './member.js';
import { CUT_NO_PAGES, CUT_STALLED, MAX_COPIES, type Message, notice, unexpected } from './message.js';

/** Pages whose bytes are on their way from their owners at once. */
const GATHERED = 1024;
/** Pages for which writers waited, and that the node has not written to its image. */
const UNSAVED = 1024;
/** Leases for which writers wait for a node that writes nothing to its image. */
const STALL_LEASES = 5;

/** Messages of nodes that are of a cut. */
const FROM_NODES: ReadonlySet<number> = new Set([MESSAGE_CUT, MESSAGE_COPY, MESSAGE_SAVED, MESSAGE_CUT_END]);
const TO_NODES: ReadonlySet<number> = new Set([MESSAGE_INSTANT, MESSAGE_COPIED, MESSAGE_NO_COPY]);

export interface CutHome {
  readonly exports: DsmExports;
  readonly at: number;
  readonly pages: number;
  readonly leaseMs: number;
  readonly bytes: HomeBytes;
  /** Does what the machine asks for, until it asks for nothing. */
  run(): void;
}

interface Asked {
  member: Member;
  req: number;
}

export class HomeCut {
  readonly #home: CutHome;
  #asked: Asked | undefined;
  #isEnding = false;
  /** Nodes that wait for the cut before theirs to end. */
  readonly #waiting: Asked[] = [];
  #unsaved = 0;
  /** Pages that wait for the node to have room. */
  #held: number[] = [];
  #movedAt = 0;
  /** Pages for which there is room now. */
  readonly #ready: number[] = [];

  constructor(home: CutHome) {
    this.#home = home;
  }

  static isOf({ message }: Pick<Message, 'message'>): boolean {
    return FROM_NODES.has(message);
  }

  isFor({ message }: Operation): boolean {
    return TO_NODES.has(message);
  }

  /** @param isOpen false: the home does not know its pages yet. @throws PagerError 'PROTOCOL' */
  take(member: Member, one: Message, isOpen: boolean): void {
    const { message, page, txn, req, flags } = one;
    if (req === 0 || flags !== 0) throw unexpected(one);
    if (message === MESSAGE_CUT) {
      if (this.#all().some((asked) => asked.member === member)) throw unexpected(one);
      if (isOpen) this.#waiting.push({ member, req });
      else member.outbox.send({ ...notice(MESSAGE_CUT_OVER, 0n, req), txn: CUT_NO_PAGES });
      this.#next();
    } else if (message === MESSAGE_CUT_END) {
      this.leave(member, req);
    } else if (message === MESSAGE_COPY) {
      if (txn < 1 || txn > MAX_COPIES || page + txn > this.#home.pages) throw unexpected(one);
      for (let each = page; each < page + txn; each++) {
        this.#home.exports.homeCutWant(this.#home.at, member.node, each, req);
        this.#home.run();
      }
    } else if (this.#asked?.member === member && this.#asked.req === req) {
      if (this.#unsaved === 0) throw unexpected(one);
      this.#unsaved--;
      this.#movedAt = performance.now();
      const next = this.#held.shift();
      if (next !== undefined) this.room(next);
      this.#home.run();
    }
  }

  /** The node gives up its cut, or has all; or it has lost its connection, or is a member no more. @param req that cut; default: any */
  leave(member: Member, req?: number): void {
    const isIts = (asked: Asked | undefined) => asked?.member === member && (req === undefined || asked.req === req);
    const at = this.#waiting.findIndex(isIts);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (isIts(this.#asked)) this.#end();
  }

  /**
   * Lets the machine continue the cut. Call it when every operation that the machine asked for is done. True: the machine asks for others.
   */
  step(): boolean {
    const { exports, at } = this.#home;
    const page = this.#ready.shift();
    if (page !== undefined) exports.homeCopy(at, page);
    if (this.#asked === undefined && !this.#isEnding) return false;
    return exports.homeCutStep(at, GATHERED) !== 0 || page !== undefined;
  }

  /** A writer waits for the page to be copied. */
  room(page: number): void {
    if (this.#unsaved + this.#ready.length < UNSAVED) {
      this.#ready.push(page);
      return;
    }
    if (this.#held.length === 0) this.#movedAt = performance.now();
    this.#held.push(page);
  }

  send(operation: Operation): void {
    const outbox = this.#asked?.member.outbox;
    if (outbox === undefined) return;
    const { page, flags } = operation;
    if ((flags & FLAG_HELD) !== 0) this.#unsaved++;
    const bytes = (flags & FLAG_BYTES) === 0 ? null : (this.#home.bytes.inHand(page) ?? null);
    if (bytes === null || !this.#home.bytes.isZeros(page)) outbox.send(operation, bytes);
    else outbox.send({ ...operation, flags: (flags & ~FLAG_BYTES) | FLAG_ALL_ZEROS });
  }

  /** Ends a cut for which writers wait in vain. */
  check(): void {
    if (this.#asked === undefined || this.#held.length === 0) return;
    if (performance.now() - this.#movedAt <= STALL_LEASES * this.#home.leaseMs) return;
    const { member, req } = this.#asked;
    member.outbox.send({ ...notice(MESSAGE_CUT_OVER, 0n, req), txn: CUT_STALLED });
    this.#end();
  }

  #all(): Asked[] {
    return this.#asked === undefined ? this.#waiting : [this.#asked, ...this.#waiting];
  }

  #end(): void {
    const { exports, at } = this.#home;
    this.#asked = undefined;
    this.#held = [];
    this.#ready.length = 0;
    this.#unsaved = 0;
    exports.homeCutEnd(at);
    this.#isEnding = true;
    this.#home.run();
    this.#isEnding = false;
    this.#next();
  }

  #next(): void {
    if (this.#asked !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#asked = next;
    this.#home.exports.homeCut(this.#home.at, next.member.node, next.req);
    this.#home.run();
  }
}
