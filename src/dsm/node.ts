// One node of a shared region: faults and messages go into the machine, and what it asks for is done in its order.
import {
  DO_HOLD,
  DO_SAVE,
  DO_SEND,
  DO_ZAP,
  FLAG_BYTES,
  MESSAGE_ACK,
  MESSAGE_DATA,
  MESSAGE_GRANT,
  MESSAGE_LOST,
  MESSAGE_SHARE,
  NODE_DUE_AT,
  NODE_F,
  NODE_HAND_OFFS_AT,
  NODE_I,
  NODE_L,
  NODE_M,
  NODE_MI,
  NODE_MS,
  NODE_STATE_AT,
  NODE_VERSION_AT,
} from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { Counters } from './counters.js';
import { Holds } from './holds.js';
import { Lease, type LeaseEvents } from './lease.js';
import { DsmCore, type Operation } from './machine.js';
import { PAGE_BYTES, readMessage, writeHead } from './message.js';
import { lostError, READABLE, UNSAVED } from './page-states.js';
import { NodePages } from './pages.js';
import { type JoinRequest, type Runs, runsOf } from './requests.js';
import { Resident } from './resident.js';
import { Waits } from './waits.js';

/** Pages on the way at once, of one call. */
const WINDOW = 64;
/** Milliseconds between two checks that the userfaultfd is still this node's: no fault tells if other code has closed it. */
const OPEN_CHECK_MS = 250;

export interface NodeEvents {
  lost(runs: Runs): void;
  fenced(runs: Runs, why: string): void;
}

export class DsmNode implements LeaseEvents {
  readonly #core = new DsmCore();
  #at = 0;
  readonly #ask: JoinRequest;
  readonly #events: NodeEvents;
  readonly #pages: NodePages;
  readonly #lease: Lease;
  readonly #counters: Counters;
  readonly #resident: Resident | null;
  readonly #waits = new Waits();
  readonly #holds = new Holds((page) => this.#tick(page));
  #interval: NodeJS.Timeout | undefined;
  #openCheck: NodeJS.Timeout | undefined;
  #ended: PagerError | undefined;

  /** @throws PagerError 'UNSUPPORTED', 'PERMISSION', 'REGION'; (rejects) 'PROTOCOL' */
  static async join(ask: JoinRequest, events: NodeEvents): Promise<DsmNode> {
    const node = new DsmNode(ask, events);
    try {
      const roundTrip = await node.#lease.open();
      const { exports } = node.#core;
      node.#at = node.#core.reserve(exports.nodeBytes(ask.pages));
      exports.nodeBegin(node.#at, ask.pages, ask.holdMs ?? Math.max(1, 4 * roundTrip), Number(ask.through));
    } catch (error) {
      node.#lease.end();
      node.#pages.close();
      throw error;
    }
    if (ask.interval !== null) node.#flushAfter(ask.interval);
    node.#openCheck = setInterval(() => {
      if (!node.#pages.isOpen()) node.abandon(closedError());
    }, OPEN_CHECK_MS);
    node.#serveFaults().catch((error: unknown) => node.abandon(error));
    return node;
  }

  private constructor(ask: JoinRequest, events: NodeEvents) {
    this.#ask = ask;
    this.#events = events;
    this.#counters = new Counters(ask.counters);
    this.#resident = ask.resident === null ? null : new Resident(ask.resident);
    this.#pages = new NodePages(ask);
    this.#lease = new Lease(ask, this);
  }

  get number(): number {
    return this.#lease.node;
  }

  get kernelFaults(): boolean {
    return !this.#pages.uffd.userModeOnly;
  }

  // ---- requests of the user's thread -------------------------------------------------------------------------------

  /** Resolves when each page has been there, with `write` as this node's own. */
  async load(first: number, end: number, write: boolean): Promise<void> {
    for (let page = first; page < end; page++) {
      if ((page - first) % WINDOW === 0) {
        const until = Math.min(end, page + WINDOW);
        for (let ahead = page; ahead < until; ahead++) if (this.#stateOf(ahead) === NODE_I) this.#want(ahead, write);
      }
      await this.#waits.until(() => {
        const state = this.#stateOf(page);
        if (state === NODE_L) throw lostError(page);
        const there = write ? state === NODE_M : READABLE.has(state);
        if (!there) this.#want(page, write);
        return there ? true : undefined;
      });
    }
  }

  prefetch(first: number, end: number): void {
    // A hint: nobody waits for it. Where a page is lost, or the node has ended, a touch reports it.
    this.load(first, end, false).catch(() => {});
  }

  /** Resolves when the home has every byte written before. */
  async flush(): Promise<void> {
    for (let first = 0; first < this.#ask.pages; first += WINDOW) {
      await this.#putRange(first, Math.min(first + WINDOW, this.#ask.pages));
    }
  }

  /** One flush after the other, however long each takes. */
  #flushAfter(interval: number): void {
    this.#interval = setTimeout(() => {
      // It fails only when the node ends, and `fenced` says then which bytes the home does not have.
      this.flush().then(
        () => this.#flushAfter(interval),
        () => {},
      );
    }, interval);
  }

  /** Resolves when the home has what was written to the pages before. */
  async #putRange(first: number, end: number): Promise<void> {
    const leaving: Array<{ page: number; version: bigint }> = [];
    for (let page = first; page < end; page++) {
      const state = this.#stateOf(page);
      if (state === NODE_M || state === NODE_F) this.#put(page);
      if (this.#isLeaving(page)) leaving.push({ page, version: this.#versionOf(page) });
    }
    for (const { page, version } of leaving) {
      // Another version: the bytes have been with another node since.
      await this.#waits.until(() => (this.#versionOf(page) === version && this.#isLeaving(page) ? undefined : true));
    }
  }

  /** Bytes of the page are on their way to the home, or wait for Δ to leave. */
  #isLeaving(page: number): boolean {
    const state = this.#stateOf(page);
    return state === NODE_MS || state === NODE_MI || (state === NODE_M && this.#field(page, NODE_DUE_AT) !== 0);
  }

  /** Gives back pages; resolves to how many were dropped. */
  async evict(first: number, end: number): Promise<number> {
    let dropped = 0;
    for (let page = first; page < end; page++) {
      if ((page - first) % WINDOW === 0) await this.#putRange(page, Math.min(end, page + WINDOW));
      dropped += this.#step(() => this.#core.exports.nodeDrop(this.#at, page));
    }
    return dropped;
  }

  /** Resolves to the word when it is not `old`, and to anything once nobody waits. */
  changed(byteOffset: number, old: number, signal: AbortSignal): Promise<number> {
    const page = Math.floor(byteOffset / PAGE_BYTES);
    return this.#waits.until(() => {
      if (signal.aborted) return old;
      const state = this.#stateOf(page);
      if (state === NODE_L) throw lostError(page);
      if (READABLE.has(state)) {
        const word = this.#pages.word(byteOffset);
        if (word !== old) return word;
      } else if (state === NODE_I || state === NODE_F) {
        this.#want(page, false);
      }
      return undefined;
    });
  }

  /** Sends what was written, leaves, and makes each touch SIGBUS. */
  async close(): Promise<void> {
    if (this.#ended === undefined) {
      await this.flush().catch(() => {}); // see #flushAfter
      await this.#lease.leave();
    }
    this.#finish(new PagerError('CLOSED', 'the shared region is closed'));
  }

  // ---- events of the lease -----------------------------------------------------------------------------------------

  /** @throws PagerError 'PROTOCOL': the connection ends */
  take(body: Buffer): void {
    const { message, page, txn, req, version, flags, bytes } = readMessage(body);
    if (((flags & FLAG_BYTES) !== 0) !== (bytes !== null) || page >= this.#ask.pages)
      throw new PagerError('PROTOCOL', 'a message without its bytes, or about no page');
    const { exports } = this.#core;
    const taken = this.#answer(
      page,
      () => exports.nodeTake(this.#at, message, page, txn, req, version, flags, performance.now()),
      bytes,
    );
    if (taken === 0) throw new PagerError('PROTOCOL', `message ${message} about page ${page} was not expected`);
    if (message === MESSAGE_SHARE) this.#counters.add('reads');
    if (message === MESSAGE_GRANT) this.#counters.add('grants');
    if (message === MESSAGE_SHARE || message === MESSAGE_GRANT || message === MESSAGE_LOST) this.#waits.look();
    this.#resident?.shrink(this.#leaving);
  }

  lost(runs: Runs): void {
    this.#events.lost(runs);
  }

  reconnected(): void {
    this.#eachPage((page) => this.#core.exports.nodeResend(this.#at, page));
  }

  newHome(): void {
    this.#eachPage((page) => this.#core.exports.nodeNewHome(this.#at, page));
  }

  freeze(): void {
    this.#counters.add('freezes');
    this.#core.exports.nodeSetFrozen(this.#at, 1);
    const { pages } = this.#ask;
    for (let first = 0; first < pages; first += WINDOW) {
      this.#do(() => this.#freezeRange(first, Math.min(first + WINDOW, pages)));
    }
    this.#resident?.clear();
  }

  /** Unmaps neighbours by one system call: the lease may end meanwhile. What is sent follows. */
  #freezeRange(first: number, end: number): void {
    const operations: Operation[] = [];
    for (let page = first; page < end; page++) {
      this.#core.exports.nodeFreeze(this.#at, page);
      operations.push(...this.#core.operations());
    }
    const numbersOf = (kind: number) => operations.filter((one) => one.kind === kind).map(({ page }) => page);
    this.#pages.unmap(numbersOf(DO_SAVE), numbersOf(DO_ZAP));
    for (const operation of operations) if (operation.kind === DO_SEND) this.#send(operation);
  }

  thaw(): void {
    this.#core.exports.nodeSetFrozen(this.#at, 0);
    this.#eachPage((page) => this.#countPut(this.#core.exports.nodeThaw(this.#at, page, performance.now())));
    this.#waits.look();
  }

  /** It is frozen. */
  fence(why: string): void {
    const discarded: number[] = [];
    this.#eachPage((page) => {
      if (this.#core.exports.nodeFence(this.#at, page) !== 0) discarded.push(page);
    });
    this.#finish(new PagerError('PROTOCOL', `this node is not a member of the shared region any more: ${why}`));
    this.#events.fenced(runsOf(discarded), why);
  }

  /** Something happened that this node does not understand. Nothing may be read that the home may give to others. */
  abandon(error: unknown): void {
    if (this.#ended !== undefined) return;
    const owned: number[] = [];
    for (let page = 0; page < this.#ask.pages; page++) if (UNSAVED.has(this.#stateOf(page))) owned.push(page);
    const why = `its node failed: ${(error as Error).message}`;
    this.#finish(new PagerError('INTERNAL', why, { cause: error }));
    this.#events.fenced(runsOf(owned), why);
  }

  // ---- the machine -------------------------------------------------------------------------------------------------

  async #serveFaults(): Promise<void> {
    for await (const message of this.#pages.uffd) {
      if (message.event !== 'pagefault') continue;
      this.#lease.check();
      const page = this.#pages.pageAt(message.address);
      // A message may be older than the page's arrival; a page that this node has and that is absent was removed by other code.
      if (!message.wp && READABLE.has(this.#stateOf(page)) && !this.#pages.isPresent(page)) {
        this.abandon(new PagerError('REGION', `page ${page} was removed by code outside farpage (madvise?)`, { page }));
      }
      this.#want(page, message.write || message.wp);
    }
    if (this.#ended === undefined) throw closedError();
  }

  /** A step that may give the page to another node. */
  #answer(page: number, call: () => number | void, arrived: Buffer | null = null): number {
    const before = this.#handOffsOf(page);
    const result = this.#step(call, arrived);
    const handOffs = this.#handOffsOf(page);
    if (handOffs !== before) this.#counters.handedOff(page, handOffs);
    return result;
  }

  #want(page: number, write: boolean): void {
    if (this.#ended !== undefined) return;
    this.#step(() => this.#core.exports.nodeFault(this.#at, page, Number(write), performance.now()));
  }

  #put(page: number): void {
    this.#countPut(this.#step(() => this.#core.exports.nodePut(this.#at, page)));
  }

  /** @param sent not 0: the page was sent to the home without being asked for */
  #countPut(sent: number): void {
    if (sent !== 0) this.#counters.add('puts');
  }

  #tick(page: number): void {
    this.#countPut(this.#answer(page, () => this.#core.exports.nodeTick(this.#at, page, performance.now())));
  }

  #eachPage(each: (page: number) => number | void): void {
    for (let page = 0; page < this.#ask.pages; page++) this.#step(() => each(page));
  }

  #stateOf(page: number): number {
    return this.#field(page, NODE_STATE_AT);
  }

  #field(page: number, at: number): number {
    return this.#core.view().getUint8(this.#core.exports.nodeEntry(this.#at, page) + at);
  }

  #handOffsOf(page: number): number {
    return this.#core.view().getUint32(this.#core.exports.nodeEntry(this.#at, page) + NODE_HAND_OFFS_AT, true);
  }

  #versionOf(page: number): bigint {
    return this.#core.view().getBigUint64(this.#core.exports.nodeEntry(this.#at, page) + NODE_VERSION_AT, true);
  }

  /**
   * One call of the machine, and what it asks for. If either fails, the node has ended: the operations that are left must not be done.
   * @throws the failure; what ended the node before
   */
  #step(call: () => number | void, arrived: Buffer | null = null): number {
    return this.#do(() => {
      const result = call();
      for (const operation of this.#core.operations()) {
        if (operation.kind === DO_SEND) this.#send(operation);
        else if (operation.kind === DO_HOLD) this.#holds.set(operation.page, operation.time);
        else {
          this.#pages.run(operation, arrived);
          this.#resident?.note(operation);
        }
      }
      return result ?? 0;
    });
  }

  readonly #leaving = {
    stateOf: (page: number) => this.#stateOf(page),
    drop: (page: number) => {
      if (this.#step(() => this.#core.exports.nodeDrop(this.#at, page)) !== 0) this.#counters.add('evictions');
    },
    put: (page: number) => this.#put(page),
  };

  #do<T>(work: () => T): T {
    if (this.#ended !== undefined) throw this.#ended;
    try {
      return work();
    } catch (error) {
      this.abandon(error);
      throw error;
    }
  }

  #send(operation: Operation): void {
    const { message, flags, page } = operation;
    if (message === MESSAGE_ACK) this.#counters.add('invalidations');
    if (message === MESSAGE_DATA) this.#counters.add('recalls');
    const head = writeHead(operation);
    this.#lease.send((flags & FLAG_BYTES) === 0 ? [head] : [head, this.#pages.bytes(page)]);
  }

  #finish(error: PagerError): void {
    this.#ended ??= error;
    this.#lease.end();
    this.#pages.close();
    clearTimeout(this.#interval);
    clearInterval(this.#openCheck);
    this.#holds.end();
    this.#waits.end(this.#ended);
  }
}

function closedError(): PagerError {
  return new PagerError('CLOSED', 'other code has closed its userfaultfd');
}
