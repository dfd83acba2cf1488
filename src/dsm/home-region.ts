// One shared region at its home: its members and their leases, its machine, and the bytes that the home keeps.
import { randomBytes } from 'node:crypto';
import {
  DO_ERASE,
  DO_GRANTED,
  DO_KEEP,
  DO_LOST,
  DO_READ,
  DO_RELEASE,
  DO_ROOM,
  DO_SEND,
  DO_STORED,
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  MAX_NODES,
  MESSAGE_AHEAD,
  MESSAGE_DATA,
  MESSAGE_HAVE,
  MESSAGE_PUT,
} from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import type { Connection } from '../migrate/packet.js';
import type { Store } from '../store/store.js';
import { HomeBytes } from './home-bytes.js';
import { countedStore, HomeCounts } from './home-counts.js';
import { HomeCut } from './home-cut.js';
import type { HomeRegionSubject } from './home-metrics.js';
import type { Journal } from './journal.js';
import { DsmCore, type Operation } from './machine.js';
import { type Member, memberOf } from './member.js';
import {
  MESSAGE_LEAVE,
  MESSAGE_LEFT,
  MESSAGE_RENEW,
  MESSAGE_RENEWED,
  MESSAGE_REPORTED,
  type Message,
  notice,
  PAGE_BYTES,
  readMessages,
  unexpected,
} from './message.js';
import { Outbox } from './outbox.js';
import { runsOf } from './requests.js';

/** Requests of all nodes together that may wait for a page. */
const MAX_WAITERS = 65536;

export interface RegionPlan {
  name: string;
  pages: number;
  rollBack: boolean;
  leaseMs: number;
  /** For tests: what is broken on purpose, BREAK_ of assembly/dsm/layout.ts. */
  breaks: number;
}

export class HomeRegion {
  readonly plan: RegionPlan;
  readonly #core = new DsmCore();
  readonly #at: number;
  readonly #bytes: HomeBytes;
  readonly #counts: HomeCounts;
  readonly #cut: HomeCut;
  readonly #members = new Map<number, Member>();
  readonly #timer: NodeJS.Timeout;
  #closed = false;
  readonly #journal: Journal | null;
  /** Members of the home before that have not come back; null: this home is open. */
  #awaited: Map<number, string> | null = null;
  /** When the nodes of the home before could begin to come back. */
  #beganAt = 0;
  #checkedAt = 0;
  /** Messages are sent again: they have been counted. */
  #resending = false;

  /** @throws PagerError 'REGION'; of the journal 'OPTION' */
  constructor(plan: RegionPlan, store: Store | null, journal: Journal | null = null) {
    this.plan = plan;
    this.#journal = journal;
    this.#counts = new HomeCounts(plan.pages);
    const { exports } = this.#core;
    this.#bytes = new HomeBytes(store === null ? null : countedStore(store, this.#counts), {
      stored: (page) => this.#answered(() => exports.homeStored(this.#at, page)),
      loaded: (page) => this.#answered(() => exports.homeLoaded(this.#at, page)),
      failed: (page) => this.#answered(() => exports.homeFailed(this.#at, page)),
    });
    this.#at = this.#core.reserve(exports.homeBytes(plan.pages, MAX_WAITERS));
    exports.homeBegin(this.#at, plan.pages, MAX_WAITERS, Number(plan.rollBack), plan.breaks);
    const { pages, leaseMs } = plan;
    this.#cut = new HomeCut({ exports, at: this.#at, pages, leaseMs, bytes: this.#bytes, run: () => this.#run(null) });
    if (journal?.plan === null) journal.begin(plan);
    else if (journal !== null) this.#recover(journal);
    this.#beganAt = performance.now();
    this.#checkedAt = this.#beganAt;
    this.#timer = setInterval(() => this.#checkLeases(), plan.leaseMs / 8);
  }

  get subject(): HomeRegionSubject {
    const { name, pages } = this.plan;
    const connections = [...this.#members.values()].map(({ connection }) => connection);
    return {
      labels: { region: name },
      nodes: this.#members.size,
      byteLength: pages * PAGE_BYTES,
      keptBytes: this.#bytes.count * PAGE_BYTES,
      waiting: this.#core.exports.homeWaiting(this.#at),
      unsentBytes: connections.reduce((sum, connection) => sum + (connection?.unsent ?? 0), 0),
      counts: this.#counts,
    };
  }

  /** A string says why it is refused. */
  join(connection: Connection): Member | string {
    if (this.#awaited !== null) return 'it waits for the nodes of the home before: try again';
    let node = 0;
    while (this.#members.has(node)) node++;
    if (node >= MAX_NODES) return `${MAX_NODES} nodes have joined`;
    const session = randomBytes(16).toString('hex');
    const member = memberOf(node, session, connection, true);
    this.#members.set(node, member);
    this.#core.exports.homeJoin(this.#at, node);
    this.#journal?.member(node, session);
    this.#counts.joins++;
    return member;
  }

  /** A node that lost its connection is there again, and has heard so many lists of lost pages. @throws PagerError 'PROTOCOL' */
  rejoin(session: string, heard: number, connection: Connection): Member | string {
    const member = [...this.#members.values()].find((one) => one.session === session);
    if (member === undefined) return this.#comeBack(session, connection);
    if (member.reported) member.losses.hear(heard);
    const before = member.connection;
    this.#cut.leave(member);
    member.connection = connection;
    member.outbox = new Outbox(connection);
    before?.end(new PagerError('PROTOCOL', 'the node has connected again'));
    return member;
  }

  #comeBack(session: string, connection: Connection): Member | string {
    const [node] = [...(this.#awaited ?? [])].find(([, one]) => one === session) ?? [];
    if (node === undefined) return 'its lease has ended';
    const member = memberOf(node, session, connection, false);
    this.#members.set(node, member);
    return member;
  }

  #recover(journal: Journal): void {
    const { exports } = this.#core;
    exports.homeRecover(this.#at);
    let page = 0;
    for (const { stored, granted, owner, lost, zeros } of journal.records()) {
      if (stored > 0n && !zeros) this.#bytes.found(page);
      exports.homeRestore(this.#at, page++, stored, granted, owner, Number(lost));
    }
    this.#awaited = journal.members();
    if (this.#awaited.size === 0) this.#open(this.#awaited);
  }

  /** @param gone members that have not come back: their leases have ended */
  #open(gone: ReadonlyMap<number, string>): void {
    const { exports } = this.#core;
    this.#awaited = null;
    for (const node of gone.keys()) {
      this.#members.get(node)?.connection?.end();
      this.#members.delete(node);
      this.#journal?.member(node, null);
    }
    const lost: number[] = [];
    for (let page = 0; page < this.plan.pages; page++) {
      exports.homeSettle(this.#at, page);
      this.#run(null, lost);
    }
    exports.homeOpen(this.#at);
    for (const member of this.#members.values()) {
      member.renewedAt = performance.now();
      member.losses.add(runsOf(lost), member.connection);
    }
  }

  #reported(member: Member): void {
    if (member.reported) return;
    member.reported = true;
    this.#core.exports.homeJoin(this.#at, member.node);
    this.#awaited?.delete(member.node);
    if (this.#awaited?.size === 0) this.#open(this.#awaited);
  }

  /** After the node has been welcomed: what it may not have got. */
  resend({ node, connection, losses }: Member): void {
    if (connection !== null) losses.sendAgain(connection);
    this.#resending = true;
    for (let page = 0; page < this.plan.pages; page++) {
      this.#core.exports.homeResend(this.#at, node, page);
      this.#run(null);
    }
    this.#resending = false;
  }

  /** @throws PagerError 'PROTOCOL' if the node breaks the rules: its connection must end */
  take(member: Member, body: Buffer): void {
    let waited = false;
    for (const message of readMessages(body)) {
      const isAhead = message.message === MESSAGE_AHEAD;
      // What a thread waits for does not wait for what it may touch next.
      if (isAhead && waited) member.outbox.flush();
      waited = !isAhead;
      this.#take(member, message);
    }
  }

  #take(member: Member, message: Message): void {
    if (message.message === MESSAGE_RENEW) {
      member.renewedAt = performance.now();
      // Until this home is open the node must stay frozen.
      if (this.#awaited !== null) return;
      member.losses.hear(message.req);
      this.#journal?.place.confirm();
      member.outbox.send(notice(MESSAGE_RENEWED, message.version));
    } else if (message.message === MESSAGE_REPORTED) {
      this.#reported(member);
    } else if (message.message === MESSAGE_LEAVE) {
      if (this.#awaited !== null) return;
      member.outbox.send(notice(MESSAGE_LEFT));
      this.#remove(member, true);
    } else if (HomeCut.isOf(message)) {
      this.#takeCut(member, message);
    } else {
      this.#takePage(member, message);
    }
  }

  #takePage({ node }: Member, one: Message): void {
    const { message, page, txn, req, version, flags, bytes } = one;
    const carries = message === MESSAGE_DATA || message === MESSAGE_PUT;
    const isZeros = (flags & FLAG_ALL_ZEROS) !== 0;
    const hasBytes = carries && !isZeros;
    if ((isZeros && !carries) || ((flags & FLAG_BYTES) !== 0) !== hasBytes || (bytes !== null) !== hasBytes)
      throw new PagerError('PROTOCOL', 'a message without its bytes, or with bytes that it does not have');
    const { exports } = this.#core;
    const taken = this.#demand(() => {
      const isTaken =
        message === MESSAGE_HAVE
          ? exports.homeHave(this.#at, node, page, version, flags)
          : exports.homeTake(this.#at, node, message, page, txn, req, version, flags);
      this.#run(bytes);
      return isTaken;
    });
    if (taken === 0) throw unexpected(one);
  }

  #takeCut(member: Member, message: Message): void {
    this.#demand(() => this.#cut.take(member, message, this.#awaited === null));
  }

  /** A broken invariant: a home that does not know who has a page must not continue. */
  #demand<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof PagerError && error.code === 'PROTOCOL') throw error;
      setImmediate(() => {
        throw error;
      });
      throw error;
    }
  }

  disconnected(member: Member, connection: Connection): void {
    if (member.connection !== connection) return;
    member.connection = null;
    if (!this.#closed) this.#cut.leave(member);
  }

  /** What the store answers from now on is not used: its owner closes it, and then the journal. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const { connection, outbox } of this.#members.values()) {
      outbox.flush();
      connection?.end();
    }
  }

  #checkLeases(): void {
    const now = performance.now();
    const { leaseMs } = this.plan;
    // This process has not run, or not listened: renewals, and nodes that come back, wait in its sockets, or elsewhere.
    if (now - this.#checkedAt > leaseMs / 2 || this.#journal?.place.isAway === true) {
      this.#beganAt = now;
      for (const member of this.#members.values()) member.renewedAt = now;
    }
    this.#checkedAt = now;
    if (this.#awaited !== null) {
      // Each node froze before its lease has ended, counted from before this home began.
      if (now - this.#beganAt > leaseMs) this.#open(this.#awaited);
      return;
    }
    for (const member of [...this.#members.values()]) {
      if (now - member.renewedAt <= leaseMs) continue;
      this.#counts.fences++;
      this.#remove(member);
    }
    this.#cut.check();
  }

  #remove(member: Member, leaves = false): void {
    const { node, connection, outbox } = member;
    this.#members.delete(node);
    this.#cut.leave(member);
    this.#core.exports.homeLeave(this.#at, node);
    this.#journal?.member(node, null);
    const lost: number[] = [];
    for (let page = 0; page < this.plan.pages; page++) {
      this.#core.exports.homeExpire(this.#at, node, page, Number(leaves));
      this.#run(null, lost);
    }
    outbox.flush();
    connection?.end();
    for (const other of this.#members.values()) other.losses.add(runsOf(lost), other.connection);
  }

  #run(arrived: Buffer | null, lost: number[] = []): void {
    do this.#runOperations(arrived, lost);
    while (this.#cut.step());
  }

  #runOperations(arrived: Buffer | null, lost: number[]): void {
    const { exports } = this.#core;
    for (let operations = this.#core.operations(); operations.length > 0; operations = this.#core.operations()) {
      for (const operation of operations) {
        const { kind, page } = operation;
        if (kind === DO_SEND) this.#send(operation);
        else if (kind === DO_KEEP && arrived !== null) this.#bytes.keep(page, Buffer.from(arrived));
        else if (kind === DO_ERASE) this.#erase(page);
        else if (kind === DO_READ) this.#bytes.read(page);
        else if (kind === DO_RELEASE) this.#bytes.release(page);
        else if (kind === DO_ROOM) this.#cut.room(page);
        else if (kind === DO_LOST) {
          this.#counts.lostPages++;
          if (!this.plan.rollBack) this.#journal?.lost(page);
          lost.push(page);
        } else if (kind === DO_GRANTED) this.#journal?.granted(page, operation.node, operation.version);
        else if (kind === DO_STORED && this.#bytes.isKept(page)) this.#journal?.held(page, operation.version);
        else if (kind === DO_STORED) this.#journal?.stored(page, operation.version, !this.#bytes.isStored(page));
      }
      for (const page of this.#bytes.ready.stored.splice(0)) exports.homeStored(this.#at, page);
      for (const page of this.#bytes.ready.loaded.splice(0)) exports.homeLoaded(this.#at, page);
    }
  }

  #send(operation: Operation): void {
    if (this.#cut.isFor(operation)) {
      this.#cut.send(operation);
      return;
    }
    const member = this.#members.get(operation.node);
    if (!this.#resending) this.#counts.sent(operation);
    const hasBytes = (operation.flags & FLAG_BYTES) !== 0;
    const bytes = hasBytes ? this.#bytes.inHand(operation.page) : null;
    if (bytes === undefined) throw new PagerError('INTERNAL', `page ${operation.page} is not in hand`);
    if (member?.connection != null) member.outbox.send(operation, bytes);
  }

  #erase(page: number): void {
    // First: a home that follows must not ask the store for what it has forgotten.
    this.#journal?.erased(page);
    this.#bytes.erase(page);
  }

  /** The store has answered. */
  #answered(tell: () => void): void {
    if (this.#closed) return;
    tell();
    this.#run(null);
  }
}
