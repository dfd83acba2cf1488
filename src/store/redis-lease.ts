// One writer of a prefix: a key that expires unless its owner renews it. Only GET and SET are needed, and UNLINK at the end.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { PagerError } from '../errors.js';
import { StoreError } from './store-error.js';

/** Milliseconds after which a lease that nobody renews is gone, and between two renewals. */
const LIFETIME = 10_000;
const RENEWAL = 3000;
const LOOK_INTERVAL = 250;

const LEASE = /^\S+ \d+ \d+ \S+$/;

type Send = (key: string, isReadOnly: boolean, args: string[]) => Promise<unknown>;

/** Held while a store writes under a prefix. A page's key is a number, so that this one is none. */
export class RedisLease {
  readonly #key: string;
  readonly #name: string;
  readonly #send: Send;
  readonly #token = randomUUID();
  #renewals = 0;
  /** Of the last renewal that is known to have happened. */
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #acquiring: Promise<void> | undefined;
  #lost: PagerError | undefined;

  constructor(name: string, prefix: string, send: Send) {
    this.#key = `${prefix}owner`;
    this.#name = `${name}, prefix ${prefix}`;
    this.#send = send;
  }

  /** Whether this store may write now; else `acquire`. */
  get holds(): boolean {
    return this.#lost === undefined && performance.now() - this.#renewedAt < LIFETIME - RENEWAL;
  }

  /**
   * Takes the lease, or renews it. Where another store has it, waits until that has renewed it once (it lives) or it expires.
   * @throws (rejects) PagerError 'OPTION' naming the owner; StoreError where another has taken it meanwhile
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
    // Renewed so lately it cannot have expired, and be another's.
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
        const value = `${this.#token} ${++this.#renewals} ${process.pid} ${hostname()}`;
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
    // SET NX overwrites nothing, and so reports a key that is not a lease.
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

function describeOwner(value: string): string {
  if (value === '') return 'another program, with a key of this name,';
  const [, , pid, host] = value.split(' ');
  return `process ${pid ?? '?'} of host ${host ?? '?'}`;
}
