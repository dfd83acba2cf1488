// A checkpoint in Redis, as `farpage criu upload` puts it there, and docs/criu.md describes it.
//
//   <prefix>checkpoint            an index: JSON, with the id of what it names
//   <prefix><id>:<n>/<file>       an image, of folder n of the chain
//   <prefix><id>:<page>           a page; a file's pages are one after the other
//
// An id's keys are written once, before the index that names them. A checkpoint that replaces another has another id, so a
// reader of the old one finds its pages or none, and never those of the new one.
import { SLOT_LIMIT } from '../../assembly/codes.js';
import { PagerError } from '../errors.js';
import type { RemotePages } from '../store/checkpoint-store.js';
import { describeSpec, openStore } from '../store/open.js';
import type { RedisSpec } from '../store/redis.js';
import { RedisValues } from '../store/redis-values.js';
import { SPEC } from '../store/store.js';
import { checkLength } from './image-file.js';
import { type ImageFolder, MAX_PARENTS, PAGE, tooShort } from './image-folder.js';
import { malformed } from './protobuf.js';

const FORMAT = 'farpage checkpoint';
const VERSION = 1;
const MAX_INDEX_BYTES = 2 ** 26;
const ID = /^[0-9a-f]{32}$/;

/** Where a file's pages are among those of the checkpoint. */
export interface PagesAt {
  first: number;
  pages: number;
}

/** A folder's images, each `null`, and its files of pages. */
export interface IndexedFolder {
  images: string[];
  pages: Record<string, PagesAt>;
}

export interface Index {
  format: typeof FORMAT;
  version: typeof VERSION;
  id: string;
  /** The folder, its parent, and so on. */
  folders: IndexedFolder[];
}

/** A Redis URL with a prefix, which all keys of a checkpoint begin with. */
export interface RedisPlace {
  url: string;
  prefix: string;
  /** For people, without secrets. */
  name: string;
}

/** @throws PagerError 'OPTION' if it is not a Redis URL, or names no prefix */
export function redisPlaceOf(option: string, url: string): RedisPlace {
  const spec = openStore(url)[SPEC];
  if (spec.kind !== 'redis' || spec.temporary) {
    throw new PagerError('OPTION', `${option}: ${describeSpec(spec)} is not a Redis URL with a prefix`, {
      hint: "add the prefix of the checkpoint's keys: redis://host:port?prefix=monday:",
    });
  }
  return { url: spec.url, prefix: spec.prefix, name: `${describeSpec(spec)}?prefix=${spec.prefix}` };
}

export function indexKey({ prefix }: RedisPlace): string {
  return `${prefix}checkpoint`;
}

export function imageKey({ prefix }: RedisPlace, id: string, depth: number, file: string): string {
  return `${prefix}${id}:${depth}/${file}`;
}

export function pageSpec({ url, prefix }: RedisPlace, id: string): RedisSpec {
  return { kind: 'redis', url, prefix: `${prefix}${id}:`, temporary: false, lane: false };
}

export function newIndex(id: string, folders: IndexedFolder[]): Index {
  return { format: FORMAT, version: VERSION, id, folders };
}

/** Null: there is none. @throws (rejects) PagerError 'PROTOCOL' if it is not such an index */
export async function readIndex(place: RedisPlace, values: RedisValues): Promise<Index | null> {
  const bytes = await values.get(indexKey(place));
  return bytes === null ? null : decodeIndex(bytes, `${place.name}: the index`);
}

/** @throws PagerError 'PROTOCOL' if it is not one */
export function decodeIndex(bytes: Buffer, name: string): Index {
  if (bytes.byteLength > MAX_INDEX_BYTES) throw malformed(name, 'it is too long');
  let found: Partial<Record<keyof Index, unknown>> | null;
  try {
    found = JSON.parse(bytes.toString('utf8'));
  } catch {
    found = null; // refused below
  }
  if (!isObject(found) || found.format !== FORMAT) throw malformed(name, 'it is not that of a checkpoint');
  const { version, id, folders } = found;
  if (version !== VERSION) throw malformed(name, `its version is ${String(version)}, not ${VERSION}`);
  if (typeof id !== 'string' || !ID.test(id)) throw malformed(name, 'its id is not 32 hexadecimal digits');
  if (!Array.isArray(folders) || folders.length === 0 || folders.length > MAX_PARENTS || !folders.every(isFolder)) {
    throw malformed(name, 'its folders are not lists of images and of pages');
  }
  const files = folders.flatMap(({ pages }) => Object.values(pages));
  if (files.reduce((sum, { pages }) => sum + pages, 0) > SLOT_LIMIT) {
    throw malformed(name, `it names more than ${SLOT_LIMIT} pages`);
  }
  return newIndex(id, folders);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFolder(value: unknown): value is IndexedFolder {
  if (!isObject(value)) return false;
  const { images, pages } = value;
  return (
    Array.isArray(images) &&
    images.every((image) => typeof image === 'string') &&
    isObject(pages) &&
    Object.values(pages).every((at) => isObject(at) && isCount(at['first']) && isCount(at['pages']))
  );
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

/** @throws (rejects) PagerError 'OPTION' if there is none, or the server refuses */
export async function openRedisFolder(place: RedisPlace): Promise<ImageFolder> {
  const values = await RedisValues.open(place.url);
  try {
    const index = await readIndex(place, values);
    if (index === null) {
      throw new PagerError('OPTION', `--images: ${place.name} has no checkpoint`, {
        hint: 'put one there: farpage criu upload --images FOLDER --to URL',
      });
    }
    return new RedisFolder(place, values, index, 0);
  } catch (error) {
    values.close();
    throw error;
  }
}

class RedisFolder implements ImageFolder {
  readonly name: string;
  readonly parent: ImageFolder | null;
  readonly #place: RedisPlace;
  readonly #values: RedisValues;
  readonly #index: Index;
  readonly #depth: number;

  constructor(place: RedisPlace, values: RedisValues, index: Index, depth: number) {
    this.#place = place;
    this.#values = values;
    this.#index = index;
    this.#depth = depth;
    this.name = place.name + '/parent'.repeat(depth);
    this.parent = depth + 1 < index.folders.length ? new RedisFolder(place, values, index, depth + 1) : null;
  }

  nameOf(file: string): string {
    return `${this.name}: ${file}`;
  }

  async read(file: string): Promise<Uint8Array | null> {
    if (this.#folder?.images.includes(file) !== true) return null;
    const found = await this.#values.get(imageKey(this.#place, this.#index.id, this.#depth, file));
    if (found === null) throw malformed(this.nameOf(file), 'the index names it, and it is not there');
    checkLength(found.byteLength, this.nameOf(file));
    return found;
  }

  async openPages(file: string, pages: number): Promise<RemotePages> {
    const name = this.nameOf(file);
    const at = this.#folder?.pages[file];
    if (at === undefined) throw malformed(name, 'the index does not name it');
    if (at.pages < pages) throw tooShort(name, at.pages * PAGE, pages);
    return { name, spec: pageSpec(this.#place, this.#index.id), first: at.first, pages };
  }

  // All keys of an id are of one checkpoint, and are removed when another takes its place.
  async verify(): Promise<void> {
    const now = await readIndex(this.#place, this.#values);
    if (now?.id !== this.#index.id) throw malformed(this.name, 'it was replaced or removed while it was read');
  }

  close(): void {
    this.#values.close();
  }

  get #folder(): IndexedFolder | undefined {
    return this.#index.folders[this.#depth];
  }
}
