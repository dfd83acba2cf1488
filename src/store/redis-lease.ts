// Ensures one writer per prefix, by a key that expires unless its owner renews it. Uses only GET, SET, and UNLINK at the end.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { PagerError } from '../errors.js';
import { StoreError } from './store-error.js';

/** Milliseconds after which a lease expires unless it is renewed, and between two renewals. */
const LIFETIME = 10_000;
const RENEWAL = 3000;
const LOOK_INTERVAL = 250;

const LEASE = /^\S+ \d+ \d+ \S+$/;

type Send = (key: string, isReadOnly: boolean, args: string[]) => Promise<unknown>;

/** The lease's key under a prefix. Pages' keys are numbers, so it is not one of them. */
export class RedisLease {
  readonly #key: string;
  readonly #name: string;
  readonly #send: Send;
  readonly #token = randomUUID();
  #renewals = 0;
  /** Time of the last confirmed renewal. */
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #acquiring: Promise<void> | undefined;
  #lost: PagerError | undefined;

  constructor(name: string, prefix: string, send: Send) {
    this.#key = `${prefix}owner`;
    this.#name = `${name}, prefix ${prefix}`;
    this.#send = send;
  }

  /** Whether this store may write now; if not, call `acquire`. */
  get holds(): boolean {
    return this.#lost === undefined && performance.now() - this.#renewedAt < LIFETIME - RENEWAL;
  }

  /**
   * Takes or renews the lease. If another store has it, waits until that store renews it (it is alive) or it expires.
   * @throws (rejects) PagerError 'OPTION' naming the owner; StoreError if another store took it meanwhile
   */
  acquire(): Promise<void> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    this.#acquiring ??= this.#acquireNow().finally(() => {
      this.#acquiring = undefined;
    });
    return this.#acquiring;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    // Renewed so recently, it cannot have expired and been taken.
    if (this.holds) await this.#send(this.#key, false, ['UNLINK', this.#key]);
    this.#renewedAt = Number.NEGATIVE_INFINITY;
  }

  async #acquireNow(): Promise<void> {
    const first = this.#timer === undefined;
    let seen: string | undefined;
    for (const end = performance.now() + 2 * LIFETIME; ; await sleep(LOOK_INTERVAL)) {
      const began = performance.now();
      const owner = await this.#read();
      if (owner === undefined || owner.startsWith(this.#token)) {
        const condition = owner === undefined ? 'NX' : 'XX';
        const value = ownerValue(this.#token, ++this.#renewals);
        const args = ['SET', this.#key, value, condition, 'PX', String(LIFETIME)];
        if ((await this.#send(this.#key, false, args)) === null) {
          if (began > end) throw this.#taken('');
          continue;
        }
        this.#renewedAt = began;
        this.#timer ??= setInterval(() => void this.acquire().catch(() => undefined), RENEWAL).unref();
        return;
      }
      if (!first) throw this.#lose(owner);
      if ((seen !== undefined && seen !== owner) || began > end) throw this.#taken(owner);
      seen = owner;
    }
  }

  async #read(): Promise<string | undefined> {
    const value = await this.#send(this.#key, true, ['GET', this.#key]);
    // SET NX does not overwrite, so a key that is not a lease is reported.
    return value === null || value === undefined || !LEASE.test(String(value)) ? undefined : String(value);
  }

  #taken(owner: string): PagerError {
    return new PagerError('OPTION', `${this.#name}: ${describeOwner(owner)} writes there already`, {
      errno: 'EBUSY',
      hint: 'give each store a prefix of its own, or wait until the other has closed it',
    });
  }

  #lose(owner: string): PagerError {
    clearInterval(this.#timer);
    this.#lost = new StoreError('STORE_WRITE', false, `${this.#name}: ${describeOwner(owner)} has taken it meanwhile`, {
      hint: 'this store stood still for longer than its lease lasts: give each store a prefix of its own',
    });
    return this.#lost;
  }
}

/** What the key of a lease holds: another value with each renewal. */
export function ownerValue(token: string, renewals: number): string {
  return `${token} ${renewals} ${process.pid} ${hostname()}`;
}

/** Who has a lease, for a message. */
export function describeOwner(value: string): string {
  const [, , pid, host] = value.split(' ');
  return host === undefined ? 'another program, with a key of this name,' : `process ${pid} of host ${host}`;
}
