// A folder that criu dump wrote, with its parents: which pages each task gets lazily, and in which file each of them is.
import { closeSync, constants, fstatSync, lstatSync, openSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SLOT_LIMIT } from '../../assembly/codes.js';
import { PagerError } from '../errors.js';
import { versionOf } from '../store/file-claim.js';
import type { PagesFile } from '../store/pages-files.js';
import { readImage } from './image-file.js';
import { decodeInventory, decodePagemap, decodeTree, type Entry } from './images.js';
import { malformed } from './protobuf.js';

const PAGE = 4096;
/** Folders of one chain. */
const MAX_PARENTS = 1000;

/** Pages of a task that are in one file one after the other. */
export interface LazyRun {
  address: number;
  pages: number;
  /** The number of the first page, counted over all pages files. */
  slot: number;
}

export interface Task {
  /** As the images name it: in its own PID namespace. */
  pid: number;
  runs: LazyRun[];
  pages: number;
}

/** A run of pages of one folder, and where it begins in the folder's pages file. */
interface Placed extends Entry {
  first: number;
}

/** The pagemap of one task in one folder. */
interface Layer {
  name: string;
  /** The number of its pages file's first page, counted over all files. */
  base: number;
  entries: Placed[];
}

/** The pages files opened so far. */
interface OpenedFiles {
  files: PagesFile[];
  paths: Set<string>;
  /** Of all files. */
  pages: number;
}

/** A checkpoint that is open for reading. */
export class Checkpoint {
  readonly folder: string;
  /** Of this folder and its parents, in the order of the page numbers. */
  readonly files: readonly PagesFile[];
  readonly #tasks: ReadonlyMap<number, Task>;
  /** Tasks of the tree, those without memory (zombies) included. */
  readonly taskCount: number;

  /**
   * Reads what is small, and opens the files of pages.
   * @throws PagerError 'OPTION' if a file is missing, 'PROTOCOL' if one is not what CRIU up to 4.2 writes
   */
  static open(folder: string): Checkpoint {
    const chain = chainOf(resolve(folder));
    const [top = folder] = chain;
    const files: PagesFile[] = [];
    try {
      decodeInventory(readImage(join(top, 'inventory.img')), join(top, 'inventory.img'));
      const pids = decodeTree(readImage(join(top, 'pstree.img')), join(top, 'pstree.img'));
      const opened: OpenedFiles = { files, paths: new Set(), pages: 0 };
      const tasks = new Map<number, Task>();
      for (const pid of pids) {
        const layers = layersOf(chain, pid, opened);
        if (layers !== null) tasks.set(pid, taskOf(pid, layers));
      }
      return new Checkpoint(top, files, tasks, pids.length);
    } catch (error) {
      for (const { fd } of files) closeSync(fd);
      throw error;
    }
  }

  private constructor(folder: string, files: PagesFile[], tasks: Map<number, Task>, taskCount: number) {
    this.folder = folder;
    this.files = files;
    this.#tasks = tasks;
    this.taskCount = taskCount;
  }

  task(pid: number): Task | undefined {
    return this.#tasks.get(pid);
  }

  close(): void {
    for (const { fd } of this.files) closeSync(fd);
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

// Null: the task has no memory (a zombie).
function layersOf(chain: readonly string[], pid: number, opened: OpenedFiles): Layer[] | null {
  const layers: Layer[] = [];
  for (const folder of chain) {
    const name = join(folder, `pagemap-${pid}.img`);
    if (statSync(name, { throwIfNoEntry: false }) === undefined) {
      if (layers.length === 0) return null;
      break; // the task began after this earlier checkpoint
    }
    const { pagesId, entries } = decodePagemap(readImage(name), name);
    let first = 0;
    const placed = entries.map((entry) => {
      const at = first;
      if (entry.where === 'here') first += entry.pages;
      return { ...entry, first: at };
    });
    const path = join(folder, `pages-${pagesId}.img`);
    const base = first === 0 ? 0 : openPages(path, first, opened);
    layers.push({ name, base, entries: placed });
  }
  return layers;
}

// Returns the number of its first page.
function openPages(path: string, pages: number, opened: OpenedFiles): number {
  if (opened.paths.has(path)) throw malformed(path, 'two tasks have their pages in it');
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY);
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    const hint = 'the folder is not whole: copy it again';
    throw new PagerError('OPTION', `${path} cannot be opened`, { errno: code, syscall, path, hint, cause });
  }
  const base = opened.pages;
  opened.files.push({ path, fd, version: versionOf(fd), pages });
  opened.paths.add(path);
  opened.pages += pages;
  const { size } = fstatSync(fd);
  if (size < pages * PAGE) throw malformed(path, `it has ${size} bytes, and the pagemap speaks of ${pages} pages`);
  if (base + pages > SLOT_LIMIT) {
    throw malformed(path, `the checkpoint has more than ${SLOT_LIMIT} pages`, 'it cannot be restored lazily');
  }
  return base;
}

function taskOf(pid: number, layers: readonly Layer[]): Task {
  const runs: LazyRun[] = [];
  for (const { address, pages, lazy } of layers[0]?.entries ?? []) {
    if (lazy) place(layers, 0, address, pages, runs);
  }
  return { pid, runs, pages: runs.reduce((sum, run) => sum + run.pages, 0) };
}

// Finds where the pages of a range are, from one folder of the chain on.
function place(layers: readonly Layer[], depth: number, address: number, pages: number, runs: LazyRun[]): void {
  const layer = layers[depth];
  if (layer === undefined) {
    const name = layers.at(-1)?.name ?? '';
    throw malformed(name, `the pages at 0x${address.toString(16)} are in a parent checkpoint, and there is none`);
  }
  const end = address + pages * PAGE;
  for (let at = address, i = entryAt(layer.entries, at); at < end; i++) {
    const entry = layer.entries[i];
    if (entry === undefined || entry.address > at) {
      throw malformed(layer.name, `it has no pages at 0x${at.toString(16)}, which a later checkpoint refers to`);
    }
    const until = Math.min(end, entry.address + entry.pages * PAGE);
    const count = (until - at) / PAGE;
    const skipped = (at - entry.address) / PAGE;
    if (entry.where === 'here') {
      runs.push({ address: at, pages: count, slot: layer.base + entry.first + skipped });
    } else if (entry.where === 'parent') {
      place(layers, depth + 1, at, count, runs);
    } else {
      const hint = 'dump without --lazy-pages: pages of a page server cannot be served yet (docs/criu.md)';
      throw malformed(layer.name, `the pages at 0x${at.toString(16)} are not in the images`, hint);
    }
    at = until;
  }
}

// The last entry that begins at or before the address; if there is none, the first.
function entryAt(entries: readonly Entry[], address: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries[middle]?.address ?? 0) <= address) low = middle;
    else high = middle - 1;
  }
  return low;
}
