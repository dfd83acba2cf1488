// Reads what is small of a checkpoint: its tasks, and the pagemaps of each, in the folder and in its parents.
import { PagerError } from '../errors.js';
import { fewAtOnce } from './at-once.js';
import { type ImageFolder, PAGE } from './image-folder.js';
import { decodeInventory, decodePagemap, decodeTree, type Entry, type Pagemap } from './images.js';
import { malformed } from './protobuf.js';

/** A run of pages of one folder, and where it begins in the folder's pages file. */
export interface Placed extends Entry {
  first: number;
}

/** The pagemap of one task in one folder. */
export interface Layer {
  folder: ImageFolder;
  /** The pagemap's, for people. */
  name: string;
  pagesFile: string;
  /** In that file. */
  pages: number;
  entries: Placed[];
  /** The pagemap was written by CRIU 4.2 or later. */
  isWide: boolean;
}

export interface TaskLayers {
  pid: number;
  /** Of the folder, its parent, and so on, as far as pages refer to them; null: the task has no memory. */
  layers: Layer[] | null;
}

/** The name of the file that a pagemap's pages are in. */
export function pagesFileOf({ pagesId }: Pagemap): string {
  return `pages-${pagesId}.img`;
}

/** @throws (rejects) PagerError of the images */
async function layersOf(top: ImageFolder, pid: number): Promise<Layer[] | null> {
  const layers: Layer[] = [];
  // A parent that no page refers to is not asked for: it may be gone.
  for (let folder: ImageFolder | null = top, needed = true; folder !== null && needed; folder = folder.parent) {
    const file = `pagemap-${pid}.img`;
    const bytes = await folder.read(file);
    // The task has no memory (a zombie), or began after this earlier checkpoint.
    if (bytes === null) break;
    const name = folder.nameOf(file);
    const pagemap = decodePagemap(bytes, name);
    const { entries, isWide } = pagemap;
    let pages = 0;
    const placed = entries.map((entry) => {
      const first = pages;
      if (entry.where === 'here') pages += entry.pages;
      return { ...entry, first };
    });
    layers.push({ folder, name, pagesFile: pagesFileOf(pagemap), pages, entries: placed, isWide });
    needed = entries.some(({ where }) => where === 'parent');
  }
  return layers.length === 0 ? null : layers;
}

/** The tasks of a checkpoint, each with its pagemaps: of the folder, its parent, and so on. Null: a task without memory. */
export async function readLayers(top: ImageFolder): Promise<TaskLayers[]> {
  const need = async (file: string) => {
    const bytes = await top.read(file);
    if (bytes !== null) return bytes;
    throw new PagerError('OPTION', `${top.nameOf(file)} cannot be read: there is no such file`, {
      errno: 'ENOENT',
      hint: 'give the folder that criu dump wrote its images to (-D)',
    });
  };
  decodeInventory(await need('inventory.img'), top.nameOf('inventory.img'));
  const pids = decodeTree(await need('pstree.img'), top.nameOf('pstree.img'));
  return fewAtOnce(pids, async (pid) => ({ pid, layers: await layersOf(top, pid) }));
}

/** Files of pages, each once, in the order in which their pages are numbered. */
export function pagesFilesOf(tasks: readonly TaskLayers[]): Layer[] {
  const layers = tasks.flatMap((task) => (task.layers ?? []).filter(({ pages }) => pages > 0));
  const names = new Set<string>();
  for (const { folder, pagesFile } of layers) {
    const name = folder.nameOf(pagesFile);
    if (names.has(name)) throw malformed(name, 'two tasks have their pages in it');
    names.add(name);
  }
  return layers;
}

/** Adjacent pages of a task in one file. */
export interface Place {
  /** Of the file; null: they are at a page server alone. */
  layer: Layer | null;
  /** The number of the first one in the file. */
  first: number;
  address: number;
  pages: number;
}

/**
 * Finds where the pages of a range are, from the layer at `depth` of the chain on.
 * @throws PagerError 'PROTOCOL' if they are nowhere
 */
export function locate(
  layers: readonly Layer[],
  address: number,
  pages: number,
  found: (place: Place) => void,
  depth = 0,
): void {
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
    if (entry.where === 'here') {
      found({ layer, first: entry.first + (at - entry.address) / PAGE, address: at, pages: count });
    } else if (entry.where === 'parent') {
      locate(layers, at, count, found, depth + 1);
    } else if (depth === 0) {
      found({ layer: null, first: 0, address: at, pages: count });
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
