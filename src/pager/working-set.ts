// The file of the pages that a guest, or a restored checkpoint, touches first: written by --record, read by --replay.
//
//   one line of JSON: {format, version, pageSize, pages}      then `pages` numbers of 32 bits, little-endian
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describeError, PagerError } from '../errors.js';
import { PageSet } from '../store/page-set.js';

const FORMAT = 'farpage working set';
const VERSION = 1;
const MAX_PAGES = 2 ** 31;

export interface WorkingSet {
  /** Bytes of a page: the numbers count these in the image, or over all files of a checkpoint. */
  pageSize: number;
  /** In the order of the first touches, each once. */
  pages: Uint32Array;
}

/** Written to a temporary file and renamed: a reader finds the old file or the new one, whole. */
export async function writeWorkingSet(path: string, { pageSize, pages }: WorkingSet): Promise<void> {
  const head = `${JSON.stringify({ format: FORMAT, version: VERSION, pageSize, pages: pages.length })}\n`;
  const body = Buffer.alloc(pages.length * 4);
  for (const [at, page] of pages.entries()) body.writeUInt32LE(page, at * 4);
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(beside, Buffer.concat([Buffer.from(head), body]), { mode: 0o600, flag: 'wx' });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    const { code, syscall } = cause as NodeJS.ErrnoException;
    throw new PagerError('STORE_WRITE', `the working set cannot be written to ${path}: ${describeError(cause)}`, {
      errno: code,
      syscall,
      hint: 'give --record a path in a folder that can be written to',
      cause,
    });
  }
}

/** @throws PagerError 'OPTION' if it is not such a file, or of another version */
export async function readWorkingSet(path: string): Promise<WorkingSet> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    throw new PagerError('OPTION', `--replay: ${path} cannot be read: ${describeError(cause)}`, {
      errno: code,
      syscall,
      hint: 'make it with --record',
      cause,
    });
  }
  return decodeWorkingSet(bytes, path);
}

export function decodeWorkingSet(bytes: Buffer, path: string): WorkingSet {
  const refusal = (what: string) =>
    new PagerError('OPTION', `--replay: ${path} ${what}`, { hint: 'make another one with --record' });
  const end = bytes.subarray(0, 4096).indexOf(10);
  let head: Partial<Record<'format' | 'version' | 'pageSize' | 'pages', unknown>> | null;
  try {
    head = end < 0 ? null : JSON.parse(bytes.toString('utf8', 0, end));
  } catch {
    head = null; // refused below: another kind of file
  }
  if (typeof head !== 'object' || head?.format !== FORMAT) throw refusal('is not a working set');
  if (head.version !== VERSION) throw refusal(`is a working set of version ${String(head.version)}, not ${VERSION}`);
  const { pageSize, pages: count } = head;
  if (pageSize !== 4096 && pageSize !== 2 * 2 ** 20) throw refusal('has pages of an odd size');
  const body = bytes.subarray(end + 1);
  if (typeof count !== 'number' || !Number.isInteger(count) || body.byteLength !== count * 4) {
    throw refusal('is cut short');
  }
  const pages = new Uint32Array(count);
  const seen = new PageSet();
  for (let at = 0; at < count; at++) {
    const page = body.readUInt32LE(at * 4);
    if (page >= MAX_PAGES || seen.has(page)) throw refusal('names a page that it cannot');
    seen.add(page);
    pages[at] = page;
  }
  return { pageSize, pages };
}
