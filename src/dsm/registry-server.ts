// What a home asks of Redis or Valkey, each in one step: a script. The hash `<prefix>home` has the epoch, which counts homes, and the
// number of the last batch that was written; `<prefix>owner` is the lease, `<prefix>journal` the journal, and `<prefix>n` is page n.
import { PagerError } from '../errors.js';
import { connectTo, evictionNotice } from '../store/redis.js';
import { redisError } from '../store/redis-error.js';
import type { RedisLink } from '../store/redis-link.js';
import { parseRedisUrl } from '../store/redis-url.js';
import { StoreError, type StoreErrorCode } from '../store/store-error.js';
import { warn } from '../warn.js';

/** KEYS: home, owner. ARGV: the new owner, milliseconds. Returns the owner that has it, or the epoch and the last batch; 0: the region is broken. */
const TAKE = `
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then return owner end
if redis.call('HEXISTS', KEYS[1], 'broken') == 1 then return 0 end
if not owner then
  redis.call('HINCRBY', KEYS[1], 'epoch', 1)
  redis.call('HSETNX', KEYS[1], 'batch', 0)
  redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2])
end
return redis.call('HMGET', KEYS[1], 'epoch', 'batch')`;

/**
 * KEYS: home, owner, journal, a key for each page. ARGV: epoch, number of the batch, owner, milliseconds, the bytes of each page (none: it is
 * removed), then offset and bytes of each part of the journal. Returns the last batch then; -1: a later epoch, -2: an earlier one, or none.
 */
const COMMIT = `
local state = redis.call('HMGET', KEYS[1], 'epoch', 'batch')
local epoch = tonumber(state[1] or -1)
if epoch ~= tonumber(ARGV[1]) then return epoch > tonumber(ARGV[1]) and -1 or -2 end
local last, number = tonumber(state[2]), tonumber(ARGV[2])
if #ARGV > 4 and last == number - 1 then
  local at = 5
  for page = 4, #KEYS do
    if ARGV[at] == '' then redis.call('UNLINK', KEYS[page]) else redis.call('SET', KEYS[page], ARGV[at]) end
    at = at + 1
  end
  for part = at, #ARGV, 2 do redis.call('SETRANGE', KEYS[3], ARGV[part], ARGV[part + 1]) end
  redis.call('HSET', KEYS[1], 'batch', ARGV[2])
  last = number
end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return last`;

/** KEYS: home, page. ARGV: epoch, a batch. Returns the page's bytes, or nothing; 0: it is another epoch, or the batch is not there. */
const READ = `
local state = redis.call('HMGET', KEYS[1], 'epoch', 'batch')
if state[1] ~= ARGV[1] or tonumber(state[2]) < tonumber(ARGV[2]) then return 0 end
return redis.call('GET', KEYS[2])`;

/** KEYS: home, owner. ARGV: epoch. */
const RELEASE = `
if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then return redis.call('UNLINK', KEYS[2]) end
return 0`;

/** KEYS: home. */
const BREAK = `return redis.call('HSET', KEYS[1], 'broken', 1)`;

/** Milliseconds for which replicas are waited for, before the batch is written again. */
const WAIT_MS = 500;
/** Bytes of the journal that are read at a time. */
const PART_BYTES = 2 ** 20;
/** The journal of the largest region has 24 MiB. */
const MAX_JOURNAL_BYTES = 2 ** 25;

/** Answers of COMMIT in place of a batch's number: another home has followed; the server has forgotten this one. */
export const LATER_EPOCH = -1;
export const EARLIER_EPOCH = -2;

export interface Batch {
  /** No bytes: the page is removed. */
  readonly pages: ReadonlyArray<readonly [page: number, bytes: Buffer]>;
  readonly parts: ReadonlyArray<readonly [at: number, bytes: Buffer]>;
  readonly number: number;
}

export interface Place {
  readonly epoch: number;
  readonly batch: number;
}

export class RegistryServer {
  /** For messages, without credentials. */
  readonly name: string;
  readonly #prefix: string;
  readonly #link: RedisLink;
  readonly #replicas: number;

  /**
   * @param replicas how many must have a batch before it counts as written
   * @throws (rejects) PagerError 'OPTION'; 'STORE_READ' if the server does not answer or refuses
   */
  static async connect(url: string, replicas: number): Promise<RegistryServer> {
    const { prefix, cluster } = parseRedisUrl(url);
    if (cluster) {
      const hint = 'give one server, redis://host:port?prefix=NAME:';
      throw new PagerError('OPTION', '--journal: a cluster cannot keep it', { hint });
    }
    if (prefix === undefined || prefix === '') {
      const hint = 'write redis://host:port?prefix=NAME:';
      throw new PagerError('OPTION', '--journal: the URL has no prefix, so the next home would not find it', { hint });
    }
    const { address, link } = await connectTo(url);
    const notice = await evictionNotice(address.name, link, prefix);
    if (notice !== undefined) warn('FARPAGE_REDIS_EVICTION', notice);
    return new RegistryServer(`${address.name}, prefix ${prefix}`, prefix, link, replicas);
  }

  private constructor(name: string, prefix: string, link: RedisLink, replicas: number) {
    this.#replicas = replicas;
    this.name = name;
    this.#prefix = prefix;
    this.#link = link;
  }

  /** Resolves to who is the home, if it is not `owner`. @throws (rejects) PagerError */
  async take(owner: string, milliseconds: number): Promise<Place | string> {
    const reply = await this.#script('STORE_WRITE', TAKE, ['home', 'owner'], [owner, String(milliseconds)]);
    if (Buffer.isBuffer(reply)) return reply.toString();
    if (reply === 0) throw this.broken();
    const [epoch, batch] = Array.isArray(reply) ? reply.map((each) => Number(String(each))) : [];
    if (!isCount(epoch) || !isCount(batch)) throw this.#unexpected('home');
    return { epoch, batch };
  }

  /** Resolves to the last batch that the server has; it is this one's number, or LATER_EPOCH, EARLIER_EPOCH, or the server has lost batches. */
  async commit(epoch: number, { number, pages, parts }: Batch, owner: string, milliseconds: number): Promise<number> {
    const keys = ['home', 'owner', 'journal', ...pages.map(([page]) => String(page))];
    const values = [String(epoch), String(number), owner, String(milliseconds), ...pages.map(([, bytes]) => bytes)];
    for (const [at, bytes] of parts) values.push(String(at), bytes);
    const [reply] = await Promise.all([this.#script('STORE_WRITE', COMMIT, keys, values), this.#replicated()]);
    if (typeof reply !== 'number') throw this.#unexpected('home');
    return reply;
  }

  /** Of what was sent before. @throws (rejects) StoreError, transient: too few replicas have it */
  async #replicated(): Promise<void> {
    if (this.#replicas === 0) return;
    const count = Number(await this.#send('STORE_WRITE', ['WAIT', String(this.#replicas), String(WAIT_MS)]));
    if (count >= this.#replicas) return;
    throw new StoreError('STORE_WRITE', true, `${this.name}: ${count} of ${this.#replicas} replicas have a batch`);
  }

  /** Resolves to null if there is no such page; undefined: this is not the home, or the server has lost a batch up to `batch`. */
  async read(page: number, { epoch, batch }: Place): Promise<Buffer | null | undefined> {
    const reply = await this.#script('STORE_READ', READ, ['home', String(page)], [String(epoch), String(batch)]);
    if (reply === 0) return undefined;
    if (reply === null || Buffer.isBuffer(reply)) return reply;
    throw this.#unexpected(String(page));
  }

  /** The whole journal. @throws (rejects) PagerError 'OPTION': it is too long */
  async journal(): Promise<Buffer> {
    const key = `${this.#prefix}journal`;
    const length = Number(await this.#send('STORE_READ', ['STRLEN', key]));
    if (length > MAX_JOURNAL_BYTES) throw this.#unexpected('journal');
    const parts: Buffer[] = [];
    for (let at = 0; at < length; at += PART_BYTES) {
      const part = await this.#send('STORE_READ', ['GETRANGE', key, String(at), String(at + PART_BYTES - 1)]);
      if (!Buffer.isBuffer(part)) throw this.#unexpected('journal');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** The lease ends at once, if this is still the epoch. */
  async release(epoch: number): Promise<void> {
    await this.#script('STORE_WRITE', RELEASE, ['home', 'owner'], [String(epoch)]);
  }

  /** No home continues the region any more. */
  async breakUp(): Promise<void> {
    await this.#script('STORE_WRITE', BREAK, ['home'], []);
  }

  broken(): PagerError {
    return new PagerError('STORE_READ', `${this.name}: the server has lost what it had confirmed to a home`, {
      hint: 'remove the keys of the prefix and begin again; let the server keep what it has: appendonly yes, and a replica',
    });
  }

  close(): void {
    this.#link.close();
  }

  #script(
    code: StoreErrorCode,
    script: string,
    keys: readonly string[],
    values: ReadonlyArray<string | Buffer>,
  ): Promise<unknown> {
    const names = keys.map((key) => this.#prefix + key);
    return this.#send(code, ['EVAL', script, String(keys.length), ...names, ...values]);
  }

  async #send(code: StoreErrorCode, args: Array<string | Buffer>): Promise<unknown> {
    try {
      return await this.#link.send(this.#prefix, false, args);
    } catch (error) {
      throw redisError(code, this.name, error);
    }
  }

  #unexpected(key: string): PagerError {
    return new PagerError('OPTION', `--journal: ${this.name}: the key ${this.#prefix}${key} is not a home's`, {
      hint: 'another program uses keys of this prefix: choose another prefix',
    });
  }
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
