// The pages files of a checkpoint as one file, which the core's commands read: faults need no round of the event loop.
import { dirname } from 'node:path';
import { STORE_FILE } from '../../assembly/layout.js';
import { placeOfFile } from '../image/media.js';
import { native } from '../native/native.js';
import { type PagesFile, PagesFiles } from '../store/pages-files.js';
import { NO_SOURCE, type Opened } from './opened.js';

/**
 * Nothing is written there: pages of a process without an agent never leave it.
 * @throws StoreError if a file has changed since it was opened
 */
export function joinPages(files: readonly PagesFile[], pageSize: number): Opened {
  const watched = new PagesFiles(files);
  const bytes = Float64Array.from(files, ({ pages }) => pages * pageSize);
  // Native code looks after each read whether the file is unchanged.
  const fd = native().joinFiles(
    files.map((file) => file.fd),
    bytes,
  );
  const close = async () => {
    native().separateFiles(fd);
    await watched.close();
  };
  const name = `the checkpoint ${dirname(files[0]?.path ?? '')}`;
  const places = files.map((file) => placeOfFile(file.fd));
  const pages = files.reduce((sum, file) => sum + file.pages, 0);
  return { ...NO_SOURCE, kind: STORE_FILE, name, fd, places, pages, close };
}
