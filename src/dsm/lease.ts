// A node's membership: its connection to the home, made again when it is lost, and its lease. It freezes before the lease can have
// ended at the home, counted from when the last answered renewal was sent, and is fenced when the home does not know it any more.
import type { Socket } from 'node:net';
import { MAX_NODES } from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { dial } from '../migrate/connection.js';
import { Connection, PACKET, readJson, readRuns } from '../migrate/packet.js';
import { SHORT_SILENCE } from '../migrate/silence.js';
import {
  DSM_VERSION,
  type Head,
  MAX_LEASE_MS,
  MESSAGE_LEAVE,
  MESSAGE_LEFT,
  MESSAGE_RENEW,
  MESSAGE_RENEWED,
  MESSAGE_REPORTED,
  type Message,
  MIN_LEASE_MS,
  notice,
  readMessages,
} from './message.js';
import { Outbox } from './outbox.js';
import type { JoinRequest, Runs } from './requests.js';
import { Snapshots } from './snapshots.js';

/** Of the lease: when to renew it, when to freeze. */
const RENEW = 0.25;
const FREEZE = 0.7;
const CHECKS = 16;
const RETRY_MS = 100;
const LEAVE_MS = 2000;
/** For the home's welcome, and for the round trips that are measured. */
const ANSWER_MS = 10_000;
/** Least time for one attempt to reach one of several homes. */
const MIN_ATTEMPT_MS = 100;
/** Round trips of which the shortest counts. */
const PINGS = 3;

export interface LeaseEvents {
  /** Messages about pages, of one packet. @throws PagerError 'PROTOCOL': the connection ends */
  take(messages: readonly Message[]): void;
  /** Pages whose owner is lost. */
  lost(runs: Runs): void;
  /** Pages may be used until `usable`; a node that hears nothing until `end` ends. As performance.now(). */
  extended(usable: number, end: number): void;
  reconnected(): void;
  /** The home is another. This node is frozen, and says now what it has. */
  newHome(): void;
  freeze(): void;
  thaw(): void;
  /** It is frozen, and this is the last event. */
  fence(why: string): void;
}

/** The home answered, and refuses. */
class Refused extends PagerError {}

export class Lease {
  readonly #ask: JoinRequest;
  readonly #events: LeaseEvents;
  readonly #answerMs: number;
  readonly snapshots: Snapshots;
  #connection: Connection | undefined;
  #outbox: Outbox | undefined;
  /** One that the home has not welcomed. */
  #greeting: Connection | undefined;
  #session: string | undefined;
  #node = -1;
  #leaseMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #renewals = 0;
  /** When each renewal that is not answered was sent, by its number. */
  readonly #sent = new Map<bigint, number>();
  /** Lists of lost pages that have arrived: the home sends again what is not among them. */
  #losses = 0;
  /** Attempts to connect, since the last one that succeeded; and which home is next. */
  #tries = 0;
  #turn = 0;
  #welcomedAt = 0;
  #askedAt = 0;
  #renewedAt = 0;
  /** The node has its pages. */
  #isOpen = false;
  #isFrozen = false;
  #isOver = false;
  #left: (() => void) | undefined;
  #answered: (() => void) | undefined;

  constructor(ask: JoinRequest, events: LeaseEvents, answerMs = ANSWER_MS) {
    this.#ask = ask;
    this.#events = events;
    this.#answerMs = answerMs;
    this.snapshots = new Snapshots(ask.pages, (head) => this.send(head));
  }

  get node(): number {
    return this.#node;
  }

  /** Joins; throws if the home ends the connection before it has answered. Resolves to the milliseconds of a round trip. @throws (rejects) PagerError 'PROTOCOL', 'OPTION' */
  async open(): Promise<number> {
    for (let left = this.#ask.urls.length - 1; ; left--) {
      const reached = await this.#connect().catch((error: unknown) => {
        if (left === 0 || error instanceof Refused) throw error;
        return false;
      });
      if (reached !== false) break;
    }
    let roundTrip = Number.POSITIVE_INFINITY;
    const timer = this.#answerTimer(this.#connection, this.#answerMs);
    try {
      for (let ping = 0; ping < PINGS; ping++) roundTrip = Math.min(roundTrip, await this.#ping());
    } finally {
      clearTimeout(timer);
    }
    this.#isOpen = true;
    this.#timer = setInterval(() => {
      this.check();
      if (!this.#isOver && performance.now() - this.#askedAt >= RENEW * this.#leaseMs) this.#renew();
    }, this.#leaseMs / CHECKS);
    return roundTrip;
  }

  /** @param bytes the page's, if the head says that they follow */
  send(head: Head, bytes: Uint8Array | null = null): void {
    this.#outbox?.send(head, bytes);
  }

  /** Freezes if the lease may end soon. Call it before a page is used: this process may have been stopped. */
  check(): void {
    if (this.#isOver) return;
    const since = performance.now() - this.#renewedAt;
    if (since > FREEZE * this.#leaseMs) this.#doubt();
    if (since > this.#leaseMs + this.#ask.patience) this.#fence('its home does not answer');
  }

  /** Resolves when the home has taken this node out, or does not answer. */
  async leave(): Promise<void> {
    if (this.#isOver) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LEAVE_MS);
      this.#left = () => {
        clearTimeout(timer);
        resolve();
      };
      this.send(notice(MESSAGE_LEAVE));
    });
  }

  end(error: PagerError = new PagerError('CLOSED', 'this node is no member of the shared region any more')): void {
    this.#isOver = true;
    this.snapshots.end(error);
    clearInterval(this.#timer);
    this.#outbox?.flush();
    this.#connection?.end();
    this.#greeting?.end();
  }

  /** The lease may end soon. Another process may be the home by now, and this one stopped, or cut off. */
  #doubt(): void {
    this.#freeze();
    const isOld = performance.now() - this.#welcomedAt > this.#leaseMs;
    if (this.#ask.urls.length > 1 && isOld)
      this.#connection?.end(new PagerError('PROTOCOL', 'the home does not renew the lease'));
  }

  /** Of one attempt: all homes have their turn within half a lease, and more time if none of them answers. */
  get #attemptMs(): number {
    const homes = this.#ask.urls.length;
    if (homes === 1 || this.#leaseMs === 0) return this.#answerMs;
    const rounds = Math.floor(this.#tries / homes);
    return Math.min(this.#answerMs, Math.max(MIN_ATTEMPT_MS, this.#leaseMs / (2 * homes)) * 2 ** rounds);
  }

  /** To the home whose turn it is. */
  async #dial(): Promise<Socket> {
    const { urls, tls, patience } = this.#ask;
    const url = urls[this.#turn % urls.length] ?? '';
    const milliseconds = this.#attemptMs;
    this.#turn++;
    this.#tries++;
    const dialing = dial({ url, tls, patience });
    if (urls.length === 1) return dialing;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new PagerError('PROTOCOL', `${url} did not answer in ${milliseconds / 1000} s`);
      timer = setTimeout(() => {
        reject(error);
        dialing.then((socket) => socket.destroy()).catch(() => {}); // it was given up before it failed
      }, milliseconds);
    });
    return Promise.race([dialing, late]).finally(() => clearTimeout(timer));
  }

  async #connect(): Promise<void> {
    const { token, name, pages, rollBack, leaseMs } = this.#ask;
    const answerMs = this.#attemptMs;
    const socket = await this.#dial();
    if (this.#isOver) {
      socket.destroy();
      return;
    }
    const sentAt = performance.now();
    const again = this.#session;
    const losses = this.#losses;
    const asks = { dsm: DSM_VERSION, name, pages, token, rollBack, leaseMs: leaseMs ?? undefined };
    const greeting = again === undefined ? asks : { ...asks, session: again, losses };
    await new Promise<void>((resolve, reject) => {
      const take = (type: number, body: Buffer): void => {
        if (type === PACKET.welcome && this.#greeting === connection) {
          clearTimeout(timer);
          const welcome = readJson(body);
          this.#welcomed(connection, welcome, sentAt);
          resolve();
          if (again !== undefined) this.snapshots.fail('the connection to the home was lost');
          if (welcome['report'] === true) this.#report();
          else if (again !== undefined) this.#events.reconnected();
          if (this.#left !== undefined) this.send(notice(MESSAGE_LEAVE));
        } else if (type === PACKET.refused) {
          connection.end(new Refused('PROTOCOL', `the home refuses: ${body.toString().slice(0, 500)}`));
        } else {
          this.#take(type, body);
        }
      };
      const connection: Connection = new Connection(socket, take, SHORT_SILENCE, true);
      this.#greeting = connection;
      const timer = this.#answerTimer(connection, answerMs);
      connection.writeJson(PACKET.hello, greeting);
      void connection.closed.then((error) => {
        clearTimeout(timer);
        reject(error);
        if (this.#connection === connection && this.#timer !== undefined) void this.#reconnect();
      });
    });
  }

  /** The home answers no renewal before it has heard all nodes, so this one stays frozen. */
  #report(): void {
    this.#losses = 0;
    this.#freeze();
    this.#events.newHome();
    this.send(notice(MESSAGE_REPORTED));
  }

  #answerTimer(connection: Connection | undefined, milliseconds: number): NodeJS.Timeout {
    const error = new PagerError('PROTOCOL', `the home did not answer in ${milliseconds / 1000} s`);
    return setTimeout(() => connection?.end(error), milliseconds);
  }

  #welcomed(connection: Connection, welcome: Record<string, unknown>, sentAt: number): void {
    const { node, session, leaseMs, report = false } = welcome;
    const isLease = Number(leaseMs) >= MIN_LEASE_MS && Number(leaseMs) <= MAX_LEASE_MS;
    const isNode = Number.isInteger(node) && Number(node) >= 0 && Number(node) < MAX_NODES;
    if (!isNode || typeof session !== 'string' || !isLease || typeof report !== 'boolean') {
      throw new PagerError('PROTOCOL', 'a field of the home’s welcome has the wrong type, or is not within its bounds');
    }
    const isNew = this.#session === undefined;
    if (isNew && report) throw new PagerError('PROTOCOL', 'the home asks a node that has just joined what it has');
    if (!isNew && (node !== this.#node || session !== this.#session)) {
      throw new PagerError('PROTOCOL', 'the home’s welcome is another node’s');
    }
    this.#connection = connection;
    this.#outbox = new Outbox(connection);
    this.#greeting = undefined;
    this.#node = Number(node);
    this.#session = session;
    this.#leaseMs = Number(leaseMs);
    this.#sent.clear();
    this.#tries = 0;
    // The home that answers is the first to be asked again.
    this.#turn--;
    this.#welcomedAt = performance.now();
    // A new member's lease begins now; a connection alone does not renew one.
    if (this.#renewedAt === 0) this.#renewedAt = sentAt;
    else this.#renew();
  }

  #take(type: number, body: Buffer): void {
    if (this.#isOver) return;
    if (type === PACKET.lost) {
      const runs = readRuns(body, this.#ask.pages);
      this.#losses++;
      this.#events.lost(runs.map(({ first, count }) => [first, count]));
      return;
    }
    if (type !== PACKET.dsm) throw new PagerError('PROTOCOL', `a packet of type ${type} from the home`);
    const messages = readMessages(body);
    let from = 0;
    for (const [at, { message, version }] of messages.entries()) {
      if (message !== MESSAGE_RENEWED && message !== MESSAGE_LEFT) continue;
      this.#takePages(messages.slice(from, at));
      from = at + 1;
      if (message === MESSAGE_LEFT) this.#left?.();
      else this.#renewed(version);
    }
    this.#takePages(from === 0 ? messages : messages.slice(from));
  }

  #takePages(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    if (!this.#isOpen) throw new PagerError('PROTOCOL', 'the home speaks of pages to a node that has just joined');
    this.check();
    if (this.#isOver) return;
    const rest = this.snapshots.hear(messages);
    if (rest.length > 0) this.#events.take(rest);
  }

  /** Resolves to its milliseconds. The first connection takes longer than the ones that a fault waits for. */
  async #ping(): Promise<number> {
    const sentAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      this.#answered = resolve;
      void this.#connection?.closed.then(reject);
      this.#renew();
    });
    return performance.now() - sentAt;
  }

  #renew(): void {
    const number = BigInt(++this.#renewals);
    this.#askedAt = performance.now();
    this.#sent.set(number, this.#askedAt);
    this.send(notice(MESSAGE_RENEW, number, this.#losses));
  }

  #renewed(number: bigint): void {
    const sentAt = this.#sent.get(number);
    if (sentAt === undefined) return;
    for (const other of this.#sent.keys()) if (other <= number) this.#sent.delete(other);
    this.#renewedAt = sentAt;
    this.#events.extended(sentAt + FREEZE * this.#leaseMs, sentAt + this.#leaseMs + this.#ask.patience);
    this.#answered?.();
    if (this.#isFrozen && performance.now() - sentAt < FREEZE * this.#leaseMs) {
      this.#isFrozen = false;
      this.#events.thaw();
    }
  }

  #freeze(): void {
    if (this.#isFrozen) return;
    this.#isFrozen = true;
    this.#events.freeze();
  }

  #fence(why: string): void {
    if (this.#isOver) return;
    this.#freeze();
    this.end();
    this.#events.fence(why);
  }

  async #reconnect(): Promise<void> {
    while (!this.#isOver) {
      // The first time too: a home that ends each connection must not be asked without a pause.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      this.check();
      if (this.#isOver) return;
      try {
        await this.#connect();
        return;
      } catch (error) {
        if (error instanceof Refused) {
          // A home that does not know it any more has heard that it leaves.
          if (this.#left !== undefined) this.#left();
          else this.#fence(error.message);
          return;
        }
      }
    }
  }
}
