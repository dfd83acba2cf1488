// A home's place in Redis or Valkey: its lease, its epoch, and the region's journal and pages. A home that another has followed can
// change nothing there, and so it says nothing to a node: what depends on a write waits until the write is confirmed.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PagerError } from '../errors.js';
import { lostPageError, wrongLengthError } from '../store/redis-error.js';
import { describeOwner, ownerValue } from '../store/redis-lease.js';
import type { PageRead, Store } from '../store/store.js';
import { isPermanent } from '../store/store-error.js';
import { Batches } from './batches.js';
import type { JournalPlace } from './journal-place.js';
import { type Place, RegistryServer } from './registry-server.js';

/** Of the lease: when to renew it. */
const RENEW = 0.25;
const CHECKS = 8;
const RETRY_MS = 50;
const RELEASE_MS = 1000;
const REMOVED = Buffer.alloc(0);

export interface RegistryOptions {
  /** Milliseconds after which a home that has written nothing is followed. */
  life: number;
  /** How many of the server's replicas must have what is written before a node hears of it. */
  replicas: number;
  /** Another process is the home. */
  waiting(owner: string): void;
  /** The server has confirmed nothing for `life`: nobody can be answered until it does. */
  away(): void;
}

interface Taken extends Pick<RegistryOptions, 'life' | 'away'> {
  token: string;
  /** When it was asked for. */
  began: number;
  place: Place;
}

export class Registry implements JournalPlace {
  onAway: (() => void) | undefined;
  /** Resolves when another process is the home, or the registry cannot be used any more. */
  readonly failed: Promise<PagerError>;
  #fail: (error: PagerError) => void = () => {};
  readonly #server: RegistryServer;
  readonly #life: number;
  readonly #batches: Batches;
  /** As it is when all batches are written. */
  #journal: Buffer = Buffer.alloc(0);
  #length = 0;
  /** When the last confirmed batch was sent. */
  #confirmedAt: number;
  #wasAway = false;
  readonly #away: () => void;
  readonly #timer: NodeJS.Timeout;
  #closing: Promise<void> | undefined;

  /**
   * Becomes the home, when no other is.
   * @throws (rejects) PagerError 'OPTION', 'STORE_READ', 'STORE_WRITE'
   */
  static async take(url: string, { life, replicas, waiting, away }: RegistryOptions): Promise<Registry> {
    const server = await RegistryServer.connect(url, replicas);
    const token = randomUUID();
    try {
      for (let said = ''; ; await sleep(life / CHECKS)) {
        const began = performance.now();
        const taken = await server.take(ownerValue(token, 0), life).catch(passing);
        if (taken === undefined) continue;
        if (typeof taken !== 'string') {
          const registry = new Registry(server, { token, life, began, place: taken, away });
          await registry.#load();
          return registry;
        }
        const owner = describeOwner(taken);
        if (owner !== said) waiting(owner);
        said = owner;
      }
    } catch (error) {
      server.close();
      throw error;
    }
  }

  private constructor(server: RegistryServer, taken: Taken) {
    const { token, life, began, place, away } = taken;
    this.#away = away;
    this.#server = server;
    this.#life = life;
    this.#confirmedAt = began;
    this.failed = new Promise((resolve) => (this.#fail = resolve));
    let renewals = 0;
    // As a store of pages writes it, so that neither takes the prefix of the other.
    const lease = { owner: () => ownerValue(token, ++renewals), milliseconds: life };
    this.#batches = new Batches(server, place, lease, {
      confirmed: (time) => {
        this.#confirmedAt = time;
        this.#wasAway = false;
      },
      failed: (error) => {
        this.#confirmedAt = Number.NEGATIVE_INFINITY;
        this.onAway?.();
        this.#fail(error);
      },
    });
    this.#timer = setInterval(() => this.#check(), life / CHECKS);
  }

  /** For messages, without credentials. */
  get name(): string {
    return this.#server.name;
  }

  get size(): number {
    return this.#length;
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    if (at < this.#length) this.#journal.copy(bytes, 0, at, Math.min(at + length, this.#length));
    return bytes;
  }

  write(at: number, bytes: Buffer): void {
    const end = at + bytes.length;
    if (end > this.#journal.length) {
      const larger = Buffer.alloc(Math.max(end, 2 * this.#journal.length));
      this.#journal.copy(larger);
      this.#journal = larger;
    }
    bytes.copy(this.#journal, at);
    this.#length = Math.max(this.#length, end);
    this.#batches.write(at, bytes);
  }

  get isAway(): boolean {
    return performance.now() - this.#confirmedAt > this.#life;
  }

  confirm(): void {
    this.#batches.confirm();
  }

  whenSafe(then: () => void): void {
    this.#batches.whenSafe(then);
  }

  /** Where the pages are: a write is in the same batch as what the journal says of it, so it counts as done at once. */
  readonly pages: Store = {
    writable: true,
    read: async (pages) => void (await Promise.all(pages.map((page) => this.#readPage(page)))),
    write: async (pages) => {
      for (const { page, from } of pages) this.#batches.put(page, Buffer.from(from));
    },
    discard: async (pages) => {
      for (const page of pages) this.#batches.put(page, REMOVED);
    },
    // It ends with the journal.
    close: async () => {},
  };

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    this.#batches.end();
    // If it cannot be released, it ends by itself.
    const released = this.#server.release(this.#batches.place.epoch).catch(() => {});
    await Promise.race([released, sleep(RELEASE_MS, undefined, { ref: false })]);
    this.#server.close();
  }

  async #load(): Promise<void> {
    try {
      this.#journal = await this.#server.journal();
      this.#length = this.#journal.length;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #check(): void {
    if (performance.now() - this.#confirmedAt > RENEW * this.#life) this.confirm();
    if (!this.isAway || this.#wasAway) return;
    this.#wasAway = true;
    this.#away();
    this.onAway?.();
  }

  async #readPage({ page, into }: PageRead): Promise<void> {
    while (this.#closing === undefined) {
      const bytes = this.#batches.unconfirmed(page) ?? (await this.#ask(page));
      if (bytes === undefined) continue;
      if (bytes === null) throw lostPageError(this.name, page);
      if (bytes.length !== into.length) throw wrongLengthError(this.name, page, bytes.length, into.length);
      into.set(bytes);
      return;
    }
    throw new PagerError('CLOSED', `${this.name}: the home has ended`);
  }

  /** Undefined: try again. */
  async #ask(page: number): Promise<Buffer | null | undefined> {
    try {
      const bytes = await this.#server.read(page, this.#batches.place);
      if (bytes !== undefined) return bytes;
      // The next batch finds out why.
      this.confirm();
    } catch (error) {
      if (isPermanent(error)) throw error;
    }
    await sleep(RETRY_MS);
    return undefined;
  }
}

/** @throws an error that does not pass */
function passing(error: unknown): undefined {
  if (isPermanent(error)) throw error;
}
