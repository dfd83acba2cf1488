// Parses Redis URLs, and repeats no secret of one in an error.
import { PagerError } from '../errors.js';
import { checkQuery, isOn } from '../known-options.js';

/** The address and credentials of a Redis. */
export interface RedisAddress {
  cluster: boolean;
  tls: boolean;
  /** The servers named: one, or those by which a cluster is found. */
  nodes: ReadonlyArray<{ host: string; port: number }>;
  username: string | undefined;
  password: string | undefined;
  database: number;
  /** `?prefix=` of the URL. */
  prefix: string | undefined;
  /** False if `?lane=off`. */
  lane: boolean;
  /** The address without credentials, for messages. */
  name: string;
}

const SCHEME = /^(redis|valkey)(s?)(-cluster)?:\/\//;
const DEFAULT_PORT = 6379;

export function isRedisUrl(url: string): boolean {
  return SCHEME.test(url);
}

/**
 * Reads redis://[user:password@]host[:port][/database][?prefix=text], rediss:// for TLS, and
 * redis-cluster://[user:password@]host:port,host:port (rediss-cluster:// for TLS); valkey in place of redis is the same.
 * @throws PagerError 'OPTION'; its message repeats only the scheme of the URL
 */
export function parseRedisUrl(url: string): RedisAddress {
  const match = SCHEME.exec(url);
  if (match === null) throw urlError('unknown scheme');
  const scheme = match[0];
  const tls = match[2] === 's';
  const cluster = match[3] !== undefined;
  const hosts = /^(?:[^/?#]*@)?([^/?#]*)/.exec(url.slice(scheme.length))?.[1] ?? '';
  const [first = '', ...others] = hosts.split(',');
  if (others.length > 0 && !cluster) throw urlError(`${scheme} names one server; a cluster is redis-cluster://`);

  let parsed: URL;
  try {
    parsed = new URL(url.slice(scheme.length).replace(hosts, first).replace(/^/, 'http://'));
  } catch {
    throw urlError(`${scheme} is not followed by a host and port`);
  }
  const nodes = [first, ...others].map((text) => parseHost(text, scheme));
  checkQuery(scheme, parsed.searchParams, { prefix: 'checked', lane: 'checked', 'password-file': 'checked' });
  const path = parsed.pathname.replace(/^\//, '');
  const database = path === '' ? 0 : Number(path);
  if (!Number.isInteger(database) || database < 0) throw urlError('the database is not a number');
  if (cluster && database !== 0) throw urlError('a cluster has no database but 0');
  const shown = nodes.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
  return {
    cluster,
    tls,
    nodes,
    username: parsed.username === '' ? undefined : decodeURIComponent(parsed.username),
    password: parsed.password === '' ? undefined : decodeURIComponent(parsed.password),
    database,
    prefix: parsed.searchParams.get('prefix') ?? undefined,
    lane: isOn(parsed.searchParams, scheme, 'lane', true),
    name: `${scheme}${shown}${database === 0 ? '' : `/${database}`}`,
  };
}

/**
 * How redis-cli reaches that very server, for a hint: without an address it would speak to the one on this host.
 * @param name an address as `RedisAddress.name` has it
 */
export function redisCli(name: string): { command: string; where: string } {
  const [, tls = '', cluster, host = '', database = ''] =
    /^(?:redis|valkey)(s?)(-cluster)?:\/\/([^/,]+)[^/]*(\/\d+)?$/.exec(name) ?? [];
  const where = cluster === undefined ? '' : `at each master, as ${host}: `;
  return { command: `redis-cli${cluster === undefined ? '' : ' -c'} -u redis${tls}://${host}${database}`, where };
}

function parseHost(text: string, scheme: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+))(?::(\d+))?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (host === undefined || port < 1 || port > 65_535) throw urlError(`${scheme} is not followed by a host and port`);
  return { host, port };
}

function urlError(what: string): PagerError {
  return new PagerError('OPTION', `Redis URL: ${what}`, {
    hint: 'write redis://host:6379, rediss://host:6379 for TLS, or redis-cluster://host:port,host:port; percent-encode a password',
  });
}
