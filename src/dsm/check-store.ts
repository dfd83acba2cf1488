// Whether a file still has the pages that a journal says it has: past its end it would read as zeros.
import { type Stats, statSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { accessError } from '../store/file-check.js';
import { isBuiltIn, SPEC, type Store } from '../store/store.js';
import type { Journal } from './journal.js';
import { PAGE_BYTES } from './message.js';

/** Other stores give an error for a page that they do not have. @throws PagerError 'OPTION' */
export function checkStore(store: Store | null, journal: Journal): void {
  if (store === null || !isBuiltIn(store) || store[SPEC].kind !== 'file') return;
  const { path } = store[SPEC];
  let pages = 0;
  let page = 0;
  for (const { stored, zeros, lost } of journal.records()) {
    page++;
    if (stored > 0n && !zeros && !lost) pages = page;
  }
  const found = statusOf(path);
  // A block device has no length here, and does not get shorter.
  if (pages === 0 || (found !== undefined && (!found.isFile() || found.size >= pages * PAGE_BYTES))) return;
  const has = found === undefined ? 'is not there' : `has ${found.size} bytes`;
  const message = `--store: file ${path} ${has}, and by the journal it has pages up to byte ${pages * PAGE_BYTES}`;
  throw new PagerError('OPTION', message, {
    path,
    ...(found === undefined && { errno: 'ENOENT' }),
    hint: 'give the file of the home before; to begin with zeros, remove the journal',
  });
}

/** Undefined: there is none. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw accessError(path, error, false);
  }
}
