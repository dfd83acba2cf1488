// `farpage criu upload`: puts a checkpoint into Redis, so that other hosts can restore it from there. See redis-folder.ts.
import { randomBytes } from 'node:crypto';
import { throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { openRemote, type RemotePages } from '../store/checkpoint-store.js';
import { openToWrite } from '../store/open.js';
import { type PagesFile, PagesFiles } from '../store/pages-files.js';
import type { RedisLease } from '../store/redis-lease.js';
import { RedisValues } from '../store/redis-values.js';
import { retry } from '../store/retry.js';
import type { Store } from '../store/store.js';
import { Checkpoint } from './checkpoint.js';
import { type ImageFolder, PAGE } from './image-folder.js';
import { type ImagesPlace, imagesPlace, openFolder } from './images-place.js';
import {
  type Index,
  type IndexedFolder,
  imageKey,
  indexKey,
  newIndex,
  pageSpec,
  type RedisPlace,
  readIndex,
  redisPlaceOf,
} from './redis-folder.js';

/** What `farpage criu upload` takes. */
export interface UploadOptions {
  /** As for `farpage criu`. */
  images: string;
  /** A Redis URL with a prefix. */
  to: string;
  /** Take the place of a checkpoint that is there. */
  replace?: boolean;
}

export interface CheckedUpload {
  images: ImagesPlace;
  to: RedisPlace;
  replace: boolean;
}

/** What `farpage criu upload --json` prints. */
export interface UploadReport {
  images: string;
  /** Without secrets. */
  to: string;
  /** Of the checkpoint and its parents. */
  folders: number;
  pages: number;
}

export interface UploadProgress {
  begin(phase: string, total: number): void;
  update(done: number): void;
  end(): void;
}

const WHAT = 'the upload';
/** Pages of one write. */
const BATCH = 256;
/** Milliseconds for which a lost connection is tried again. */
const PATIENCE = 30_000;

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkUpload({ images, to, replace = false }: UploadOptions): CheckedUpload {
  return { images: imagesPlace(images), to: redisPlaceOf('--to', to), replace };
}

/**
 * Writes all pages and images under keys of their own, then the index that names them.
 * @param signal its abortion ends the upload, and removes what was written
 * @throws (rejects) PagerError about the images or the server; nothing of this upload stays there then, as far as it answers
 */
export async function uploadCheckpoint(
  { images, to, replace }: CheckedUpload,
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<UploadReport> {
  const values = await RedisValues.open(to.url);
  // Of two that upload at once neither would know of the other's keys.
  const lease = values.lease(to.prefix);
  let checkpoint: Checkpoint | undefined;
  try {
    // Another upload may have to be waited for.
    await unlessEnded(signal, WHAT, lease.acquire(), () => void lease.release().catch(() => undefined));
    if (!replace && (await readIndex(to, values)) !== null) throw occupied(to);
    const contents = new Contents();
    checkpoint = await Checkpoint.open(new KeptFolder(await openFolder(images), 0, contents));
    const upload = new Upload(to, contents, values);
    await upload.write(checkpoint, images.name, progress, signal);
    const before = await upload.publish(replace, lease, signal);
    if (before !== null) await again(() => values.remove(keysOf(to, before)), signal);
    return { images: images.name, to: to.name, folders: contents.folders.length, pages: contents.pages };
  } finally {
    checkpoint?.close();
    // If it cannot be released, it expires.
    await lease.release().catch(() => undefined);
    values.close();
  }
}

function occupied({ name }: RedisPlace): PagerError {
  return new PagerError('OPTION', `--to: ${name} has a checkpoint`, {
    errno: 'EEXIST',
    hint: 'give another prefix, or --replace to put this one in its place: restores from the old one lose their pages',
  });
}

/** What a checkpoint consists of, as it was read. */
class Contents {
  readonly folders: IndexedFolder[] = [];
  readonly images: Array<{ depth: number; file: string; bytes: Uint8Array }> = [];
  pages = 0;

  folder(depth: number): IndexedFolder {
    while (this.folders.length <= depth) this.folders.push({ images: [], pages: {} });
    return this.folders[depth] ?? { images: [], pages: {} };
  }
}

/** Notes what is read of a folder. Files of pages are opened in the order in which their pages are numbered. */
class KeptFolder implements ImageFolder {
  readonly name: string;
  readonly #folder: ImageFolder;
  readonly #depth: number;
  readonly #contents: Contents;

  constructor(folder: ImageFolder, depth: number, contents: Contents) {
    this.name = folder.name;
    this.#folder = folder;
    this.#depth = depth;
    this.#contents = contents;
  }

  get parent(): ImageFolder | null {
    const { parent } = this.#folder;
    return parent === null ? null : new KeptFolder(parent, this.#depth + 1, this.#contents);
  }

  nameOf(file: string): string {
    return this.#folder.nameOf(file);
  }

  async read(file: string): Promise<Uint8Array | null> {
    const bytes = await this.#folder.read(file);
    if (bytes === null) return null;
    this.#contents.folder(this.#depth).images.push(file);
    this.#contents.images.push({ depth: this.#depth, file, bytes });
    return bytes;
  }

  openPages(file: string, pages: number): Promise<PagesFile | RemotePages> {
    this.#contents.folder(this.#depth).pages[file] = { first: this.#contents.pages, pages };
    this.#contents.pages += pages;
    return this.#folder.openPages(file, pages);
  }

  verify(): Promise<void> {
    return this.#folder.verify();
  }

  close(): void {
    this.#folder.close();
  }
}

class Upload {
  readonly #to: RedisPlace;
  readonly #contents: Contents;
  readonly #values: RedisValues;
  readonly #index: Index;

  constructor(to: RedisPlace, contents: Contents, values: RedisValues) {
    this.#to = to;
    this.#contents = contents;
    this.#values = values;
    this.#index = newIndex(randomBytes(16).toString('hex'), contents.folders);
  }

  async write(checkpoint: Checkpoint, name: string, progress: UploadProgress, signal: AbortSignal): Promise<void> {
    const from = await pagesOf(checkpoint, name);
    try {
      await this.#guarded(async () => {
        const into = await openToWrite(pageSpec(this.#to, this.#index.id));
        try {
          await this.#copy(from, into, progress, signal);
        } finally {
          await into.close();
        }
        for (const { depth, file, bytes } of this.#contents.images) {
          const key = imageKey(this.#to, this.#index.id, depth, file);
          await again(() => this.#values.set(key, Buffer.from(bytes)), signal);
        }
      });
    } finally {
      await from.close();
    }
  }

  /**
   * @param replace whether it may take another's place
   * @returns the one whose place it has taken
   */
  async publish(replace: boolean, lease: RedisLease, signal: AbortSignal): Promise<Index | null> {
    const [key, bytes] = [indexKey(this.#to), Buffer.from(JSON.stringify(this.#index))];
    let before: Index | null = null;
    const attempt = async (): Promise<void> => {
      if (!lease.holds) await lease.acquire();
      // Read now: if this process stood still, another may have had the lease meanwhile.
      const found = await readIndex(this.#to, this.#values);
      // An earlier attempt was executed, and its reply was lost.
      if (found?.id === this.#index.id) return;
      if (found !== null && !replace) throw occupied(this.#to);
      before = found;
      if (found !== null) await this.#values.set(key, bytes);
      else if (!(await this.#values.create(key, bytes))) throw occupied(this.#to);
    };
    await this.#guarded(() => {
      throwIfEnded(signal, WHAT);
      return again(attempt, signal);
    });
    return before;
  }

  async #copy(from: Store, into: Store, progress: UploadProgress, signal: AbortSignal): Promise<void> {
    const { pages } = this.#contents;
    const buffers = Array.from({ length: BATCH }, () => new Uint8Array(PAGE));
    progress.begin('upload', pages);
    for (let done = 0; done < pages; done += BATCH) {
      throwIfEnded(signal, WHAT);
      const some = buffers.slice(0, pages - done);
      await from.read(some.map((buffer, i) => ({ page: done + i, into: buffer })));
      await again(async () => into.write?.(some.map((buffer, i) => ({ page: done + i, from: buffer }))), signal);
      progress.update(done + some.length);
    }
    progress.end();
  }

  // What was written of a checkpoint that no index names would stay for ever.
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.#values.remove(keysOf(this.#to, this.#index)).catch(() => undefined);
      throw error;
    }
  }
}

function again<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(work, { patience: PATIENCE, signal });
}

async function pagesOf({ files, remote }: Checkpoint, name: string): Promise<Store> {
  if (remote.length === 0) return new PagesFiles(files);
  return openRemote({ name, patience: PATIENCE, pages: remote }, { say: () => {}, failed: () => {} });
}

// One after the other: there are as many as pages.
function* keysOf(place: RedisPlace, { id, folders }: Index): Generator<string> {
  const { prefix } = pageSpec(place, id);
  for (const [depth, { images, pages }] of folders.entries()) {
    for (const file of images) yield imageKey(place, id, depth, file);
    for (const { first, pages: count } of Object.values(pages)) {
      for (let page = first; page < first + count; page++) yield prefix + page;
    }
  }
}
