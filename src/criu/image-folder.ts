// A folder of CRIU's images, wherever it is: on this host here, and in http-folder.ts and redis-folder.ts.
import { closeSync, constants, fstatSync, lstatSync, openSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import type { RemotePages } from '../store/checkpoint-store.js';
import { versionOf } from '../store/file-claim.js';
import type { PagesFile } from '../store/pages-files.js';
import { readImage } from './image-file.js';
import { malformed } from './protobuf.js';

export const PAGE = 4096;
/** Folders of one chain. */
export const MAX_PARENTS = 1000;

export interface ImageFolder {
  /** For people, without secrets. */
  readonly name: string;
  /** The name of a file in it, for people. */
  nameOf(file: string): string;
  /** The folder of the earlier checkpoint that this one builds upon; null: it is known to have none. */
  readonly parent: ImageFolder | null;
  /** Null: there is no such file. @throws (rejects) PagerError if it cannot be read, or is too long */
  read(file: string): Promise<Uint8Array | null>;
  /** A file of pages, of which the first so many belong to a task. @throws (rejects) PagerError if it is shorter */
  openPages(file: string, pages: number): Promise<PagesFile | RemotePages>;
  /** Looks once more whether what was read is still there, of this folder and its parents. @throws (rejects) PagerError */
  verify(): Promise<void>;
  /** Nothing is read of it, or of its parents, any more. What `openPages` has opened stays open. */
  close(): void;
}

/** @throws PagerError 'OPTION' if it or a parent is not a folder, 'PROTOCOL' if the chain of parents has no end */
export function openLocalFolder(folder: string): ImageFolder {
  const chain = chainOf(resolve(folder));
  return chain.reduceRight<LocalFolder | null>((parent, path) => new LocalFolder(path, parent), null) as LocalFolder;
}

class LocalFolder implements ImageFolder {
  constructor(
    readonly name: string,
    readonly parent: ImageFolder | null,
  ) {}

  nameOf(file: string): string {
    return join(this.name, file);
  }

  async read(file: string): Promise<Uint8Array | null> {
    const path = this.nameOf(file);
    return statSync(path, { throwIfNoEntry: false }) === undefined ? null : readImage(path);
  }

  async openPages(file: string, pages: number): Promise<PagesFile> {
    const path = this.nameOf(file);
    const fd = openPagesFile(path);
    const { size } = fstatSync(fd);
    if (size >= pages * PAGE) return { path, fd, version: versionOf(fd), pages };
    closeSync(fd);
    throw tooShort(path, size, pages);
  }

  // The files of pages are open, and watched from now on.
  async verify(): Promise<void> {}

  close(): void {}
}

export function tooShort(name: string, bytes: number, pages: number): PagerError {
  return malformed(name, `it has ${bytes} bytes, and the pagemap speaks of ${pages} pages`);
}

function openPagesFile(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY);
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    const hint = 'the folder is not whole: copy it again';
    throw new PagerError('OPTION', `${path} cannot be opened`, { errno: code, syscall, path, hint, cause });
  }
}

// The folder, its parent, and so on. `parent` is a link to a folder.
function chainOf(folder: string): string[] {
  const chain: string[] = [];
  const seen = new Set<string>();
  for (let at = folder; ; at = join(at, 'parent')) {
    if (chain.length > 0 && lstatSync(at, { throwIfNoEntry: false }) === undefined) return chain;
    const found = statSync(at, { bigint: true, throwIfNoEntry: false });
    if (found === undefined || !found.isDirectory()) {
      throw new PagerError('OPTION', `--images: ${at} is not a folder`, {
        hint: 'give the folder that criu dump wrote its images to (-D)',
        path: at,
      });
    }
    const identity = `${found.dev}:${found.ino}`;
    if (seen.has(identity)) throw malformed(at, 'the checkpoint is its own parent');
    if (chain.length === MAX_PARENTS) throw malformed(at, `it has more than ${MAX_PARENTS} parents`);
    seen.add(identity);
    chain.push(at);
  }
}
