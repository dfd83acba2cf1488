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
import type { Mapped } from './region.js';

/** Why the core gives a page up, in a line for people. */
export function explainFailure(cause: number, errno: number, mapped: Mapped | undefined): string {
  const name = errnoName(errno);
  switch (cause) {
    case CAUSE_READ:
      // Zeros in its place would pass for content that was there when it was opened.
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
      return `the kernel refused it${name}`;
    default:
      return 'it has failed before';
  }
}

export function errnoName(errno: number): string {
  if (errno === 0) return '';
  try {
    return ` (${getSystemErrorName(-errno)})`;
  } catch {
    return ` (errno ${errno})`;
  }
}
