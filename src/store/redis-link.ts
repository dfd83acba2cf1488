// The connection of a Redis store: one server or a cluster, replaced when it hangs.
import { createClient, createCluster, RESP_TYPES } from 'redis';
import { PagerError } from '../errors.js';
import { isRefusal, redisError } from './redis-error.js';
import type { RedisAddress } from './redis-url.js';
import { StoreError } from './store-error.js';

/** The part of a client that the Redis store uses: commands to the server that holds a key. */
export interface RedisLink {
  /** Sends one command; commands of one turn of the event loop are sent together. Rejects at once while offline. */
  send(key: string, isReadOnly: boolean, args: Array<string | Buffer>): Promise<unknown>;
  /** Whether one command may name several keys. */
  readonly multiKey: boolean;
  readonly ready: boolean;
  /** Called when one server's connection was lost; not by a cluster's. */
  onOffline: (() => void) | undefined;
  close(): void;
}

const CONNECT_TIMEOUT = 4000;
/** Milliseconds for a first connection: name look-up, TLS, AUTH, and for a cluster its map. */
const OPEN_TIMEOUT = 8000;
/** Milliseconds without a byte either way after which a connection counts as dead; PING keeps an idle one alive. */
const SILENCE_TIMEOUT = 10_000;
const PING_INTERVAL = 3000;
/** Milliseconds after which a cluster's command counts as hung (it waits for a node that never comes): the client is replaced. */
const CLUSTER_TIMEOUT = 15_000;

/**
 * Connects and asks PING.
 * @throws StoreError 'STORE_READ' with a hint, without credentials
 */
export async function openLink(address: RedisAddress): Promise<RedisLink> {
  const link = address.cluster ? new ClusterLink(address) : new SingleLink(address);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${OPEN_TIMEOUT / 1000} s`)), OPEN_TIMEOUT);
  });
  try {
    await Promise.race([link.open(), timeout]);
    return link;
  } catch (error) {
    link.close();
    throw redisError('STORE_READ', address.name, error);
  } finally {
    clearTimeout(timer);
  }
}

function clientOptions(address: RedisAddress, reconnectStrategy: (retries: number) => number | false) {
  return {
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    // No offline queue: the loop retries and counts the patience; a second queue here would hide that.
    disableOfflineQueue: true,
    pingInterval: PING_INTERVAL,
    maintNotifications: 'disabled',
    // The client's own time-out costs an AbortSignal per command: a third of a page's latency.
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
    socket: {
      ...(address.tls ? { tls: true as const } : {}),
      connectTimeout: CONNECT_TIMEOUT,
      socketTimeout: SILENCE_TIMEOUT,
      keepAliveInitialDelay: SILENCE_TIMEOUT,
      reconnectStrategy,
    },
  } as const;
}

/** Milliseconds before connection attempt `retries`: from 10 ms, doubling, to a second; a fifth of it random. */
function reconnectDelay(retries: number): number {
  return Math.min(10 * 2 ** retries, 1000) * (0.8 + Math.random() * 0.2);
}

class SingleLink implements RedisLink {
  readonly multiKey = true;
  onOffline: (() => void) | undefined;
  readonly #name: string;
  readonly #client;
  #opened = false;
  /** Why there is no connection at present. */
  #offline: unknown;
  #broken: PagerError | undefined;
  /** How the server knows this connection: 'ID 7 ADDR 10.0.0.1:5000', in words. */
  #identity: string[] | undefined;

  constructor(address: RedisAddress) {
    this.#name = address.name;
    const { socket, ...rest } = clientOptions(address, (retries) => this.#opened && reconnectDelay(retries));
    const [node] = address.nodes;
    this.#client = createClient({ ...rest, RESP: 2, database: address.database, socket: { ...socket, ...node } });
    this.#client.on('ready', () => {
      this.#offline = undefined;
      this.#fence();
    });
    this.#client.on('error', (error: unknown) => this.#onError(error));
  }

  get ready(): boolean {
    return this.#client.isReady;
  }

  async open(): Promise<void> {
    await this.#client.connect();
    this.#opened = true;
    await this.#client.sendCommand(['PING']);
    // A user without permission for INFO gets MOVED instead.
    const info = await this.#client.sendCommand(['INFO', 'cluster']).catch(() => '');
    if (String(info).includes('cluster_enabled:1')) {
      throw new PagerError('OPTION', `${this.#name}: this server is part of a cluster`, {
        hint: 'write redis-cluster://host:port in place of redis://host:port',
      });
    }
  }

  async send(_key: string, _isReadOnly: boolean, args: Array<string | Buffer>): Promise<unknown> {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      return await this.#client.sendCommand(args);
    } catch (error) {
      throw this.#broken ?? (this.#client.isReady ? error : (this.#offline ?? error));
    }
  }

  close(): void {
    this.#client.destroy();
  }

  /**
   * The server may still execute an abandoned write of a lost connection, after a newer write of the same page over the
   * next one. So a new connection first has the server kill the old one.
   */
  #fence(): void {
    const before = this.#identity;
    this.#identity = undefined;
    // An old server, or a user without permission, goes without this.
    if (before !== undefined) this.#client.sendCommand(['CLIENT', 'KILL', ...before]).catch(() => undefined);
    this.#client.sendCommand(['CLIENT', 'INFO']).then(
      (info) => {
        const [, id, address] = /^id=(\d+) addr=(\S+)/.exec(String(info)) ?? [];
        if (id !== undefined && address !== undefined) this.#identity = ['ID', id, 'ADDR', address];
      },
      () => undefined,
    );
  }

  #onError(error: unknown): void {
    this.#offline = error;
    this.onOffline?.();
    if (error instanceof Error && error.message.startsWith('Unknown RESP type')) {
      // Replies can no longer be matched: the next one might be taken for another page's.
      this.#broken = new PagerError('PROTOCOL', `${this.#name}: what answers does not speak Redis' protocol`, {
        hint: 'check host and port',
        cause: error,
      });
      this.#client.destroy();
    } else if (this.#opened && isRefusal(error)) {
      this.#broken = redisError('STORE_READ', this.#name, error);
      this.#client.destroy();
    }
  }
}

class ClusterLink implements RedisLink {
  readonly multiKey = false;
  onOffline: (() => void) | undefined;
  readonly #address: RedisAddress;
  #cluster: ReturnType<typeof makeCluster>;
  #offline: unknown;
  #closed = false;

  constructor(address: RedisAddress) {
    this.#address = address;
    this.#cluster = this.#make();
  }

  get ready(): boolean {
    return this.#cluster.isReady;
  }

  async open(): Promise<void> {
    try {
      await this.#cluster.connect();
    } catch (error) {
      // The client's error says only that no node answered; it emitted the cause before.
      throw this.#offline ?? error;
    }
  }

  async send(key: string, isReadOnly: boolean, args: Array<string | Buffer>): Promise<unknown> {
    const cluster = this.#cluster;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#abandon(cluster)), CLUSTER_TIMEOUT);
    });
    try {
      return await Promise.race([cluster.sendCommand(key, isReadOnly, args), timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#closed = true;
    this.#cluster.destroy();
  }

  #make() {
    const cluster = makeCluster(this.#address);
    const keep = (error: unknown) => {
      this.#offline = error;
    };
    cluster.on('error', keep);
    cluster.on('node-error', keep);
    return cluster;
  }

  #abandon(hung: ReturnType<typeof makeCluster>): StoreError {
    if (hung === this.#cluster && !this.#closed) {
      hung.destroy();
      this.#cluster = this.#make();
      // If this fails, the next command fails, too: the client is offline.
      this.#reconnect(this.#cluster);
    }
    const cause = this.#offline;
    return new StoreError('STORE_READ', true, `${this.#address.name}: no answer`, { errno: 'ETIMEDOUT', cause });
  }

  #reconnect(cluster: ReturnType<typeof makeCluster>, attempt = 0): void {
    cluster.connect().catch(() => {
      if (this.#closed || cluster !== this.#cluster) return;
      setTimeout(() => this.#reconnect(cluster, attempt + 1), reconnectDelay(attempt)).unref();
    });
  }
}

function makeCluster(address: RedisAddress) {
  const defaults = clientOptions(address, reconnectDelay);
  const { commandOptions } = defaults;
  return createCluster({
    rootNodes: address.nodes.map((node) => ({ socket: { ...defaults.socket, ...node, reconnectStrategy: false } })),
    RESP: 2,
    defaults,
    commandOptions,
  });
}
