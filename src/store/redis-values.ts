// Values under keys of their own in Redis, beside pages: the images of a checkpoint.
import { connectTo } from './redis.js';
import { redisError } from './redis-error.js';
import { RedisLease } from './redis-lease.js';
import type { RedisLink } from './redis-link.js';
import type { StoreErrorCode } from './store-error.js';
import { StoreError } from './store-error.js';

/** Keys in one UNLINK. */
const UNLINK_KEYS = 512;

export class RedisValues {
  readonly #name: string;
  readonly #link: RedisLink;

  private constructor(name: string, link: RedisLink) {
    this.#name = name;
    this.#link = link;
  }

  /** @throws (rejects) PagerError if the server does not answer or refuses */
  static async open(url: string): Promise<RedisValues> {
    const { address, link } = await connectTo(url);
    return new RedisValues(address.name, link);
  }

  /** Null: there is no such key. */
  async get(key: string): Promise<Buffer | null> {
    const value = await this.#send('STORE_READ', true, ['GET', key]);
    if (value === null || Buffer.isBuffer(value)) return value;
    throw new StoreError('STORE_READ', false, `${this.#name}: the key ${key} is not a string`);
  }

  async set(key: string, value: Buffer): Promise<void> {
    await this.#send('STORE_WRITE', false, ['SET', key, value]);
  }

  /** False: the key exists, and is left as it is. */
  async create(key: string, value: Buffer): Promise<boolean> {
    return (await this.#send('STORE_WRITE', false, ['SET', key, value, 'NX'])) !== null;
  }

  async remove(keys: Iterable<string>): Promise<void> {
    const most = this.#link.multiKey ? UNLINK_KEYS : 1;
    let some: string[] = [];
    const unlink = async () => {
      if (some.length > 0) await this.#send('STORE_WRITE', false, ['UNLINK', ...some]);
      some = [];
    };
    for (const key of keys) if (some.push(key) === most) await unlink();
    await unlink();
  }

  /** Its holder is the only writer under the prefix. */
  lease(prefix: string): RedisLease {
    return new RedisLease(this.#name, prefix, (_, isReadOnly, args) => this.#send('STORE_WRITE', isReadOnly, args));
  }

  close(): void {
    this.#link.close();
  }

  async #send(code: StoreErrorCode, isReadOnly: boolean, args: Array<string | Buffer>): Promise<unknown> {
    try {
      return await this.#link.send(String(args[1]), isReadOnly, args);
    } catch (error) {
      throw redisError(code, this.#name, error);
    }
  }
}
