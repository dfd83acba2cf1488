// A folder that criu dump wrote, with its parents: which pages each task gets lazily, and in which file each of them is.
import { closeSync, constants, fstatSync, lstatSync, openSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SLOT_LIMIT } from '../../assembly/codes.js';
import { PagerError } from '../errors.js';
import { versionOf } from '../store/file-claim.js';
import type { PageProtocol } from '../store/page-server-wire.js';
import type { PagesFile } from '../store/pages-files.js';
import { readImage } from './image-file.js';
import { decodeInventory, decodePagemap, decodeTree, type Entry } from './images.js';
import { malformed } from './protobuf.js';

const PAGE = 4096;
/** Folders of one chain. */
const MAX_PARENTS = 1000;
/** In place of a page's number: no file has it. */
const ELSEWHERE = -1;

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

/** What is known of all pages so far. */
interface Opened {
  files: PagesFile[];
  paths: Set<string>;
  /** Of all files. */
  pages: number;
  /** Whether pages may be at a page server alone. */
  remote: boolean;
  /** Runs of those, with the tasks that they are of. Their numbers begin after all files' pages. */
  elsewhere: Array<{ pid: number; run: LazyRun }>;
  /** A pagemap was written by CRIU 4.2 or later. */
  isWide: boolean;
}

/** A checkpoint that is open for reading. */
export class Checkpoint {
  readonly folder: string;
  /** Of this folder and its parents, in the order of the page numbers. */
  readonly files: readonly PagesFile[];
  readonly #tasks: ReadonlyMap<number, Task>;
  /** Tasks of the tree, those without memory (zombies) included. */
  readonly taskCount: number;
  /** What the CRIU that wrote the images speaks as a page server. */
  readonly protocol: PageProtocol;
  /** Pages that are at a page server alone, as PageServerSpec has them. */
  readonly elsewhere: Float64Array;

  /**
   * Reads what is small, and opens the files of pages.
   * @param remote whether there is a page server for the pages that the folder does not have
   * @throws PagerError 'OPTION' if a file is missing, 'PROTOCOL' if one is not what CRIU up to 4.2 writes
   */
  static open(folder: string, remote = false): Checkpoint {
    const chain = chainOf(resolve(folder));
    const [top = folder] = chain;
    const files: PagesFile[] = [];
    try {
      decodeInventory(readImage(join(top, 'inventory.img')), join(top, 'inventory.img'));
      const pids = decodeTree(readImage(join(top, 'pstree.img')), join(top, 'pstree.img'));
      const opened: Opened = { files, paths: new Set(), pages: 0, remote, elsewhere: [], isWide: false };
      const tasks = new Map<number, Task>();
      for (const pid of pids) {
        const layers = layersOf(chain, pid, opened);
        if (layers !== null) tasks.set(pid, taskOf(pid, layers, opened));
      }
      return new Checkpoint(top, tasks, pids.length, opened);
    } catch (error) {
      for (const { fd } of files) closeSync(fd);
      throw error;
    }
  }

  private constructor(folder: string, tasks: Map<number, Task>, taskCount: number, opened: Opened) {
    const { files, elsewhere, isWide, pages } = opened;
    this.folder = folder;
    this.files = files;
    this.#tasks = tasks;
    this.taskCount = taskCount;
    this.protocol = isWide ? '4.2' : '4.1';
    let slot = pages;
    for (const { run } of elsewhere) {
      run.slot = slot;
      slot += run.pages;
    }
    checkCount(folder, slot);
    this.elsewhere = Float64Array.from(elsewhere.flatMap(({ pid, run }) => [pid, run.address, run.pages]));
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
function layersOf(chain: readonly string[], pid: number, opened: Opened): Layer[] | null {
  const layers: Layer[] = [];
  for (const folder of chain) {
    const name = join(folder, `pagemap-${pid}.img`);
    if (statSync(name, { throwIfNoEntry: false }) === undefined) {
      if (layers.length === 0) return null;
      break; // the task began after this earlier checkpoint
    }
    const { pagesId, entries, isWide } = decodePagemap(readImage(name), name);
    // Of the latest folder alone: it is of the CRIU that has the pages.
    if (layers.length === 0) opened.isWide ||= isWide;
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
function openPages(path: string, pages: number, opened: Opened): number {
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
  checkCount(path, opened.pages);
  return base;
}

function checkCount(path: string, pages: number): void {
  if (pages <= SLOT_LIMIT) return;
  throw malformed(path, `the checkpoint has more than ${SLOT_LIMIT} pages`, 'it cannot be restored lazily');
}

function taskOf(pid: number, layers: readonly Layer[], opened: Opened): Task {
  const runs: LazyRun[] = [];
  for (const { address, pages, lazy } of layers[0]?.entries ?? []) {
    if (lazy) place(layers, 0, address, pages, runs);
  }
  const elsewhere = runs.filter(({ slot }) => slot === ELSEWHERE);
  const [first] = elsewhere;
  if (first !== undefined && !opened.remote) {
    const hint = "give --page-server HOST:PORT, criu dump's address and port, or dump without --lazy-pages";
    const name = layers[0]?.name ?? '';
    throw malformed(name, `the pages at 0x${first.address.toString(16)} are not in the images`, hint);
  }
  opened.elsewhere.push(...elsewhere.map((run) => ({ pid, run })));
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
    } else if (depth === 0) {
      runs.push({ address: at, pages: count, slot: ELSEWHERE });
    } else {
      throw malformed(layer.name, `the pages at 0x${at.toString(16)} are not in the images of the parent`);
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
