// The destination's end of a migration: listens, keeps received pages in a file of its own, and requests urgent ones.

import type { Socket } from 'node:net';
import { failureLine, PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { PageRead, Store } from '../store/store.js';
import { StoreError } from '../store/store-error.js';
import { Acknowledgements } from './acknowledgements.js';
import { Alertness } from './alertness.js';
import { type Listener, listen } from './connection.js';
import { type Greeting, readGreeting } from './greeting.js';
import { Connection, checkedRun, PACKET, readBits, readRuns, sendBits, VERSION, writeRuns } from './packet.js';
import { countdown, LONG_SILENCE } from './silence.js';
import type { Spool } from './spool.js';
import { beginTransfer, GIVEN, LACKING, SPOOLED, type Transfer, ZERO } from './transfer.js';
import type { Deliver, ReceiverEvents, ReceiveSpec } from './types.js';
import { type Waiter, Waiters } from './waiters.js';

/** Milliseconds within which a connection must send its hello: the sender may be busy. */
const HELLO_TIMEOUT = 30_000;
/** Most bytes that one packet may unpack to. */
const MAX_PACKED_BYTES = 2 ** 21;
/** Milliseconds in which the last urgent pages must come once the sender has ended. */
const LATE_TIMEOUT = 30_000;

export class Receiver {
  readonly #spec: ReceiveSpec;
  readonly #events: ReceiverEvents;
  readonly #lateTimeout: number;
  readonly #connections = new Map<string, Connection>();
  readonly #waiters = new Waiters();
  readonly #alertness = new Alertness();
  readonly #report = { pages: 0, zeroPages: 0, urgentPages: 0, doubled: 0, reconnects: 0 };
  #listener: Listener | undefined;
  #transfer: Transfer | undefined;
  #failure: PagerError | undefined;
  /** End the wait for the sender to reconnect, and for its last urgent pages. */
  #stopPatience: () => void = () => {};
  #stopLate: (() => void) | undefined;
  #closed = false;
  readonly #acknowledgements = new Acknowledgements();
  #deliver: Deliver = () => 0;
  /** Settles when all greetings so far have been answered. */
  #admission: Promise<void> = Promise.resolve();
  #isOffered = false;
  #isReady = false;
  /** Connections that wait for `#isReady`. */
  readonly #early: Array<{ connection: Connection; welcome: () => void }> = [];

  /** @throws PagerError 'OPTION', 'PROTOCOL' */
  static async listen(spec: ReceiveSpec, events: ReceiverEvents, lateTimeout = LATE_TIMEOUT): Promise<Receiver> {
    const receiver = new Receiver(spec, events, lateTimeout);
    receiver.#listener = await listen(spec, (socket) => receiver.#join(socket));
    return receiver;
  }

  private constructor(spec: ReceiveSpec, events: ReceiverEvents, lateTimeout: number) {
    this.#spec = spec;
    this.#events = events;
    this.#lateTimeout = lateTimeout;
  }

  /** Of what is offered; 0: nothing yet. */
  get pages(): number {
    return this.#transfer?.pages ?? 0;
  }

  /** The source of the region's pages; a read waits until its pages have arrived. */
  readonly store: Store = {
    writable: false,
    read: (pages) => this.#read(pages),
    close: async () => this.close(),
  };

  /** The region is there: pages that arrive after the switch go into it first. */
  deliverBy(deliver: Deliver): void {
    this.#deliver = deliver;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopPatience();
    this.#endLate();
    this.#listener?.close();
    this.#fail(new PagerError('CLOSED', 'the migration’s receiver is closed'), false);
    this.#transfer?.spool.close();
    this.#events.closed();
  }

  #join(socket: Socket): void {
    let role: string | undefined;
    const stop = countdown(HELLO_TIMEOUT, () => socket.destroy());
    const take = (type: number, body: Buffer): void => {
      if (role === undefined) {
        stop();
        if (type !== PACKET.hello) throw new PagerError('PROTOCOL', 'it does not begin with a hello');
        role = this.#hello(connection, body);
      } else if (this.#connections.get(role) === connection) {
        this.#take(role, type, body);
      } else {
        throw new PagerError('PROTOCOL', `a packet of type ${type} before the welcome`);
      }
    };
    const connection = new Connection(socket, take, LONG_SILENCE, true);
    void connection.closed.then(() => {
      stop();
      if (role !== undefined && this.#connections.get(role) === connection) this.#lost(role);
    });
  }

  #hello(connection: Connection, body: Buffer): string | undefined {
    const greeting = readGreeting(body, this.#spec.pageSize);
    if (typeof greeting === 'string') {
      connection.refuse(greeting);
      return undefined;
    }
    this.#admission = this.#admission.then(() => this.#admit(connection, greeting));
    return greeting.role;
  }

  /** One at a time: a file may have to be created. */
  async #admit(connection: Connection, greeting: Greeting): Promise<void> {
    if (!connection.open) return;
    const refuse = (why: string) => connection.refuse(why);
    const { id, role, again, pages, pageSize } = greeting;
    const known = this.#transfer;
    if (this.#closed || this.#failure !== undefined) return refuse('it has given up');
    if (again && known?.id !== id) return refuse('it knows nothing of this migration');
    const isSame = known === undefined || (known.pages === pages && known.pageSize === pageSize);
    if (!isSame) return refuse('it waits for memory of another size');
    if (known !== undefined && known.id !== id) {
      const isWaitedFor = this.#early.some((one) => one.connection.open);
      const isBusy = known.switched !== null || this.#connections.size > 0 || isWaitedFor;
      if (isBusy) return refuse('it is busy with another migration');
      known.spool.close();
    }
    if (known?.id !== id) {
      try {
        this.#transfer = undefined;
        this.#transfer = await beginTransfer(greeting, this.#spec.spool);
      } catch (error) {
        this.#events.say(`a migration is refused: ${failureLine(error)}`);
        return refuse(failureLine(error));
      }
    }
    if (this.#closed) {
      this.#transfer?.spool.close();
      return refuse('it has given up');
    }
    if (this.#isReady) this.#welcome(connection, role, again);
    else this.#early.push({ connection, welcome: () => this.#welcome(connection, role, again) });
    if (this.#isOffered) return;
    this.#isOffered = true;
    this.#events.offered({ pages, pageSize }, () => this.#prepared());
  }

  /** Before the switch: the region exists, with all its resources. */
  #prepared(): void {
    this.#isReady = true;
    for (const { welcome } of this.#early.splice(0)) welcome();
  }

  #welcome(connection: Connection, role: 'push' | 'urgent', again: boolean): void {
    const transfer = this.#transfer;
    if (transfer === undefined || !connection.open) return;
    // The sender dials the push first: an urgent connection that is there is of the link before, and its end says nothing of this one.
    const replaced = role === 'push' ? ['push', 'urgent'] : ['urgent'];
    for (const each of replaced) {
      const before = this.#connections.get(each);
      this.#connections.delete(each);
      before?.end(new PagerError('PROTOCOL', 'the sender has dialled again'));
    }
    this.#connections.set(role, connection);
    if (role === 'push') this.#acknowledgements.begin(connection);
    if (again && role === 'push') {
      this.#report.reconnects++;
      const isSwitched = transfer.switched !== null;
      sendBits(connection, transfer.pages, (page) => isSwitched && transfer.states[page] !== LACKING);
    }
    const lz4 = native().checkLz4() === null;
    connection.writeJson(PACKET.welcome, { version: VERSION, complete: transfer.complete, lz4 });
    if (this.#connections.size === 2) this.#stopPatience();
    if (role === 'urgent' && transfer.switched !== null) this.#ask(this.#waiters.pages);
  }

  #take(role: string, type: number, body: Buffer): void {
    const transfer = this.#transfer;
    if (transfer === undefined) return;
    const { pages, pageSize } = transfer;
    if (role === 'push') this.#acknowledgements.arrived();
    if (type === PACKET.pages) {
      const { first, count } = checkedRun(body, 0, pages);
      if (body.length !== 8 + count * pageSize) throw new PagerError('PROTOCOL', 'a packet of pages has a bad length');
      if (role === 'urgent') this.#report.urgentPages += count;
      this.#keep(transfer, first, count, body.subarray(8), role === 'urgent');
    } else if (type === PACKET.packed && role === 'push') {
      const { first, count } = checkedRun(body, 0, pages);
      if (count * pageSize > MAX_PACKED_BYTES) throw new PagerError('PROTOCOL', 'a packet of packed pages is too big');
      const bytes = Buffer.allocUnsafe(count * pageSize);
      if (!native().lz4Decompress(body.subarray(8), bytes)) {
        throw new PagerError('PROTOCOL', 'packed pages cannot be unpacked');
      }
      this.#keep(transfer, first, count, bytes, false);
    } else if (type === PACKET.zeros) {
      for (const { first, count } of readRuns(body, pages)) this.#keep(transfer, first, count, null, false);
    } else if (type === PACKET.bits && role === 'push') {
      readBits(body, pages, (page, set) => {
        transfer.pending[page] = set ? 1 : 0;
      });
    } else if (type === PACKET.switch && role === 'push') {
      this.#switch(transfer, body);
    } else if (type === PACKET.end && role === 'push') {
      transfer.ended = true;
    } else {
      throw new PagerError('PROTOCOL', `a packet of type ${type} from the sender`);
    }
    if (type === PACKET.end || (transfer.ended && !transfer.complete)) this.#end(transfer);
  }

  #keep(transfer: Transfer, first: number, count: number, bytes: Buffer | null, isUrgent: boolean): void {
    const { states, spool, pageSize, switched } = transfer;
    for (let page = first; page < first + count; ) {
      // After the switch the first copy of a page counts, before it the last.
      const isNew = switched === null || states[page] === LACKING;
      let next = page;
      while (next < first + count && (switched === null || states[next] === LACKING) === isNew) next++;
      if (!isNew) this.#report.doubled += bytes === null ? 0 : next - page;
      else if (bytes === null) states.fill(ZERO, page, next);
      else {
        const part = bytes.subarray((page - first) * pageSize, (next - first) * pageSize);
        const given = switched === null ? page : this.#hand(transfer, page, next, part);
        if (given < next) {
          const rest = part.subarray((given - page) * pageSize);
          // Threads that wait for urgent pages get them before the file does.
          if (isUrgent && switched !== null) spool.writeSoon(rest, given * pageSize, this.#lose);
          else if (!this.#write(spool, rest, given * pageSize)) return;
          states.fill(SPOOLED, given, next);
        }
      }
      if (isNew && switched !== null) this.#waiters.give(page, next, bytes, first, pageSize);
      page = next;
    }
    if (this.#waiters.isEmpty) this.#alertness.came();
    if (bytes === null) this.#report.zeroPages += count;
    else this.#report.pages += count;
  }

  /** Into the region, as far as it takes them: a thread that waits for one runs on at once. Returns the first page that is left. */
  #hand({ states, pageSize }: Transfer, first: number, end: number, bytes: Buffer): number {
    for (let page = first; page < end; ) {
      const given = this.#deliver(page, end - page, bytes.subarray((page - first) * pageSize));
      if (given === 0) return page;
      states.fill(GIVEN, page, page + given);
      page += given;
    }
    return end;
  }

  #write(spool: Spool, bytes: Uint8Array, at: number): boolean {
    try {
      spool.write(bytes, at);
      return true;
    } catch (error) {
      this.#lose(error);
      return false;
    }
  }

  // A reconnection would not help.
  readonly #lose = (error: unknown): void => {
    const why = `received pages cannot be kept: ${failureLine(error)}`;
    this.#fail(new StoreError('STORE_READ', false, why, { cause: error }), true);
  };

  #switch(transfer: Transfer, state: Buffer): void {
    if (transfer.switched !== null) return;
    transfer.switched = performance.now();
    const { states, pending, pages } = transfer;
    for (let page = 0; page < pages; page++) {
      if (pending[page] === 1) states[page] = LACKING;
      // Neither sent nor announced: the page was never written to.
      else if (states[page] === LACKING) states[page] = ZERO;
    }
    this.#events.switched(Uint8Array.from(state));
    for (const [page, waiters] of this.#waiters.takeAll())
      for (const { into, done } of waiters) this.#readOne(page, into, done);
    this.#ask(this.#waiters.pages);
  }

  // Urgent pages have a connection of their own: the last of them may be read after the end, which comes on the other one.
  #end(transfer: Transfer): void {
    const { states, switched, spool } = transfer;
    if (switched === null) throw new PagerError('PROTOCOL', 'the sender has ended before the switch');
    if (states.includes(LACKING)) {
      this.#stopLate ??= countdown(this.#lateTimeout, () => {
        this.#events.say(`the sender has ended with page ${states.indexOf(LACKING)} not sent`);
        this.#connections.get('push')?.end(new PagerError('PROTOCOL', 'not all pages were sent'));
      });
      return;
    }
    this.#endLate();
    if (!spool.finish()) return;
    const isFirst = !transfer.complete;
    transfer.complete = true;
    this.#connections.get('push')?.write(PACKET.complete);
    if (!isFirst) return;
    const postcopyMs = performance.now() - switched;
    this.#events.completed({ ...this.#report, postcopyMs, postcopySeconds: postcopyMs / 1000 });
  }

  #endLate(): void {
    this.#stopLate?.();
    this.#stopLate = undefined;
  }

  async #read(reads: readonly PageRead[]): Promise<void> {
    const asked: number[] = [];
    const given = reads.map(({ page, into }) => {
      return new Promise<void>((resolve, reject) => {
        const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
        if (this.#readOne(page, into, done)) asked.push(page);
      });
    });
    this.#ask(asked);
    await Promise.all(given);
  }

  /** True if it must be requested. */
  #readOne(page: number, into: Uint8Array, done: Waiter['done']): boolean {
    const transfer = this.#transfer;
    const state = transfer === undefined || transfer.switched === null ? LACKING : transfer.states[page];
    if (state === ZERO) {
      into.fill(0);
      done();
    } else if (state === SPOOLED && transfer !== undefined) {
      try {
        transfer.spool.read(into, page * transfer.pageSize);
        done();
      } catch (error) {
        done(error);
      }
    } else if (state === GIVEN) {
      done(new PagerError('INTERNAL', `page ${page} is in its region already, and was asked for again`));
    } else if (state === undefined) {
      done(new PagerError('STORE_READ', `page ${page} is not in what is received`));
    } else if (this.#failure !== undefined) {
      done(this.#failure);
    } else {
      return this.#waiters.add(page, { into, done });
    }
    return false;
  }

  #ask(pages: readonly number[]): void {
    if (pages.length === 0 || this.#transfer?.switched === null) return;
    this.#connections.get('urgent')?.write(PACKET.want, [writeRuns(pages.map((first) => ({ first, count: 1 })))]);
    this.#acknowledgements.asked();
    this.#alertness.expect();
  }

  #lost(role: string): void {
    this.#connections.delete(role);
    if (role === 'push') this.#acknowledgements.begin(undefined);
    const transfer = this.#transfer;
    this.#endLate();
    if (transfer !== undefined) transfer.ended = false;
    if (transfer === undefined || transfer.complete || this.#closed || this.#failure !== undefined) return;
    // One without the other is of no use; the sender dials both again.
    for (const connection of this.#connections.values())
      connection.end(new PagerError('PROTOCOL', 'the other connection is lost'));
    if (transfer.switched === null || this.#connections.size > 0) return;
    const { patience } = this.#spec;
    this.#events.say(`the connection to the sender is lost; it has ${patience / 1000} s to reconnect`);
    this.#stopPatience();
    this.#stopPatience = countdown(patience, () => {
      this.#fail(new StoreError('STORE_READ', false, `the sender did not reconnect within ${patience / 1000} s`), true);
    });
  }

  #fail(error: PagerError, told: boolean): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    for (const [, waiters] of this.#waiters.takeAll()) for (const { done } of waiters) done(error);
    const early = this.#early.splice(0).map(({ connection }) => connection);
    for (const connection of [...this.#connections.values(), ...early]) connection.refuse(error.message);
    if (told) this.#events.failed(error);
  }
}
