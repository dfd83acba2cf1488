// One node of a shared region: faults and messages go into the machine, and what it asks for is done in its order.
import {
  DO_HOLD,
  DO_INSTALL,
  DO_SEND,
  FLAG_BYTES,
  MESSAGE_ACK,
  MESSAGE_DATA,
  MESSAGE_GRANT,
  MESSAGE_SHARE,
  NODE_F,
  NODE_I,
  NODE_L,
  NODE_M,
  NODE_S,
} from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { Counters } from './counters.js';
import { Entries } from './entries.js';
import { Holds } from './holds.js';
import { Lease, type LeaseEvents } from './lease.js';
import { DsmCore, type Operation } from './machine.js';
import { ARRIVES, type Message, PAGE_BYTES, unexpected } from './message.js';
import { closedError, lostError, READABLE, UNSAVED } from './page-states.js';
import { NodePages } from './pages.js';
import { ReadAhead } from './read-ahead.js';
import { type AttachRequest, type JoinRequest, type NodeEvents, type Runs, runsOf } from './requests.js';
import { Resident } from './resident.js';
import type { Snapshots } from './snapshots.js';
import { Times } from './times.js';
import { unmapRange } from './unmap.js';
import { Waits } from './waits.js';
import { WINDOW, WriteBack } from './write-back.js';

export class DsmNode implements LeaseEvents {
  readonly #core = new DsmCore();
  #at = 0;
  readonly #entries = new Entries(this.#core);
  readonly #ask: JoinRequest;
  readonly #events: NodeEvents;
  readonly #pages: NodePages;
  readonly #lease: Lease;
  readonly #counters: Counters;
  readonly #resident: Resident | null;
  readonly #waits = new Waits();
  readonly #readAhead: ReadAhead;
  readonly #writeBack: WriteBack;
  readonly #holds = new Holds((page) => this.#tick(page));
  readonly #times = new Times();
  #isLeaving = false;
  #ended: PagerError | undefined;

  /** @throws PagerError 'UNSUPPORTED', 'PERMISSION', 'REGION'; (rejects) 'PROTOCOL' */
  static async join(ask: JoinRequest, events: NodeEvents): Promise<DsmNode> {
    const node = new DsmNode(ask, events);
    try {
      const roundTrip = await node.#lease.open();
      const { exports } = node.#core;
      node.#at = node.#core.reserve(exports.nodeBytes(ask.pages));
      node.#entries.at = node.#at;
      exports.nodeBegin(node.#at, ask.pages, ask.holdMs ?? Math.max(1, 4 * roundTrip), Number(ask.through));
    } catch (error) {
      node.#lease.end();
      node.#pages.close();
      throw error;
    }
    if (ask.interval !== null) node.#writeBack.flushEvery(ask.interval);
    node.#pages.checkOpen(() => node.abandon(closedError()));
    node.#serveFaults().catch((error: unknown) => node.abandon(error));
    return node;
  }

  private constructor(ask: JoinRequest, events: NodeEvents) {
    this.#ask = ask;
    this.#events = events;
    this.#counters = new Counters(ask.counters);
    this.#resident = ask.resident === null ? null : new Resident(ask.resident);
    this.#readAhead = new ReadAhead(ask.resident ?? undefined);
    this.#pages = new NodePages(ask, {
      pages: ask.pages,
      isOwned: (page) => this.#entries.state(page) === NODE_M,
      touched: (page, write) => this.#touched(page, write),
    });
    this.#lease = new Lease(ask, this);
    this.#writeBack = new WriteBack({
      pages: ask.pages,
      waits: this.#waits,
      entries: this.#entries,
      put: (page) => this.#put(page),
      drop: (page) => this.#step(() => this.#core.exports.nodeDrop(this.#at, page)),
      discard: (page) => this.#answer(page, () => this.#core.exports.nodeDiscard(this.#at, page)),
    });
  }

  get number(): number {
    return this.#lease.node;
  }

  get snapshots(): Snapshots {
    return this.#lease.snapshots;
  }

  get kernelFaults(): boolean {
    return !this.#pages.uffd.userModeOnly;
  }

  // ---- requests of the user's thread -------------------------------------------------------------------------------

  /** Resolves when each page has been there, with `write` as this node's own. */
  async load(first: number, end: number, write: boolean): Promise<void> {
    let asked = first;
    for (let page = first; page < end; page++) {
      if (asked < end && asked - page < WINDOW / 2) {
        const until = Math.min(end, page + WINDOW);
        for (; asked < until; asked++) {
          const state = this.#entries.state(asked);
          if (state === NODE_I || (write && state === NODE_S)) this.#want(asked, write);
        }
      }
      const look = () => {
        const state = this.#entries.state(page);
        if (state === NODE_L) throw lostError(page);
        const there = write ? state === NODE_M : READABLE.has(state);
        if (!there) this.#want(page, write);
        return there ? true : undefined;
      };
      // Most pages have come while the call waited for the one before.
      if (this.#ended !== undefined || look() === undefined) await this.#waits.until(look);
    }
  }

  prefetch(first: number, end: number): void {
    // A hint: nobody waits for it. Where a page is lost, or the node has ended, a touch reports it.
    this.load(first, end, false).catch(() => {});
  }

  flush(): Promise<void> {
    return this.#writeBack.flush();
  }

  evict(first: number, end: number): Promise<number> {
    return this.#writeBack.evict(first, end);
  }

  discard(first: number, end: number): Promise<void> {
    return this.#writeBack.discard(first, end);
  }

  /** Resolves to the word when it is not `old`, and to anything once nobody waits. */
  changed(byteOffset: number, old: number, signal: AbortSignal): Promise<number> {
    const page = Math.floor(byteOffset / PAGE_BYTES);
    return this.#waits.until(() => {
      if (signal.aborted) return old;
      const state = this.#entries.state(page);
      if (state === NODE_L) throw lostError(page);
      if (READABLE.has(state)) {
        const word = this.#pages.word(byteOffset);
        if (word !== old) return word;
      } else if (state === NODE_I || state === NODE_F) this.#want(page, false);
      return undefined;
    });
  }

  /** Serves a mapping in another process too. @throws PagerError 'REGION'; why the node has ended */
  attach({ times, ...view }: AttachRequest): void {
    if (this.#ended !== undefined) throw this.#ended;
    this.#times.open(times);
    this.#pages.views.add(view);
  }

  /** Sends what was written, leaves, and makes each touch SIGBUS. */
  async close(): Promise<void> {
    await this.#leave().catch(() => {}); // as in WriteBack
    this.#finish(new PagerError('CLOSED', 'the shared region is closed'));
  }

  /** Threads of attached processes write until their pages are unmapped. */
  async #leave(): Promise<void> {
    await this.flush();
    this.#isLeaving = true;
    this.#unmap();
    await this.flush();
    await this.#lease.leave();
  }

  // ---- events of the lease -----------------------------------------------------------------------------------------

  /** @throws PagerError 'PROTOCOL': the connection ends */
  take(messages: readonly Message[]): void {
    for (const { flags, bytes, page } of messages) {
      if (((flags & FLAG_BYTES) !== 0) !== (bytes !== null) || page >= this.#ask.pages)
        throw new PagerError('PROTOCOL', 'a message without its bytes, or about no page');
    }
    for (let at = 0; at < messages.length; ) {
      let end = at;
      while (messages[end]?.message === MESSAGE_SHARE) end++;
      const one = messages[at];
      if (end > at) this.#takeShares(messages.slice(at, end));
      else if (one !== undefined) this.#takeOne(one);
      at = Math.max(end, at + 1);
    }
    if (messages.some(({ message }) => ARRIVES.has(message))) this.#waits.look();
    this.#resident?.shrink(this.#leaving);
  }

  lost(runs: Runs): void {
    this.#events.lost(runs);
  }

  extended(usable: number, end: number): void {
    this.#times.extend(usable, end);
  }

  reconnected(): void {
    this.#eachPage((page) => this.#core.exports.nodeResend(this.#at, page));
  }

  newHome(): void {
    this.#eachPage((page) => this.#core.exports.nodeNewHome(this.#at, page));
  }

  freeze(): void {
    this.#counters.add('freezes');
    this.#unmap();
  }

  #unmap(): void {
    this.#core.exports.nodeSetFrozen(this.#at, 1);
    const send = (operation: Operation) => this.#send(operation);
    const all = { core: this.#core, at: this.#at, pages: this.#pages, send };
    for (let first = 0; first < this.#ask.pages; first += WINDOW)
      this.#do(() => unmapRange(all, first, Math.min(first + WINDOW, this.#ask.pages)));
    this.#resident?.clear();
  }

  thaw(): void {
    if (this.#isLeaving) return;
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
    const owned = this.#entries.pagesIn(UNSAVED, this.#ask.pages);
    const why = `its node failed: ${(error as Error).message}`;
    this.#finish(new PagerError('INTERNAL', why, { cause: error }));
    this.#events.fenced(runsOf(owned), why);
  }

  // ---- the machine -------------------------------------------------------------------------------------------------

  async #serveFaults(): Promise<void> {
    for await (const message of this.#pages.uffd) {
      if (message.event !== 'pagefault') continue;
      const page = this.#pages.pageAt(message.address);
      // A message may be older than the page's arrival; a page that this node has and that is absent was removed by other code.
      if (!message.wp && READABLE.has(this.#entries.state(page)) && !this.#pages.isPresent(page))
        this.abandon(new PagerError('REGION', `page ${page} was removed by code outside farpage (madvise?)`, { page }));
      this.#touched(page, message.write || message.wp);
    }
    if (this.#ended === undefined) throw closedError();
  }

  #touched(page: number, write: boolean): void {
    this.#lease.check();
    this.#want(page, write);
    if (write) return;
    const end = Math.min(this.#ask.pages, page + 1 + this.#readAhead.after(page));
    for (let next = page + 1; next < end; next++) this.#step(() => this.#core.exports.nodeAhead(this.#at, next));
  }

  /** A step that may give the page to another node. */
  #answer(page: number, call: () => number | void, arrived: Buffer | null = null): number {
    const before = this.#entries.handOffs(page);
    const result = this.#step(call, arrived);
    const handOffs = this.#entries.handOffs(page);
    if (handOffs !== before) this.#counters.handedOff(page, handOffs);
    return result;
  }

  #takeOne(one: Message): void {
    const { message, page, bytes } = one;
    // Before the thread wakes: what it then reads of the counts has its own grant.
    if (message === MESSAGE_GRANT) this.#counters.add('grants');
    if (this.#answer(page, () => this.#call(one), bytes) === 0) throw unexpected(one);
  }

  /** Pages that came together are installed by few system calls; what answers them follows, as after each by itself. */
  #takeShares(shares: readonly Message[]): void {
    let wrong: Message | undefined;
    this.#do(() => {
      const arrived: Message[] = [];
      const answers: Operation[] = [];
      for (const share of shares) {
        if (this.#call(share) === 0) wrong ??= share;
        for (const operation of this.#core.operations()) {
          if (operation.kind === DO_SEND) answers.push(operation);
          else if (operation.kind === DO_INSTALL) arrived.push(share);
          else throw new PagerError('INTERNAL', `operation ${operation.kind} answers a page to read`);
        }
        this.#counters.add('reads');
      }
      this.#resident?.shrink(this.#leaving, arrived.length);
      this.#pages.installAll(arrived);
      for (const { page } of arrived) this.#resident?.note({ kind: DO_INSTALL, page });
      for (const operation of answers) this.#send(operation);
    });
    if (wrong !== undefined) throw unexpected(wrong);
  }

  #call({ message, page, txn, req, version, flags }: Message): number {
    return this.#core.exports.nodeTake(this.#at, message, page, txn, req, version, flags, performance.now());
  }

  #want(page: number, write: boolean): void {
    if (this.#ended !== undefined) return;
    this.#step(() => this.#core.exports.nodeFault(this.#at, page, Number(write), performance.now()));
  }

  #put(page: number): void {
    this.#countPut(this.#step(() => this.#core.exports.nodePut(this.#at, page)));
  }

  #countPut(sent: number): void {
    if (sent !== 0) this.#counters.add('puts');
  }

  #tick(page: number): void {
    this.#countPut(this.#answer(page, () => this.#core.exports.nodeTick(this.#at, page, performance.now())));
  }

  #eachPage(each: (page: number) => number | void): void {
    for (let page = 0; page < this.#ask.pages; page++) this.#step(() => each(page));
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
    stateOf: (page: number) => this.#entries.state(page),
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
    this.#lease.send(operation, (flags & FLAG_BYTES) === 0 ? null : this.#pages.bytes(page));
  }

  #finish(error: PagerError): void {
    this.#ended ??= error;
    this.#lease.end(this.#ended);
    this.#pages.close();
    this.#writeBack.end();
    this.#holds.end();
    this.#waits.end(this.#ended);
  }
}
