// A home and its nodes over a network that may do everything: the machines of dsm.wasm, with hosts of a few lines. All
// that a step changes lies in `cells`, `flights` and the machines' memory, so that a search can take it back.
import * as dsm from '../../../assembly/dsm/layout.js';
import type { Operation } from '../../../src/dsm/machine.js';
import { Cuts } from './cuts.js';
import {
  ABSENT,
  DISCARDED,
  type Flight,
  LOADED,
  MAPPED,
  NOTHING,
  nameOf,
  POISONED,
  PROTECTED,
  ROOM,
  STORED,
  WRITABLE,
} from './flights.js';

export type { WorldOptions } from './machines.js';

const LATE = 1000;
/** The home may not have the bytes of such a page. */
const OWNED: ReadonlySet<number> = new Set([dsm.NODE_M, dsm.NODE_MS, dsm.NODE_MI, dsm.NODE_F]);

export class World extends Cuts {
  // ---- what may happen ---------------------------------------------------------------------------------------------

  fault(node: number, page: number, write: boolean): void {
    this.core.exports.nodeFault(this.at(node), page, Number(write), 0);
    this.#runNode(node);
  }

  /** False: it is there, or was asked for. */
  ahead(node: number, page: number): boolean {
    return this.#did(node, this.core.exports.nodeAhead(this.at(node), page));
  }

  /** A thread writes to a page that is writable at its node; false: it is not, or was written under this grant. */
  write(node: number, page: number): boolean {
    const version = this.version(node, page);
    if (this.get(node, page, 'mapped') !== WRITABLE || this.get(node, page, 'content') === version) return false;
    this.set(node, page, 'content', version);
    this.setPage(page, 'latest', version);
    return true;
  }

  put(node: number, page: number): boolean {
    return this.#did(node, this.core.exports.nodePut(this.at(node), page));
  }

  drop(node: number, page: number): boolean {
    return this.#did(node, this.core.exports.nodeDrop(this.at(node), page));
  }

  discard(node: number, page: number): void {
    this.set(node, page, 'asked', Number(this.state(node, page) !== dsm.NODE_L));
    this.core.exports.nodeDiscard(this.at(node), page);
    this.#runNode(node);
  }

  isDue(node: number, page: number): boolean {
    return this.isUp(node) && this.u8(node, page, dsm.NODE_DUE_AT) !== 0;
  }

  tick(node: number, page: number): void {
    this.core.exports.nodeTick(this.at(node), page, LATE);
    this.#runNode(node);
  }

  freeze(node: number): void {
    this.setNode(node, 'frozen', 1);
    this.core.exports.nodeSetFrozen(this.at(node), 1);
    this.eachPage((page) => {
      this.core.exports.nodeFreeze(this.at(node), page);
      this.#runNode(node);
    });
  }

  thaw(node: number): void {
    this.setNode(node, 'frozen', 0);
    this.core.exports.nodeSetFrozen(this.at(node), 0);
    this.eachPage((page) => {
      this.core.exports.nodeThaw(this.at(node), page, 0);
      this.#runNode(node);
    });
  }

  /** The node stops; its memory is nothing that a thread reads any more. */
  crash(node: number): void {
    this.setNode(node, 'gone', 1);
    this.flights = this.flights.filter(({ to }) => to !== node);
  }

  /** A frozen node leaves. False: the home does not have all that it wrote. */
  leave(node: number): boolean {
    for (let page = 0; page < this.pages; page++) if (OWNED.has(this.state(node, page))) return false;
    const lost = () => Array.from({ length: this.pages }, (_, page) => this.page(page, 'lost'));
    const before = lost();
    this.expire(node, true);
    this.demand(String(lost()) === String(before), 'no page is lost because a node leaves');
    return true;
  }

  /** Its lease has ended; a frozen node learns it, and discards what it has. @param leaves by itself, for it has nothing */
  expire(node: number, leaves = false): void {
    if (this.isUp(node)) this.#fence(node);
    this.setNode(node, 'gone', 1);
    this.setNode(node, 'expired', 1);
    this.flights = this.flights.filter(({ to, from }) => to !== node && (from !== node || from === to));
    if (this.cutNode === node) this.endCut();
    this.core.exports.homeLeave(this.home, node);
    this.eachPage((page) => {
      this.core.exports.homeExpire(this.home, node, page, Number(leaves));
      this.runHome(null);
    });
  }

  /** Connections were lost, and are there again. */
  resend(): void {
    for (let node = 0; node < this.nodes; node++) {
      if (!this.isUp(node)) continue;
      this.eachPage((page) => {
        this.core.exports.nodeResend(this.at(node), page);
        this.#runNode(node);
        this.core.exports.homeResend(this.home, node, page);
        this.runHome(null);
      });
    }
  }

  /** The home ends, and with it every connection; the next one begins to recover. @param landed writes to the store that were under way have arrived */
  crashHome(landed: boolean): void {
    for (const { message, page } of this.flights) {
      if (landed && message === STORED) this.setPage(page, 'store', this.page(page, 'hand'));
    }
    this.flights = [];
    this.forgetCut();
    this.recovers = true;
    const { exports } = this.core;
    const { rollBack = false, breaks = 0 } = this.options;
    const waiters = this.nodes * this.pages;
    this.memory().fill(0, 0, exports.homeBytes(this.pages, waiters));
    exports.homeBegin(this.home, this.pages, waiters, Number(rollBack), breaks);
    exports.homeRecover(this.home);
    for (let node = 0; node < this.nodes; node++) this.setNode(node, 'back', 0);
    this.eachPage((page) => {
      this.setPage(page, 'hand', NOTHING);
      const [stored, granted] = [BigInt(this.page(page, 'stored')), BigInt(this.page(page, 'granted'))];
      exports.homeRestore(this.home, page, stored, granted, this.page(page, 'owner'), this.page(page, 'lost'));
    });
  }

  /** A node that was a member, and has frozen, tells the new home what it has. False: it is not, or has. */
  comeBack(node: number): boolean {
    if (!this.recovers || !this.isUp(node) || this.nodeCell(node, 'back') !== 0) return false;
    if (!this.isFrozen(node)) this.freeze(node);
    this.setNode(node, 'back', 1);
    this.core.exports.homeJoin(this.home, node);
    this.eachPage((page) => {
      this.core.exports.nodeNewHome(this.at(node), page);
      for (const { message, version, flags } of this.core.operations()) {
        this.demand(message === dsm.MESSAGE_HAVE, 'a node that comes back says what it has, and nothing else');
        const taken = this.core.exports.homeHave(this.home, node, page, version, flags);
        this.demand(taken !== 0, `the new home takes what node ${node} has of page ${page}`);
        this.runHome(null);
      }
    });
    return true;
  }

  /** All leases of before have ended: who has not come back is a member no more. */
  openHome(): void {
    for (let node = 0; node < this.nodes; node++) {
      if (this.nodeCell(node, 'back') !== 0) continue;
      if (this.isUp(node)) {
        if (!this.isFrozen(node)) this.freeze(node);
        this.#fence(node);
      }
      this.setNode(node, 'gone', 1);
      this.setNode(node, 'expired', 1);
    }
    this.eachPage((page) => {
      this.core.exports.homeSettle(this.home, page);
      this.runHome(null);
    });
    this.core.exports.homeOpen(this.home);
    this.recovers = false;
    for (let node = 0; node < this.nodes; node++) if (this.isUp(node)) this.thaw(node);
  }

  #fence(node: number): void {
    this.eachPage((page) => {
      this.core.exports.nodeFence(this.at(node), page);
      this.#runNode(node);
    });
  }

  /** @param keep it stays in flight: it will arrive twice */
  deliver(index: number, keep = false): void {
    const flight = this.flights[index];
    if (flight === undefined) throw new Error('no such flight');
    if (!keep) this.lose(index);
    const { exports } = this.core;
    const { from, to, message, page, txn, req, version, flags } = flight;
    if (message >= STORED) {
      if (message === ROOM) exports.homeCopy(this.home, page);
      else if (message === STORED) {
        this.setPage(page, 'store', this.page(page, 'hand'));
        exports.homeStored(this.home, page);
      } else {
        this.setPage(page, 'hand', this.page(page, 'store'));
        exports.homeLoaded(this.home, page);
      }
      this.runHome(null);
    } else if (to === null) {
      const taken = exports.homeTake(this.home, from ?? 0, message, page, txn, req, version, flags);
      this.demand(taken !== 0, `the home refuses ${nameOf(flight)}`);
      this.runHome(flight);
    } else {
      const taken = exports.nodeTake(this.at(to), message, page, txn, req, version, flags, 0);
      this.demand(taken !== 0, `node ${to} refuses ${nameOf(flight)}`);
      this.#runNode(to, flight);
    }
  }

  /** The store gives nothing; false: the flight is not an answer of the store's to a read. */
  fail(index: number): boolean {
    const flight = this.flights[index];
    if (flight?.message !== LOADED) return false;
    this.lose(index);
    this.core.exports.homeFailed(this.home, flight.page);
    this.runHome(null);
    return true;
  }

  // ---- what holds --------------------------------------------------------------------------------------------------

  /** Whether a thread of a node waits for the page. */
  waits(node: number, page: number): boolean {
    const state = this.state(node, page);
    const waiting = [dsm.NODE_IS, dsm.NODE_IM, dsm.NODE_SM].includes(state);
    const wants = this.u8(node, page, dsm.NODE_WANT_AT) !== 0 && state !== dsm.NODE_L;
    return this.isUp(node) && (waiting || wants || [dsm.NODE_MS, dsm.NODE_MI].includes(state));
  }

  /** The invariants at the head of assembly/dsm/home.ts. @throws Error that names the one that does not hold */
  check(): void {
    this.eachPage((page) => {
      const latest = this.page(page, 'latest');
      let writers = 0;
      let readers = 0;
      for (let node = 0; node < this.nodes; node++) {
        if (!this.isUp(node)) continue;
        const mapped = this.get(node, page, 'mapped');
        const expected = MAPPED[this.state(node, page)];
        this.demand(mapped === expected, `page ${page} is mapped at node ${node} as its state says`);
        if (mapped === WRITABLE) writers++;
        if (mapped === PROTECTED) readers++;
        if (mapped === WRITABLE || mapped === PROTECTED) {
          this.demand(this.get(node, page, 'content') === latest, `page ${page} at node ${node} is the last written`);
          this.demand(this.recovers || this.mayHave(node, page), `the home knows that node ${node} has page ${page}`);
        }
      }
      this.demand(writers === 0 || (writers === 1 && readers === 0), `page ${page} in M has no other copy`);
      const entry = this.core.exports.homeEntry(this.home, page);
      const state = this.core.view().getUint8(entry + dsm.HOME_STATE_AT);
      if (!this.recovers && (state === dsm.HOME_U || state === dsm.HOME_S)) {
        this.demand(this.page(page, 'store') === latest, `the store has the bytes of page ${page}`);
      }
    });
    this.checkCut();
  }

  /** Nothing happens any more, and nobody waits: each discard was done, a cut is whole, and with write-through the home has every byte. */
  checkRest(): void {
    this.finishCut(() => {
      this.resend();
      while (this.flights.length > 0) this.deliver(0);
    });
    this.eachPage((page) => {
      for (let node = 0; node < this.nodes; node++) {
        const isDone = !this.isUp(node) || this.get(node, page, 'asked') === 0;
        this.demand(isDone, `node ${node} has discarded page ${page}`);
        if (this.options.through !== true) continue;
        const state = this.state(node, page);
        const has = state === dsm.NODE_M || state === dsm.NODE_F;
        this.demand(!this.isUp(node) || !has, `what node ${node} wrote to page ${page} has gone to the home`);
      }
    });
  }

  // ---- hosts -------------------------------------------------------------------------------------------------------

  #did(node: number, done: number): boolean {
    this.#runNode(node);
    return done !== 0;
  }

  #runNode(node: number, arrived?: Flight): void {
    for (const operation of this.core.operations()) {
      const { kind, page } = operation;
      const mapped = this.get(node, page, 'mapped');
      if (kind === dsm.DO_SEND) this.#send(node, null, operation, this.#bytesOf(node, operation));
      else if (kind === dsm.DO_INSTALL || kind === dsm.DO_INSTALL_WRITABLE) {
        this.demand(mapped === ABSENT && arrived !== undefined && arrived.content !== NOTHING, 'bytes are installed');
        this.#map(node, page, kind === dsm.DO_INSTALL ? PROTECTED : WRITABLE, arrived?.content ?? NOTHING);
      } else if (kind === dsm.DO_INSTALL_SAVED) {
        this.demand(mapped === ABSENT && this.get(node, page, 'saved') !== NOTHING, 'saved bytes are installed');
        this.#map(node, page, WRITABLE, this.get(node, page, 'saved'));
      } else if (kind === dsm.DO_UNPROTECT || kind === dsm.DO_PROTECT) {
        this.demand(mapped === (kind === dsm.DO_PROTECT ? WRITABLE : PROTECTED), 'a page that is there is protected');
        this.set(node, page, 'mapped', kind === dsm.DO_PROTECT ? PROTECTED : WRITABLE);
      } else if (kind === dsm.DO_SAVE) {
        this.demand(mapped !== ABSENT, 'a page that is there is saved');
        this.set(node, page, 'saved', this.get(node, page, 'content'));
        this.#map(node, page, ABSENT, 0);
      } else if (kind === dsm.DO_ZAP) {
        this.demand(mapped === PROTECTED || mapped === WRITABLE, 'a page that is there is punched');
        this.#map(node, page, ABSENT, 0);
      } else if (kind === dsm.DO_FORGET) this.set(node, page, 'saved', NOTHING);
      else if (kind === dsm.DO_DISCARD) {
        const zeros = DISCARDED - this.version(node, page);
        this.#map(node, page, ABSENT, 0);
        this.set(node, page, 'saved', zeros);
        this.set(node, page, 'asked', 0);
        this.setPage(page, 'latest', zeros);
      } else if (kind === dsm.DO_POISON) {
        this.#map(node, page, POISONED, 0);
        this.set(node, page, 'asked', 0);
      }
    }
  }

  protected runHome(arrived: Flight | null): void {
    do this.#runOnce(arrived);
    while (this.stepCut());
  }

  #runOnce(arrived: Flight | null): void {
    for (const operation of this.core.operations()) {
      const { kind, page, flags } = operation;
      if (kind === dsm.DO_SEND) {
        if (this.takeOfCut(operation)) continue;
        const asks = operation.message === dsm.MESSAGE_INV || operation.message === dsm.MESSAGE_RECALL;
        this.demand(!asks || arrived?.message !== dsm.MESSAGE_AHEAD, 'for a page asked for ahead nobody is asked');
        const content = (flags & dsm.FLAG_BYTES) !== 0 ? this.page(page, 'hand') : NOTHING;
        this.demand((flags & dsm.FLAG_BYTES) === 0 || content !== NOTHING, 'the home sends bytes that it has');
        if (this.isUp(operation.node)) this.#send(null, operation.node, operation, content);
      } else if (kind === dsm.DO_KEEP || kind === dsm.DO_ERASE) {
        const isZeros = arrived !== null && arrived.content <= DISCARDED;
        this.demand(kind === dsm.DO_KEEP || isZeros, 'the store forgets only what is zeros');
        this.setPage(page, 'hand', arrived?.content ?? NOTHING);
        this.#work(STORED, page);
      } else if (kind === dsm.DO_READ) this.#work(LOADED, page);
      else if (kind === dsm.DO_ROOM) this.#work(ROOM, page);
      else if (kind === dsm.DO_INSTANT) this.atInstant();
      else if (kind === dsm.DO_RELEASE) this.setPage(page, 'hand', NOTHING);
      else if (kind === dsm.DO_LOST) {
        this.setPage(page, 'latest', this.page(page, 'store'));
        if (this.options.rollBack !== true) this.setPage(page, 'lost', 1);
      } else if (kind === dsm.DO_GRANTED) {
        this.setPage(page, 'granted', Number(operation.version));
        this.setPage(page, 'owner', operation.node);
      } else if (kind === dsm.DO_STORED) this.setPage(page, 'stored', Number(operation.version));
    }
  }

  #work(message: number, page: number): void {
    const flight = { from: null, to: null, message, page, txn: 0, req: 0, version: 0n, flags: 0, content: NOTHING };
    this.flights.push({ ...flight, key: `${message} ${page}` });
  }

  #send(from: number | null, to: number | null, operation: Operation, content: number): void {
    // Nodes have no connection while the home recovers.
    if (this.recovers && from !== null) return;
    const { message, page, txn, req, version, flags } = operation;
    const key = `${from} ${to} ${message} ${page} ${txn} ${req} ${version} ${flags} ${content}`;
    this.flights.push({ from, to, message, page, txn, req, version, flags, content, key });
  }

  #bytesOf(node: number, { page, flags }: Operation): number {
    if ((flags & (dsm.FLAG_BYTES | dsm.FLAG_ALL_ZEROS)) === 0) return NOTHING;
    const saved = this.get(node, page, 'saved');
    this.demand((flags & dsm.FLAG_ALL_ZEROS) === 0 || saved <= DISCARDED, 'what is sent as zeros is zeros');
    if (saved !== NOTHING) return saved;
    this.demand(this.get(node, page, 'mapped') === PROTECTED, 'bytes are sent of a page that cannot be written');
    return this.get(node, page, 'content');
  }

  #map(node: number, page: number, mapped: number, content: number): void {
    this.set(node, page, 'mapped', mapped);
    this.set(node, page, 'content', content);
  }
}
