// Explains in words why the core gave a page up, or why the kernel refused one.
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import {
  CAUSE_CHANGED,
  CAUSE_CONTENT,
  CAUSE_INSTALL,
  CAUSE_NO_FRAME,
  CAUSE_NO_TABLE,
  CAUSE_READ,
} from '../../assembly/layout.js';
import { PagerError } from '../errors.js';
import type { Mapped } from './region.js';

/** Why the core gave a page up, in a line for people. */
export function explainFailure(cause: number, errno: number, mapped: Mapped | undefined): string {
  const name = errnoName(errno);
  switch (cause) {
    case CAUSE_READ:
      // Zeros in its place would look like content that the file had at open.
      if (errno === constants.errno.ENODATA) {
        return 'the file ends before it, and did not when it was opened: give it its length back, and map it again';
      }
      if (errno === constants.errno.ESTALE) {
        return 'the file was written to while it was served: put a new one in its place by rename(2), as mv does';
      }
      return `reading failed${name}`;
    case CAUSE_CHANGED:
      return 'the source gives other bytes than it gave before: it must not change while a region is open';
    case CAUSE_CONTENT:
      return 'its bytes are not the ones that were stored';
    case CAUSE_NO_FRAME:
      return `no page could be evicted to make room: ${mapped?.store.name ?? 'the store'} takes no more${name}`;
    case CAUSE_NO_TABLE:
      return 'the page table is full; map less memory with one pager';
    case CAUSE_INSTALL:
      return explainRefusal(errno);
    default:
      return 'it has failed before';
  }
}

/** Why the kernel refuses a page, in words. */
export function explainRefusal(errno: number): string {
  if (errno === constants.errno.ENOMEM) return `the kernel has no memory for pages${errnoName(errno)}`;
  return `the kernel refuses pages${errnoName(errno)}`;
}

/** The error of a load whose page the kernel refused for longer than the patience. */
export function refusalError(errno: number): PagerError {
  return new PagerError('REGION', explainRefusal(errno), {
    errno: errnoName(errno).replace(/[ ()]/g, ''),
    hint:
      errno === constants.errno.ENOMEM
        ? 'free memory (of huge pages: sysctl vm.nr_hugepages), then load again: nothing is lost'
        : 'load again: nothing is lost',
  });
}

export function errnoName(errno: number): string {
  if (errno === 0) return '';
  try {
    return ` (${getSystemErrorName(-errno)})`;
  } catch {
    return ` (errno ${errno})`;
  }
}
