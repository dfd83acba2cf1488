// An image as the source of a region: its module's default export, opened in the loop's thread.
import { PagerError } from '../errors.js';
import { native } from '../native.js';
import { moduleStore } from '../store/module.js';
import type { BuiltInStore, PageRead, Store } from '../store/store.js';
import { StoreError } from '../store/store-error.js';
import { placesOf } from './layout.js';
import { ImageChain, type Link } from './read.js';

/**
 * The content of a snapshot, as the `source` of a region: pages are read when they are touched, from the newest image of the
 * chain that has them, and every one is checked against its digest. Read-only.
 * @param where a path, or the URL of the store that the snapshot was written to
 * @throws (on use) PagerError 'PROTOCOL' where an image is torn, damaged, or not the parent it should be
 */
export function snapshotStore(where: string): BuiltInStore {
  if (typeof where !== 'string' || where === '') {
    throw new PagerError('OPTION', 'snapshotStore: no path or URL is given', { hint: "snapshotStore('monday.img')" });
  }
  return moduleStore(new URL('./store.js', import.meta.url), { where });
}

/** Opens it in the calling thread. */
export default async function openSnapshot({ where }: { where: string }): Promise<Store & { byteLength: number }> {
  const chain = await ImageChain.open(where);
  return {
    writable: false,
    byteLength: chain.pages * chain.pageSize,
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
  const link = chain.holderOf(page);
  if (link === undefined) throw new StoreError('STORE_READ', false, `page ${page} is in no image of its chain`);
  await readChecked(chain, link, page, into);
}

/** @throws (rejects) StoreError 'STORE_READ' where the bytes are not those that were saved */
export async function readChecked(chain: ImageChain, link: Link, page: number, into: Uint8Array): Promise<void> {
  const { pageSize } = chain;
  await link.reader.read(placesOf(link.header).data + page * pageSize, into);
  const digest = new BigUint64Array(1);
  native().pageDigests(into, pageSize, digest, 0);
  if (digest[0] === chain.digests[page]) return;
  throw new StoreError('STORE_READ', false, `${link.reader.name}: page ${page} is damaged`, {
    hint: 'take it from a copy; farpage image verify tells which pages are',
  });
}
