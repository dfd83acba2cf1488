// Explains in words why the core gave a page up, or why the kernel refused one.
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import {
  CAUSE_CHANGED,
  CAUSE_CONTENT,
  CAUSE_GONE,
  CAUSE_INSTALL,
  CAUSE_NO_FRAME,
  CAUSE_NO_TABLE,
  CAUSE_READ,
} from '../../assembly/layout.js';
import { describeError, failureLine, PagerError } from '../errors.js';
import type { StoreErrorCode } from '../store/store-error.js';
import type { Mapped, PageFailure } from './region.js';

/** A write that a store has refused. */
export interface RefusedWrite {
  /** The store's name. */
  store: string;
  error: unknown;
  /** What helps a page that finds no frame because of it. */
  hint?: string | undefined;
}

/** What follows the page in a line for people. */
export function lineOf({ what, error }: PageFailure): string {
  return failureLine(error, what);
}

export function unreadable(mapped: Mapped | undefined, page: number, error: unknown): PageFailure {
  const { where, why } = placed(mapped?.whereFrom(page) ?? ['its store'], error);
  return { what: `cannot be read from ${where}: ${why}`, error };
}

/** A store refuses a write. */
export function unwritable(store: string, error: unknown): string {
  const { where, why } = placed([store], error);
  return `${where} cannot be written: ${why}`;
}

/** Where it failed, and why. Errors of built-in stores begin with the store's name, which a sentence has once. */
export function placed(stores: readonly string[], error: unknown): { where: string; why: string } {
  const text = describeError(error);
  // 'memory:' would end in two colons.
  const names = stores.map((store) => store.replace(/:$/, ''));
  for (const name of names) {
    const end = text.indexOf(': ', name.length);
    // 'redis://host:6379: no connection', 'redis://host:6379, prefix a: another writes there'
    if (text.startsWith(name) && /[:,]/.test(text.charAt(name.length)) && end >= 0) {
      return { where: text.slice(0, end), why: text.slice(end + 2) };
    }
  }
  return { where: names.join(' or '), why: text };
}

/** Neither source nor store is the reason. */
function notBroughtIn(error: unknown): PageFailure {
  return { what: `cannot be brought in: ${describeError(error)}`, error };
}

export const FAILED_BEFORE = notBroughtIn(new PagerError('STORE_READ', 'it has failed before'));

/**
 * Why the core gave a page up.
 * @param refused the write that a store refused last, if stores take no pages now
 */
export function explainFailure(
  { cause, errno, page }: { cause: number; errno: number; page: number },
  mapped: Mapped | undefined,
  refused: RefusedWrite | undefined,
): PageFailure {
  const failed = (message: string, hint?: string) =>
    new PagerError('STORE_READ', message, { errno: codeOf(errno), hint });
  switch (cause) {
    case CAUSE_NO_FRAME:
      return notBroughtIn(noFrame('STORE_READ', refused));
    case CAUSE_NO_TABLE:
      return notBroughtIn(
        failed(
          'the page table is full: chunks with pages in memory or pinned take at most 418 GiB; map less memory with one pager',
        ),
      );
    case CAUSE_GONE:
      return notBroughtIn(failed('the program has unmapped it'));
    case CAUSE_INSTALL:
      return notBroughtIn(refusalError(errno));
    case CAUSE_READ:
    case CAUSE_CHANGED:
    case CAUSE_CONTENT:
      return unreadable(mapped, page, failed(explainReading(cause, errno), readingHint(cause, errno)));
    default:
      return FAILED_BEFORE;
  }
}

/** No frame is free for a page, because no page can be evicted: a store takes none. */
export function noFrame(code: StoreErrorCode, refused: RefusedWrite | undefined): PagerError {
  const why = 'no page could be evicted to make room';
  if (refused === undefined) return new PagerError(code, why, NO_ROOM);
  const { store, error, hint = NO_ROOM.hint } = refused;
  const { errno, syscall } = (error ?? {}) as Partial<PagerError>;
  const write = unwritable(store, error);
  const cause = new PagerError('STORE_WRITE', write, { errno, syscall, hint, cause: error });
  return new PagerError(code, `${why}: ${write}`, { errno, syscall, hint, cause });
}

const NO_ROOM = { hint: 'see that the store takes pages again, or raise the resident limit' };

function explainReading(cause: number, errno: number): string {
  if (cause === CAUSE_CHANGED) {
    return 'the source gives other bytes than it gave before: it must not change while a region is open';
  }
  if (cause === CAUSE_CONTENT) return 'its bytes are not the ones that were stored';
  // Zeros in its place would look like content that the file had at open.
  if (errno === constants.errno.ENODATA) {
    return 'the file ends before it, and did not when it was opened: give it its length back, and map it again';
  }
  if (errno === constants.errno.ESTALE) {
    return 'the file was written to while it was served: put a new one in its place by rename(2), as mv does';
  }
  return `reading failed${errnoName(errno)}`;
}

/** What helps where a page cannot be read; undefined: nothing, or the text says it. */
export function readingHint(cause: number, errno: number): string | undefined {
  if (cause === CAUSE_CONTENT) {
    return 'let nothing but this pager write to its store, and look at the disk and the memory (dmesg); what the page held is lost';
  }
  return errno === constants.errno.EIO ? 'look at the disk and its file system (dmesg)' : undefined;
}

/** Why the kernel refuses a page, in words. */
export function explainRefusal(errno: number): string {
  if (errno === constants.errno.ENOMEM) return `the kernel has no memory for pages${errnoName(errno)}`;
  return `the kernel refuses pages${errnoName(errno)}`;
}

/** The error of a load whose page the kernel refused for longer than the patience. */
export function refusalError(errno: number): PagerError {
  return new PagerError('REGION', explainRefusal(errno), {
    errno: codeOf(errno),
    hint:
      errno === constants.errno.ENOMEM
        ? 'free memory (of huge pages: sysctl vm.nr_hugepages), then load again: nothing is lost'
        : 'load again: nothing is lost',
  });
}

export function errnoName(errno: number): string {
  if (errno === 0) return '';
  return ` (${codeOf(errno) ?? `errno ${errno}`})`;
}

export function codeOf(errno: number): string | undefined {
  if (errno === 0) return undefined;
  try {
    return getSystemErrorName(-errno);
  } catch {
    return undefined; // Node knows no name
  }
}
