// Opens a built-in store by its URL or its spec.
import { PagerError } from '../errors.js';
import { checkOptions, checkQuery, isOn, type NoOptions } from '../known-options.js';
import { fileOf, fileStore } from './file.js';
import { httpName, httpStore, openHttp } from './http.js';
import { fileOfUrl } from './local-path.js';
import { memoryStore } from './memory.js';
import { moduleName, openModule } from './module.js';
import { openRedis, redisStore } from './redis.js';
import { isRedisUrl, parseRedisUrl } from './redis-url.js';
import { completeUrl } from './secrets.js';
import type { BuiltInStore, Store, StoreSpec } from './store.js';

const UNDERSTOOD =
  'memory:[?compress=off&limit=1GiB], file:/path[?readonly or ?overwrite], redis://host:port, rediss://host:port, ' +
  'redis-cluster://host:port,host:port, http://host/path or https://host/path, or env:NAME for one of them in a variable';

/**
 * A built-in store by its URL: memory:, file:/path, redis://…, rediss://…, redis-cluster://…, http(s)://…, or env:NAME,
 * the URL in that variable of the environment. Nothing is opened yet.
 * @throws PagerError 'OPTION' listing the known forms
 */
export function openStore(url: string, options?: NoOptions): BuiltInStore {
  checkOptions('openStore', options, {});
  if (typeof url !== 'string') throw unknownError('the store');
  return openComplete(completeUrl(url));
}

function openComplete(url: string): BuiltInStore {
  if (isRedisUrl(url)) return redisStore(url);
  if (/^https?:\/\//i.test(url)) return httpStore(url);
  const [, scheme, rest = '', query = ''] = /^(memory|file):([^?]*)\??(.*)$/s.exec(url) ?? [];
  if (scheme === 'memory' && rest === '') return openMemory(new URLSearchParams(query));
  if (scheme === 'file' && rest !== '') return openFile(rest, new URLSearchParams(query));
  throw unknownError(/^([a-z][a-z0-9+.-]*):/i.exec(url)?.[0] ?? 'the store');
}

function openMemory(query: URLSearchParams): BuiltInStore {
  checkQuery('memory:', query, { compress: 'checked', limit: 'checked' });
  const limit = query.get('limit');
  return memoryStore({ compress: isOn(query, 'memory:', 'compress', true), ...(limit === null ? {} : { limit }) });
}

function openFile(rest: string, query: URLSearchParams): BuiltInStore {
  checkQuery('file:', query, { readonly: 'checked', overwrite: 'checked' });
  const readOnly = isOn(query, 'file:', 'readonly', false);
  const overwrite = isOn(query, 'file:', 'overwrite', false);
  return fileStore(fileOfUrl(rest), { readOnly, overwrite });
}

function unknownError(what: string): PagerError {
  return new PagerError('OPTION', `${what} is not a store that farpage knows`, { hint: `write one of ${UNDERSTOOD}` });
}

/**
 * Opens what a spec describes, in the calling thread: connects, checks and validates.
 * @throws PagerError with a hint, before anything is mapped
 */
export async function openSpec(spec: StoreSpec): Promise<Store> {
  switch (spec.kind) {
    case 'memory':
      return memoryStore({ compress: spec.compress, limit: spec.limit });
    case 'file':
      return fileOf(spec);
    case 'redis':
      return openRedis(spec);
    case 'http':
      return openHttp(spec);
    case 'module':
      return openModule(spec);
  }
}

/**
 * Opens what a spec describes for its only writer.
 * @throws PagerError as `openSpec`; 'OPTION' if another store writes there
 */
export async function openToWrite(spec: StoreSpec): Promise<Store> {
  if (spec.kind !== 'redis') return openSpec(spec);
  const store = await openRedis(spec);
  await store.claim().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return store;
}

/** A short name for messages, without credentials: 'redis://127.0.0.1:6379'. */
export function describeSpec(spec: StoreSpec): string {
  switch (spec.kind) {
    case 'memory':
      return 'memory:';
    case 'file':
      return `file:${spec.path}`;
    case 'redis':
      return parseRedisUrl(spec.url).name;
    case 'http':
      return httpName(spec.url);
    case 'module':
      return spec.name ?? moduleName(spec.url);
  }
}
