// Protects files from being overwritten. A lock (flock) allows many readers of a source, or one writer of a store, and ends
// with its process. A mark (extended attribute) says that a store may overwrite the file; any other content is the user's
// data. See decisions/0024-whose-file.md.
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, statSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { printable } from '../printable.js';
import { formatSize } from '../units.js';
import { accessError, checkFile } from './file-check.js';
import type { HeldFile } from './store.js';
import { errorCode, StoreError } from './store-error.js';

/** Written when a store opens the file; replaced by size and time of the last change when it is closed. */
const OPEN_MARK = 'open';
/** File systems without flock: nothing can be enforced there. */
const NO_LOCKS: ReadonlySet<string> = new Set(['ENOLCK', 'ENOSYS', 'EOPNOTSUPP', 'EINVAL', 'EBADF']);

/** An open file that is locked for as long as it is open. */
export class ClaimedFile {
  /** Marked: a store may overwrite it. */
  #marked = false;
  #watched = false;
  #closed = false;

  private constructor(
    readonly path: string,
    readonly fd: number,
    /** Its length when it was opened. */
    readonly byteLength: number,
    /** The region's source is the same file: evicted pages are written back in place. */
    readonly inPlace: boolean,
  ) {}

  /**
   * Holds a file for reading: by many at once, while no store has it.
   * @param held the open file, if its path may name another by now; it must not change while it is open
   * @throws PagerError 'OPTION'
   */
  static async forReading(path: string, held?: HeldFile): Promise<ClaimedFile> {
    // Opened again: a descriptor of its own has a lock of its own.
    const place = held === undefined ? path : `/proc/self/fd/${held.fd}`;
    const { byteLength } = await checkFile(place, true);
    return guarded(openNow(place, constants.O_RDONLY, true), (fd) => {
      lockOrRefuse(fd, path, 'shared');
      // It may have grown since the check; fstat reports no length of a block device.
      const file = new ClaimedFile(path, fd, Math.max(byteLength, fstatSync(fd).size), false);
      if (held !== undefined) file.#watch(held);
      return file;
    });
  }

  /**
   * Holds a file for reading and writing, by one store. Its content is untouched: call `claim` before the first write.
   * @param source the region's source, which may be the same file
   * @throws PagerError 'OPTION' if another reader or writer has it
   */
  static async forWriting(path: string, source?: ClaimedFile): Promise<ClaimedFile> {
    const { byteLength, exists } = await checkFile(path, false);
    // For a block device O_EXCL fails if it is mounted, or another store has it.
    const device = exists && statSync(path).isBlockDevice();
    const flags = constants.O_RDWR | (device ? constants.O_EXCL : constants.O_CREAT);
    return guarded(openNow(path, flags, false), (fd) => {
      const inPlace = source !== undefined && isSame(fd, source.fd);
      // From here on the exclusive lock covers both uses.
      if (inPlace) lock(source.fd, 'none');
      lockOrRefuse(fd, path, 'exclusive');
      return new ClaimedFile(path, fd, byteLength, inPlace);
    });
  }

  /**
   * Checks that a store may overwrite the file: it is empty, or was a store's before, or the caller permits it.
   * @param empty whether old content is dropped; a block device keeps it
   * @throws PagerError 'OPTION' if it holds other data
   */
  claim({ overwrite, empty }: { overwrite: boolean; empty: boolean }): void {
    if (this.#marked) return;
    const { fd, path } = this;
    if (this.inPlace) {
      // From now on its content is the user's data: no other store may overwrite it.
      native().markFile(fd, null);
      return;
    }
    if (!overwrite) refuseForeign(fd, path);
    if (fstatSync(fd).isBlockDevice()) return;
    if (empty) ftruncateSync(fd, 0);
    // If the file system stores no marks, the next store takes the file for user data: the safe side.
    this.#marked = native().markFile(fd, OPEN_MARK);
  }

  /** Whether a held file is unchanged since it was opened. Check it after each read. */
  get isUnchanged(): boolean {
    return !this.#watched || native().isUnchanged(this.fd);
  }

  #watch({ version }: HeldFile): void {
    native().watchFile(this.fd);
    this.#watched = true;
    // Begin to watch first, so that no change goes unnoticed in between.
    if (versionOf(this.fd) === version) return;
    native().unwatchFile(this.fd);
    throw changedError(this.path);
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#watched) native().unwatchFile(this.fd);
    try {
      if (this.#marked) native().markFile(this.fd, closedMark(this.fd));
    } finally {
      closeSync(this.fd);
    }
  }
}

/** Identifies a file's content by its size and last change. */
export function versionOf(file: number | string): string {
  const status = typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true });
  const { dev, ino, size, mtimeNs } = status;
  return `${dev}:${ino}:${size}:${mtimeNs}`;
}

export function changedError(path: string): StoreError {
  return new StoreError('STORE_READ', false, `file ${path}: it was written to while it was served`, {
    errno: 'ESTALE',
    path,
    hint: 'put a new image in its place by rename(2), as mv does',
  });
}

function guarded<T>(fd: number, use: (fd: number) => T): T {
  try {
    return use(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openNow(path: string, flags: number, readOnly: boolean): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    if (errorCode(error) !== 'EBUSY') throw accessError(path, error, readOnly);
    throw new PagerError('OPTION', `file ${path}: the device is in use`, {
      errno: 'EBUSY',
      syscall: 'open',
      path,
      hint: 'unmount it, or end the other store that has it (lsblk, fuser)',
      cause: error,
    });
  }
}

function isSame(fd: number, other: number): boolean {
  const [a, b] = [fstatSync(fd, { bigint: true }), fstatSync(other, { bigint: true })];
  return a.isBlockDevice() ? b.isBlockDevice() && a.rdev === b.rdev : a.dev === b.dev && a.ino === b.ino;
}

function lock(fd: number, how: 'shared' | 'exclusive' | 'none'): boolean {
  try {
    return native().lockFile(fd, how);
  } catch (error) {
    if (NO_LOCKS.has((error as { errno?: string }).errno ?? '')) return true;
    throw error;
  }
}

function lockOrRefuse(fd: number, path: string, how: 'shared' | 'exclusive'): void {
  if (lock(fd, how)) return;
  const does = how === 'shared' ? 'writes to it' : 'uses it';
  throw new PagerError('OPTION', `file ${path}: ${holderOf(fd)} ${does} already`, {
    errno: 'EBUSY',
    syscall: 'flock',
    path,
    hint: 'give each store a file of its own, or wait until the other has closed it; the lock ends with its process',
  });
}

/** The holder of the file's lock, from /proc/locks; pids of other containers are not shown there. */
function holderOf(fd: number): string {
  const unknown = 'another process';
  try {
    const { ino } = fstatSync(fd, { bigint: true });
    const [, number] =
      new RegExp(`^\\d+: FLOCK +\\w+ +\\w+ (\\d+) \\S+:${ino} `, 'm').exec(readFileSync('/proc/locks', 'latin1')) ?? [];
    if (number === undefined || number === '0') return unknown;
    if (Number(number) === process.pid) return 'another store or source of this process';
    return `process ${number} (${printable(readFileSync(`/proc/${number}/comm`, 'utf8').trim())})`;
  } catch {
    return unknown;
  }
}

function closedMark(fd: number): string {
  const { size, mtimeNs } = fstatSync(fd, { bigint: true });
  return `${size} ${mtimeNs}`;
}

function refuseForeign(fd: number, path: string): void {
  const status = fstatSync(fd);
  if (status.isBlockDevice()) throw foreign(path, 'is a block device, whatever is on it');
  if (status.size === 0 || native().seekExtent(fd, 0, false) < 0) return;
  const mark = native().fileMark(fd);
  if (mark === null) throw foreign(path, `holds ${formatSize(status.size)} that no store has written`);
  if (mark !== OPEN_MARK && mark !== closedMark(fd)) throw foreign(path, 'was changed since a store wrote it');
}

function foreign(path: string, what: string): PagerError {
  return new PagerError('OPTION', `file ${path}: ${what}, and would be overwritten`, {
    errno: 'EEXIST',
    path,
    hint:
      'name a new file; to overwrite this one add ?overwrite to its URL, or { overwrite: true } to fileStore; ' +
      'to page it in place give it as source and as store',
  });
}
