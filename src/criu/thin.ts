// `farpage criu thin`: copies a checkpoint without its lazy pages, for criu restore on a host that gets those from farpage.
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describeError, PagerError } from '../errors.js';
import { readImage } from './image-file.js';
import { type ImageFolder, openLocalFolder, PAGE } from './image-folder.js';
import { decodePagemap } from './images.js';
import { type Layer, locate, pagesFileOf, readLayers } from './layers.js';
import { malformed } from './protobuf.js';

/** What `farpage criu thin` takes. */
export interface ThinOptions {
  /** A folder of this host. */
  images: string;
  /** A folder that does not exist yet. */
  to: string;
}

/** What `farpage criu thin --json` prints. */
export interface ThinReport {
  images: string;
  to: string;
  /** Of the checkpoint and its parents. */
  folders: number;
  /** Pages that were copied: those that criu restore reads itself. */
  pages: number;
  /** Lazy pages, which were left out. */
  lazy: number;
}

interface Run {
  first: number;
  pages: number;
}

/** Pages that criu restore reads itself, by the paths of their files. */
type FileRuns = Map<string, Run[]>;

const PAGEMAP_FILE = /^pagemap-\d+\.img$/;
/** Pages that are copied at once. */
const BATCH = 256;

/**
 * Files of pages have holes in place of lazy pages, so that all others are where the pagemaps say. Parents become folders in the copy.
 * @throws (rejects) PagerError about the images or the new folder
 */
export async function thinCheckpoint({ images, to }: ThinOptions): Promise<ThinReport> {
  if (images === '' || to === '') {
    const option = images === '' ? '--images' : '--to';
    throw new PagerError('OPTION', `${option}: the path is empty`, { hint: 'give the path of a folder' });
  }
  const top = openLocalFolder(images);
  const report: ThinReport = { images: top.name, to: resolve(to), folders: 0, pages: 0, lazy: 0 };
  const files: FileRuns = new Map();
  for (const { layers } of await readLayers(top)) if (layers !== null) addRuns(layers, files, report);
  let target = report.to;
  let isMade = false;
  try {
    for (let folder: ImageFolder | null = top; folder !== null; folder = folder.parent) {
      mkdirSync(target, { mode: 0o700 });
      isMade = true;
      copyFolder(folder, target, files);
      report.folders++;
      target = join(target, 'parent');
    }
  } catch (cause) {
    // What is there looks like a checkpoint, and lacks pages.
    if (isMade) rmSync(report.to, { recursive: true, force: true });
    if (cause instanceof PagerError) throw cause;
    const { code: errno, syscall } = cause as NodeJS.ErrnoException;
    const hint = 'give --to a folder that does not exist, on a file system with room';
    const message = `${target} cannot be written: ${describeError(cause)}`;
    throw new PagerError('OPTION', message, { errno, syscall, path: target, hint, cause });
  }
  return report;
}

// Also of a parent only pages that are not lazy in the newest checkpoint: how it called them itself does not matter.
function addRuns(layers: readonly Layer[], files: FileRuns, report: ThinReport): void {
  for (const { folder, pagesFile, pages } of layers) if (pages > 0) files.set(folder.nameOf(pagesFile), []);
  for (const { address, pages, lazy } of layers[0]?.entries ?? []) {
    if (lazy) report.lazy += pages;
    else {
      locate(layers, address, pages, ({ layer, first, pages: count }) => {
        if (layer === null) return;
        files.get(layer.folder.nameOf(layer.pagesFile))?.push({ first, pages: count });
        report.pages += count;
      });
    }
  }
}

// Files of pages may be of shared memory, too, whose pagemaps are not read here: those are copied whole. Left out is a file that a pagemap
// of a task names, and no page of the checkpoint is in: of a task that has ended since.
function copyFolder({ name }: ImageFolder, target: string, files: FileRuns): void {
  const ofTasks = tasksPagesIn(name);
  for (const file of readdirSync(name)) {
    const from = join(name, file);
    // Others than files are no images: a socket, the link to the parent.
    if (statSync(from, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const runs = files.get(from);
    if (runs !== undefined) copyPages(from, join(target, file), runs);
    else if (!ofTasks.has(file)) copyFileSync(from, join(target, file), constants.COPYFILE_EXCL);
  }
}

function tasksPagesIn(folder: string): Set<string> {
  const pagemaps = readdirSync(folder).filter((file) => PAGEMAP_FILE.test(file));
  const paths = pagemaps.map((file) => join(folder, file));
  return new Set(paths.map((path) => pagesFileOf(decodePagemap(readImage(path), path))));
}

function copyPages(from: string, to: string, runs: readonly Run[]): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      const buffer = Buffer.alloc(BATCH * PAGE);
      for (const run of runs) copyRun(from, source, target, run, buffer);
      ftruncateSync(target, fstatSync(source).size);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function copyRun(name: string, source: number, target: number, { first, pages }: Run, buffer: Buffer): void {
  for (let done = 0; done < pages * PAGE; ) {
    const at = first * PAGE + done;
    const got = readSync(source, buffer, 0, Math.min(buffer.byteLength, pages * PAGE - done), at);
    if (got === 0) throw malformed(name, `it ends at byte ${at}, and the pagemap speaks of pages beyond that`);
    for (let written = 0; written < got; ) written += writeSync(target, buffer, written, got - written, at + written);
    done += got;
  }
}
