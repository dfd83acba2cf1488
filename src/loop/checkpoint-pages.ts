// Opens the store of a checkpoint's pages: its files, and its page server if it has one.
import { STORE_ASYNC } from '../../assembly/layout.js';
import { placeOfFile } from '../image/media.js';
import { CheckpointStore } from '../store/checkpoint-store.js';
import { PageServer, type PageServerEvents } from '../store/page-server.js';
import { PagesFiles } from '../store/pages-files.js';
import { joinPages } from './joined-pages.js';
import { NO_SOURCE, type Opened } from './opened.js';
import type { PagesHandle } from './requests.js';

export interface OpenedPages {
  opened: Opened;
  server: PageServer | undefined;
}

/**
 * Nothing is written there: pages of a process without an agent never leave it.
 * @throws (rejects) StoreError of the files or the page server
 */
export async function openPages(handle: PagesHandle, pageSize: number, events: PageServerEvents): Promise<OpenedPages> {
  const { files, server: spec } = handle;
  if (spec === null) return { opened: joinPages(files, pageSize), server: undefined };
  const count = files.reduce((sum, file) => sum + file.pages, 0);
  const places = files.map(({ fd }) => placeOfFile(fd));
  const opened = { ...NO_SOURCE, kind: STORE_ASYNC, name: 'the checkpoint', places };
  const local = new PagesFiles(files);
  // Last: a connection that ends without a reset is one that has fetched all pages, to CRIU.
  const server = await PageServer.open(spec, events).catch(async (error: unknown) => {
    await local.close();
    throw error;
  });
  const store = new CheckpointStore(local, count, server);
  return { opened: { ...opened, pages: count + server.pages, store, patient: true }, server };
}
