// redisStore: pages as string keys of Redis or Valkey.
import { randomUUID } from 'node:crypto';
import { describeError, PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { warn } from '../warn.js';
import { lazyStore } from './lazy.js';
import { PageSet } from './page-set.js';
import { lostPageError, redisError, wrongLengthError } from './redis-error.js';
import { RedisLease } from './redis-lease.js';
import type { RedisLink } from './redis-link.js';
import { ReadConnection } from './redis-reads.js';
import { parseRedisUrl, type RedisAddress, redisCli } from './redis-url.js';
import { completeUrl, isAmbient } from './secrets.js';
import type { BuiltInStore, LaneSource, LaneStore, PageRead, PageWrite, StoreSpec } from './store.js';
import { closedError, settleAll } from './store-error.js';

export type RedisSpec = Extract<StoreSpec, { kind: 'redis' }>;

/** Most bytes of pages in one MGET or MSET: Redis serves no other client meanwhile. */
const COMMAND_BYTES = 512 * 1024;
/** Keys in one UNLINK, or UNLINKs in one pipeline of a cluster. */
const UNLINK_KEYS = 512;

/**
 * Redis or Valkey, one server or a cluster: redis://, rediss://, redis-cluster://host:port,host:port.
 *
 * Page n is the string key `<prefix>n`. Without a prefix (here or as `?prefix=` in the URL) keys are temporary: they get
 * a prefix of their own and are removed by `close`. With a prefix they stay.
 *
 * `lane: false` (or `?lane=off`) reads pages in JavaScript where native code would read them: see docs/stores.md.
 * @throws PagerError 'OPTION' if the URL cannot be understood; `map` checks whether the server answers
 */
export function redisStore(url: string, options: { prefix?: string; lane?: boolean } = {}): BuiltInStore {
  checkOptions('redisStore', options, { prefix: 'text', lane: 'boolean' });
  const whole = completeUrl(url);
  const address = parseRedisUrl(whole);
  const given = options.prefix ?? address.prefix;
  if (given === '') throw new PagerError('OPTION', 'redisStore: the prefix is empty', { hint: "give one like 'app:'" });
  const temporary = given === undefined;
  const prefix = given ?? `farpage:${randomUUID()}:`;
  const lane = options.lane ?? address.lane;
  const spec: RedisSpec = { kind: 'redis', url: whole, prefix, temporary, lane };
  return lazyStore(spec, address.name, true, () => openRedis(spec));
}

/**
 * Connects, sends PING, and disconnects.
 * @throws PagerError with a hint and the cause, without credentials
 */
export async function checkRedis(spec: RedisSpec): Promise<void> {
  (await openLink(parseRedisUrl(spec.url))).close();
}

/** Connects; rejects with a PagerError if the server does not answer or refuses. */
export async function openRedis(spec: RedisSpec): Promise<LaneStore & { claim(): Promise<void> }> {
  const { address, link } = await connectTo(spec.url);
  const reads = address.cluster || address.tls ? undefined : new ReadConnection(address, spec.prefix);
  await reads?.connect();
  const notice = await evictionNotice(address.name, link, spec.prefix);
  if (notice !== undefined) warn('FARPAGE_REDIS_EVICTION', notice);
  return new RedisStore(spec, address.name, link, reads);
}

/** @throws (rejects) PagerError if the server does not answer or refuses */
export async function connectTo(url: string): Promise<{ address: RedisAddress; link: RedisLink }> {
  let address = parseRedisUrl(url);
  const link = await openLink(address).catch((error: unknown) => {
    // REDISCLI_AUTH may be for another server: as redis-cli does, connect without it if the server has no password.
    if (!isAmbient(address.password) || !/without any password/.test(describeError(error))) throw error;
    address = { ...address, username: undefined, password: undefined };
    return openLink(address);
  });
  return { address, link };
}

// The client is loaded only if Redis is used.
async function openLink(address: RedisAddress): Promise<RedisLink> {
  const client = await import('./redis-link.js');
  return client.openLink(address);
}

/**
 * Whether the server may evict pages, by its policy for keys without a time to live, as pages are.
 * @returns a warning, or undefined; also if the user may not read the policy
 */
export async function evictionNotice(
  name: string,
  link: Pick<RedisLink, 'send'>,
  prefix: string,
): Promise<string | undefined> {
  const info = await link.send(`${prefix}0`, true, ['INFO', 'memory']).catch(() => '');
  const [, policy] = /^maxmemory_policy:(allkeys-\S+)/m.exec(String(info)) ?? [];
  if (policy === undefined) return undefined;
  const { command, where } = redisCli(name);
  return `${name} may throw pages away (maxmemory-policy ${policy}): ${where}${command} config set maxmemory-policy noeviction`;
}

class RedisStore implements LaneStore {
  readonly writable = true;
  readonly #spec: RedisSpec;
  readonly #name: string;
  readonly #link: RedisLink;
  readonly #reads: ReadConnection | undefined;
  readonly #written = new PageSet();
  /** Undefined for a temporary prefix, which no other store can use. */
  readonly #lease: RedisLease | undefined;
  #closed = false;

  constructor(spec: RedisSpec, name: string, link: RedisLink, reads: ReadConnection | undefined) {
    this.#spec = spec;
    this.#name = name;
    this.#link = link;
    this.#reads = reads;
    // A server that has taken another's place must not be asked over a connection to that one.
    link.onOffline = () => reads?.offline();
    const send = (key: string, isReadOnly: boolean, args: string[]) => this.#send('STORE_WRITE', isReadOnly, args, key);
    this.#lease = spec.temporary ? undefined : new RedisLease(name, spec.prefix, send);
  }

  get lane(): LaneSource | undefined {
    return this.#spec.lane ? this.#reads : undefined;
  }

  /**
   * Makes this store the only writer of its prefix. The first write calls it at the latest.
   * @throws (rejects) PagerError 'OPTION' if another store writes there
   */
  async claim(): Promise<void> {
    if (this.#lease !== undefined && !this.#lease.holds) await this.#lease.acquire();
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    if (this.#closed) throw closedError(this.#name);
    // This connection reports only success; the client finds out what is wrong.
    const parts = inCommands(pages, ({ into }) => into, this.#link.multiKey);
    const reads = this.#link.ready ? this.#reads : undefined;
    if (reads !== undefined && (await Promise.all(parts.map((part) => reads.read(part)))).every(Boolean)) return;
    await settleAll(parts.map((part) => this.#readPart(part)));
  }

  async write(pages: ReadonlyArray<PageWrite>): Promise<void> {
    if (this.#closed) throw closedError(this.#name);
    if (this.#lease?.holds === false) await this.#lease.acquire();
    // Noted before the write: one whose reply is lost may have been executed.
    if (this.#spec.temporary) for (const { page } of pages) this.#written.add(page);
    await settleAll(inCommands(pages, ({ from }) => from, this.#link.multiKey).map((part) => this.#writePart(part)));
  }

  async discard(pages: ReadonlyArray<number>): Promise<void> {
    if (this.#closed) throw closedError(this.#name);
    if (this.#lease?.holds === false) await this.#lease.acquire();
    for (let at = 0; at < pages.length; at += UNLINK_KEYS) {
      const part = pages.slice(at, at + UNLINK_KEYS);
      await this.#unlink(part);
      for (const page of part) this.#written.delete(page);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#reads?.close();
    try {
      for (const part of this.#written.chunks(UNLINK_KEYS)) await this.#unlink(part);
    } catch (error) {
      const { command, where } = redisCli(this.#name);
      throw new PagerError('STORE_WRITE', `${this.#name}: the keys ${this.#spec.prefix}* could not be removed`, {
        hint: `remove them: ${where}${command} --scan --pattern '${this.#spec.prefix}*' | xargs -r -n 1 ${command} unlink`,
        cause: error,
      });
    } finally {
      // If it cannot be released, it expires.
      await this.#lease?.release().catch(() => undefined);
      this.#written.clear();
      this.#link.close();
    }
  }

  #key(page: number): string {
    return this.#spec.prefix + page;
  }

  async #readPart(part: ReadonlyArray<PageRead>): Promise<void> {
    const [first] = part;
    if (first === undefined) return;
    const keys = part.map(({ page }) => this.#key(page));
    const reply = await this.#send('STORE_READ', true, [part.length === 1 ? 'GET' : 'MGET', ...keys]);
    const values: readonly unknown[] = part.length === 1 ? [reply] : Array.isArray(reply) ? reply : [];
    for (const [at, { page, into }] of part.entries()) {
      const value = values[at];
      if (value === null || value === undefined) throw lostPageError(this.#name, page);
      if (!Buffer.isBuffer(value)) throw new PagerError('PROTOCOL', `${this.#name}: page ${page} is not a string`);
      if (value.byteLength !== into.byteLength) {
        throw wrongLengthError(this.#name, page, value.byteLength, into.byteLength);
      }
      into.set(value);
    }
  }

  async #writePart(part: ReadonlyArray<PageWrite>): Promise<void> {
    const args: Array<string | Buffer> = [part.length === 1 ? 'SET' : 'MSET'];
    // A copy: the client may still hold it when a broken connection has already rejected the write.
    for (const { page, from } of part) args.push(this.#key(page), Buffer.from(from));
    await this.#send('STORE_WRITE', false, args);
  }

  async #unlink(pages: readonly number[]): Promise<void> {
    const keys = pages.map((page) => this.#key(page));
    const commands = this.#link.multiKey ? [keys] : keys.map((key) => [key]);
    await settleAll(commands.map((some) => this.#send('STORE_WRITE', false, ['UNLINK', ...some])));
  }

  async #send(
    code: 'STORE_READ' | 'STORE_WRITE',
    isReadOnly: boolean,
    args: Array<string | Buffer>,
    key = String(args[1]),
  ): Promise<unknown> {
    try {
      return await this.#link.send(key, isReadOnly, args);
    } catch (error) {
      throw redisError(code, this.#name, error);
    }
  }
}

/** Splits a batch into parts that one command carries. */
function inCommands<T>(pages: readonly T[], bytesOf: (page: T) => Uint8Array, multiKey: boolean): T[][] {
  if (!multiKey) return pages.map((page) => [page]);
  const parts: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const page of pages) {
    const { byteLength } = bytesOf(page);
    if (bytes + byteLength > COMMAND_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    bytes += byteLength;
    parts.at(-1)?.push(page);
  }
  return parts;
}
