// moduleStore: a store that a module of the user's makes inside the loop's thread.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeError, PagerError } from '../errors.js';
import { lazyStore } from './lazy.js';
import type { BuiltInStore, Store, StoreSpec } from './store.js';

export type ModuleSpec = Extract<StoreSpec, { kind: 'module' }>;

const MODULE_HINT = 'the module must say: export default async (options) => ({ writable, read, write, close })';
const OBJECT_HINT = 'give a store of farpage (fileStore, redisStore …), or an object { writable, read, write, close }';

/**
 * A store of your own, created by the module's default export `(options) => Store | Promise<Store>`. Given to `map`, the
 * module is imported in the loop's thread, so any thread of yours may touch the region at any time.
 * @param module a file: or data: URL, or a path (from the working directory)
 * @param options handed to the default export; a copy, as `structuredClone` makes it
 * @throws PagerError 'OPTION' if the URL or the options cannot go to another thread
 */
export function moduleStore(module: URL | string, options?: unknown): BuiltInStore {
  const spec: ModuleSpec = { kind: 'module', url: moduleUrl(module), options: cloned(options) };
  return lazyStore(spec, moduleName(spec.url), true, () => openModule(spec));
}

/** The module's address without its query; for a data: URL only `data:`. */
export function moduleName(url: string): string {
  if (url.startsWith('data:')) return 'module data:';
  return `module ${url.replace(/[?#].*$/s, '')}`;
}

/** Imports the module, calls its default export, and checks the result. */
export async function openModule(spec: ModuleSpec): Promise<Store> {
  const name = spec.name ?? moduleName(spec.url);
  let made: unknown;
  try {
    const imported: unknown = await import(spec.url);
    const factory = isObject(imported) ? imported.default : undefined;
    if (typeof factory !== 'function')
      throw new PagerError('OPTION', `${name}: its default export is not a function`, { hint: MODULE_HINT });
    made = await factory(spec.options);
  } catch (error) {
    if (error instanceof PagerError) throw error;
    throw new PagerError('OPTION', `${name}: could not be opened: ${describeError(error)}`, {
      hint: 'check its path, what it imports, and what its default export does',
      cause: error,
    });
  }
  return validateStore(name, made, MODULE_HINT);
}

/** @throws PagerError 'OPTION' naming what the object lacks to be a Store */
export function validateStore(name: string, made: unknown, hint: string = OBJECT_HINT): Store {
  const why = lacking(made);
  if (why !== null) throw new PagerError('OPTION', `${name}: ${why}`, { hint });
  return made as Store;
}

/** What the value lacks to be a Store; null: nothing. */
function lacking(made: unknown): string | null {
  if (!isObject(made)) return 'is not a store object';
  for (const method of ['read', 'close'] as const) {
    if (typeof made[method] !== 'function') return `lacks the method ${method}`;
  }
  for (const method of ['write', 'discard', 'flush'] as const) {
    if (made[method] !== undefined && typeof made[method] !== 'function') return `${method} is not a function`;
  }
  if (typeof made.writable !== 'boolean') return 'writable is neither true nor false';
  if (made.writable && made.write === undefined) return 'is writable but lacks the method write';
  return null;
}

function moduleUrl(module: URL | string): string {
  if (module instanceof URL) return module.href;
  if (typeof module !== 'string' || module === '') {
    throw new PagerError('OPTION', 'moduleStore: the module is not a URL or path', {
      hint: 'give the path or URL of a module',
    });
  }
  return /^(file|data|node):/.test(module) ? module : pathToFileURL(resolve(module)).href;
}

function cloned(options: unknown): unknown {
  try {
    return structuredClone(options);
  } catch (error) {
    throw new PagerError('OPTION', `moduleStore: the options cannot go to another thread: ${describeError(error)}`, {
      hint: 'give plain data: no functions, no handles',
      cause: error,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
