// Opens the store of a checkpoint's pages: its files or those of another host, and its page server if it has one.
import { STORE_ASYNC } from '../../assembly/layout.js';
import type { PagerError } from '../errors.js';
import { placeOfFile } from '../image/media.js';
import { CheckpointStore, openRemote, type Part } from '../store/checkpoint-store.js';
import { FirstTouches } from '../store/first-touches.js';
import { PageServer, type PageServerEvents } from '../store/page-server.js';
import { PagesFiles } from '../store/pages-files.js';
import type { Store } from '../store/store.js';
import { joinPages } from './joined-pages.js';
import { NO_SOURCE, type Opened } from './opened.js';
import type { PagesHandle } from './requests.js';

export interface OpenedPages {
  opened: Opened;
  /** Which pages are read, in order; null: that is not recorded. */
  touches: FirstTouches | null;
  /** Why pages could not be read, for good; undefined: all that were asked for have come. Of files alone, without a recording, it is not known. */
  lost(): PagerError | undefined;
  /**
   * No page is needed any more: the page server may end.
   * @throws (rejects) PagerError if pages were lost, and it is not notified, or if it could not be
   */
  finish(): Promise<void>;
  /** Ends all waits for a lost connection, and the connection to a page server: without `finish` before, by a reset. */
  abandon(): Promise<void>;
}

/**
 * Nothing is written there: pages of a process without an agent never leave it.
 * @throws (rejects) StoreError of the files, the other host or the page server
 */
export async function openPages(handle: PagesHandle, pageSize: number, events: PageServerEvents): Promise<OpenedPages> {
  const { files, remote, server: spec, recorded } = handle;
  if (spec === null && remote === null && !recorded) {
    const nothing = async () => {};
    return {
      opened: joinPages(files, pageSize),
      touches: null,
      lost: () => undefined,
      finish: nothing,
      abandon: nothing,
    };
  }
  const parts: Part[] = [];
  const add = (store: Store, pages: number) => parts.push({ store, first: 0, pages });
  try {
    if (files.length > 0) add(new PagesFiles(files), sum(files));
    const images = remote === null ? undefined : await openRemote(remote, events);
    if (images !== undefined) add(images, sum(remote?.pages ?? []));
    // Last: a connection that ends without a reset is one that has fetched all pages, to CRIU.
    const server = spec === null ? undefined : await PageServer.open(spec, events);
    if (server !== undefined) add(server, server.pages);
    const joined = new CheckpointStore(parts);
    const touches = recorded ? new FirstTouches(joined) : null;
    const store = touches ?? joined;
    const places = files.map(({ fd }) => placeOfFile(fd));
    const name = remote?.name ?? 'the checkpoint';
    return {
      opened: { ...NO_SOURCE, kind: STORE_ASYNC, name, places, pages: joined.pages, store, patient: true },
      touches,
      lost: () => joined.lost,
      async finish() {
        // The dumped tasks may be all that has these pages, and CRIU would end them.
        if (joined.lost !== undefined) throw joined.lost;
        await server?.finish();
      },
      async abandon() {
        images?.abandon();
        await server?.close();
      },
    };
  } catch (error) {
    await new CheckpointStore(parts).close();
    throw error;
  }
}

function sum(parts: ReadonlyArray<{ pages: number }>): number {
  return parts.reduce((pages, part) => pages + part.pages, 0);
}
