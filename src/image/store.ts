// snapshotStore: an image as the source of a region, opened in the loop's thread.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PagerError } from '../errors.js';
import { checkOptions, type NoOptions } from '../known-options.js';
import { native } from '../native/native.js';
import { packageFile } from '../place.js';
import { lazyStore } from '../store/lazy.js';
import { isUrl, pathOf } from '../store/local-path.js';
import { describeSpec, openStore } from '../store/open.js';
import { type BuiltInStore, type PageRead, SPEC, type Store } from '../store/store.js';
import { StoreError } from '../store/store-error.js';
import { ImageChain } from './read.js';

/**
 * The content of a snapshot, as the `source` of a region: pages are read when they are touched, from the newest image of the
 * chain that has them, and every one is checked against its digest. Read-only.
 * @param where a path, or the URL of the store that the snapshot was written to
 * @throws (on use) PagerError 'PROTOCOL' if an image is torn, damaged, or not the parent it should be
 */
export function snapshotStore(where: string, options?: NoOptions): BuiltInStore {
  checkOptions('snapshotStore', options, {});
  if (typeof where !== 'string' || where === '') {
    throw new PagerError('OPTION', 'snapshotStore: no path or URL is given', { hint: "snapshotStore('monday.img')" });
  }
  const whole = isUrl(where) ? where : path.resolve(pathOf(where));
  const name = `image ${isUrl(where) ? describeSpec(openStore(where)[SPEC]) : whole}`;
  // In the loop's thread it is the loop's own: one pool of open files.
  const { href } = pathToFileURL(packageFile('dist/src/bundle/loop/image-store.js'));
  const spec = { kind: 'module', url: href, options: { where: whole }, name } as const;
  return lazyStore(spec, name, false, () => openSnapshot({ where: whole }));
}

/** Opens it in the calling thread. */
export default async function openSnapshot({
  where,
}: {
  where: string;
}): Promise<Store & { byteLength: number; places: string[] }> {
  const chain = await ImageChain.open(where);
  return {
    writable: false,
    byteLength: chain.pages * chain.pageSize,
    // The places of all images that it reads: none may be overwritten.
    places: chain.links.map(({ reader }) => reader.place),
    read: (pages) => readPages(chain, pages),
    close: () => chain.close(),
  };
}

async function readPages(chain: ImageChain, pages: ReadonlyArray<PageRead>): Promise<void> {
  await Promise.all(pages.map((page) => readAny(chain, page)));
}

// The region's pages may be bigger or smaller than the image's.
async function readAny(chain: ImageChain, { page, into }: PageRead): Promise<void> {
  const { pageSize } = chain;
  if (into.length === pageSize) return readOne(chain, page, into);
  const start = page * into.length;
  for (let done = 0; done < into.length; ) {
    const at = start + done;
    const inside = at % pageSize;
    const part = Math.min(into.length - done, pageSize - inside);
    const whole = new Uint8Array(pageSize);
    await readOne(chain, Math.floor(at / pageSize), whole);
    into.set(whole.subarray(inside, inside + part), done);
    done += part;
  }
}

async function readOne(chain: ImageChain, page: number, into: Uint8Array): Promise<void> {
  const digest = page < chain.pages ? chain.digests[page] : 0n;
  if (digest === 0n) {
    into.fill(0);
    return;
  }
  await readChecked(chain, page, into);
}

/**
 * Reads adjacent pages that one image has, in adjacent blocks.
 * @throws (rejects) StoreError 'STORE_READ' naming the first page whose bytes are not those that were saved
 */
export async function readChecked(chain: ImageChain, first: number, into: Uint8Array): Promise<void> {
  const { pageSize } = chain;
  const link = chain.holderOf(first);
  if (link === undefined) throw new StoreError('STORE_READ', false, `page ${first} is in no image of its chain`);
  await link.reader.read(chain.positionOf(first), into);
  const digests = new BigUint64Array(into.length / pageSize);
  native().pageDigests(into, pageSize, digests, 0);
  const damaged = digests.findIndex((digest, i) => digest !== chain.digests[first + i]);
  if (damaged < 0) return;
  throw new StoreError('STORE_READ', false, `${link.reader.name}: page ${first + damaged} is damaged`, {
    hint: 'take it from a copy; farpage image verify tells which pages are',
  });
}
