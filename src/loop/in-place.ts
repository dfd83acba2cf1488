// Clears zero pages in a file that is both source and store of a region. Zeros are never written to a store, so the file
// still has old bytes there, and a later reader of the file must not get them.
import { fstatSync, writeSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { PAGE_SHIFT_AT } from '../../assembly/layout.js';
import type { Core } from '../core/core.js';
import { PagerError } from '../errors.js';
import type { Native } from '../native/native.js';
import type { Mapped } from './region.js';

/** Pages that the core scans in one call, and milliseconds after which the event loop runs in between. */
const SCAN_BUDGET = 65536;
const SLICE = 2;
/** Errors of file systems and devices that cannot punch holes. */
const NO_HOLES: ReadonlySet<string> = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'ENODEV']);
const ZEROS = new Uint8Array(2 ** 18);

/**
 * Makes the file read as zeros where the region does. Does nothing if source and store are not one file.
 * @throws PagerError 'STORE_WRITE', 'CLOSED'
 */
export async function storeZeros(
  { exports, u32 }: Core,
  native: Native,
  mapped: Mapped,
  { first, end }: { first: number; end: number },
): Promise<void> {
  const { file } = mapped.store;
  if (file?.inPlace !== true) return;
  const pageSize = 2 ** (u32[PAGE_SHIFT_AT >> 2] ?? 0);
  let began = performance.now();
  for (let page = first; page < end; ) {
    // Between two turns no command is under way, so nothing else writes to the file.
    const limit = Math.min(end, page + SCAN_BUDGET);
    const from = exports.nextBlank(mapped.region, page, limit, 1);
    const to = exports.nextBlank(mapped.region, from, limit, 0);
    if (to > from) clear(native, file, from * pageSize, (to - from) * pageSize);
    page = to;
    // The last turn has not settled this page's write.
    const waits = from === to && to < limit;
    if (!waits && performance.now() - began < SLICE) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (mapped.closing) throw new PagerError('CLOSED', 'the region was closed meanwhile');
    began = performance.now();
  }
}

function clear(native: Native, { fd, path }: { fd: number; path: string }, position: number, byteLength: number): void {
  const errno = native.punchFile(fd, position, byteLength);
  if (errno === 0) return;
  const name = getSystemErrorName(-errno);
  if (!NO_HOLES.has(name)) {
    throw new PagerError('STORE_WRITE', `file ${path}: zeros cannot be written at byte ${position}`, {
      errno: name,
      syscall: 'fallocate',
      hint: 'free space on its disk, or look at the disk',
    });
  }
  const status = fstatSync(fd);
  const end = status.isBlockDevice() ? position + byteLength : Math.min(position + byteLength, status.size);
  for (let at = position; at < end; ) at += writeSync(fd, ZEROS, 0, Math.min(ZEROS.byteLength, end - at), at);
}
