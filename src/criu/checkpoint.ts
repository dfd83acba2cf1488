// A checkpoint that criu dump wrote, with its parents: which pages each task gets lazily, and where each of them is.
import { closeSync } from 'node:fs';
import { SLOT_LIMIT } from '../../assembly/codes.js';
import type { RemotePages } from '../store/checkpoint-store.js';
import type { PageProtocol } from '../store/page-server-wire.js';
import type { PagesFile } from '../store/pages-files.js';
import { fewAtOnce } from './at-once.js';
import { type ImageFolder, openLocalFolder } from './image-folder.js';
import { type Layer, locate, pagesFilesOf, readLayers, type TaskLayers } from './layers.js';
import { malformed } from './protobuf.js';

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

/** What is known of all pages so far. */
interface Opened {
  /** Of all files that were opened, also if another could not be. */
  descriptors: number[];
  files: PagesFile[];
  remote: RemotePages[];
  /** The number of each layer's first page, counted over all files. */
  bases: Map<Layer, number>;
  /** Of all files. */
  pages: number;
  /** Whether pages may be at a page server alone. */
  hasServer: boolean;
  /** Runs of those, with the tasks that they are of. Their numbers begin after all files' pages. */
  elsewhere: Array<{ pid: number; run: LazyRun }>;
}

/** A checkpoint that is open for reading. */
export class Checkpoint {
  /** Of the folder, for people. */
  readonly name: string;
  /** Files on this host, of this folder and its parents, in the order of the page numbers. */
  readonly files: readonly PagesFile[];
  /** Those on another host. */
  readonly remote: readonly RemotePages[];
  readonly #tasks: ReadonlyMap<number, Task>;
  /** Tasks of the tree, those without memory (zombies) included. */
  readonly taskCount: number;
  /** What the CRIU that wrote the images speaks as a page server. */
  readonly protocol: PageProtocol;
  /** Pages that are at a page server alone, as PageServerSpec has them. */
  readonly elsewhere: Float64Array;

  /**
   * Reads what is small, and opens the files of pages.
   * @param folder its path, or an open one, which is closed
   * @param hasServer whether there is a page server for the pages that the folder does not have
   * @throws (rejects) PagerError 'OPTION' if a file is missing, 'PROTOCOL' if one is not what CRIU up to 4.2 writes
   */
  static async open(folder: string | ImageFolder, hasServer = false): Promise<Checkpoint> {
    const top = typeof folder === 'string' ? openLocalFolder(folder) : folder;
    const opened: Opened = {
      descriptors: [],
      files: [],
      remote: [],
      bases: new Map(),
      pages: 0,
      hasServer,
      elsewhere: [],
    };
    try {
      const layers = await readLayers(top);
      await openFiles(pagesFilesOf(layers), opened);
      await top.verify();
      return new Checkpoint(top.name, layers, opened);
    } catch (error) {
      for (const fd of opened.descriptors) closeSync(fd);
      throw error;
    } finally {
      top.close();
    }
  }

  private constructor(name: string, layers: readonly TaskLayers[], opened: Opened) {
    const tasks = new Map<number, Task>();
    for (const { pid, layers: mine } of layers) if (mine !== null) tasks.set(pid, taskOf(pid, mine, opened));
    this.name = name;
    this.files = opened.files;
    this.remote = opened.remote;
    this.#tasks = tasks;
    this.taskCount = layers.length;
    // Of the latest folder alone: it is of the CRIU that has the pages.
    this.protocol = layers.some((task) => task.layers?.[0]?.isWide) ? '4.2' : '4.1';
    let slot = opened.pages;
    for (const { run } of opened.elsewhere) {
      run.slot = slot;
      slot += run.pages;
    }
    checkCount(name, slot);
    this.elsewhere = Float64Array.from(opened.elsewhere.flatMap(({ pid, run }) => [pid, run.address, run.pages]));
  }

  task(pid: number): Task | undefined {
    return this.#tasks.get(pid);
  }

  close(): void {
    for (const { fd } of this.files) closeSync(fd);
  }
}

async function openFiles(layers: readonly Layer[], opened: Opened): Promise<void> {
  const found = await fewAtOnce(layers, async ({ folder, pagesFile, pages }) => {
    const file = await folder.openPages(pagesFile, pages);
    if ('fd' in file) opened.descriptors.push(file.fd);
    return file;
  });
  for (const file of found) {
    if ('fd' in file) opened.files.push(file);
    else opened.remote.push(file);
  }
  for (const layer of layers) {
    opened.bases.set(layer, opened.pages);
    opened.pages += layer.pages;
    checkCount(layer.folder.nameOf(layer.pagesFile), opened.pages);
  }
}

function checkCount(path: string, pages: number): void {
  if (pages <= SLOT_LIMIT) return;
  throw malformed(path, `the checkpoint has more than ${SLOT_LIMIT} pages`, 'it cannot be restored lazily');
}

function taskOf(pid: number, layers: readonly Layer[], opened: Opened): Task {
  const runs: LazyRun[] = [];
  for (const { address, pages, lazy } of layers[0]?.entries ?? []) {
    if (!lazy) continue;
    locate(layers, address, pages, (place) => {
      const slot = place.layer === null ? ELSEWHERE : (opened.bases.get(place.layer) ?? 0) + place.first;
      runs.push({ address: place.address, pages: place.pages, slot });
    });
  }
  const elsewhere = runs.filter(({ slot }) => slot === ELSEWHERE);
  const [first] = elsewhere;
  if (first !== undefined && !opened.hasServer) {
    const hint = "give --page-server HOST:PORT, criu dump's address and port, or dump without --lazy-pages";
    const name = layers[0]?.name ?? '';
    throw malformed(name, `the pages at 0x${first.address.toString(16)} are not in the images`, hint);
  }
  opened.elsewhere.push(...elsewhere.map((run) => ({ pid, run })));
  return { pid, runs, pages: runs.reduce((sum, run) => sum + run.pages, 0) };
}
