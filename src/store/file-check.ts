// Checks whether a file can be a source or a store, before anything is opened or mapped.
import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PagerError } from '../errors.js';
import { errnoOf, errorCode, errorSyscall } from './store-error.js';

/**
 * Checks whether a file can be a source or a store, before anything is mapped.
 * @returns its length in bytes, 0 for one that will be created
 * @throws PagerError 'OPTION' with errno and hint: missing (if it must exist), a directory, not a file, no permission
 */
export async function checkFile(path: string, readOnly: boolean): Promise<{ byteLength: number; exists: boolean }> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw fileOptionError(path, 'is a directory', 'EISDIR', 'give the path of a file');
    if (!found.isFile() && !found.isBlockDevice()) {
      throw fileOptionError(path, 'is neither a file nor a block device', 'EINVAL', 'give the path of a file');
    }
    await access(path, readOnly ? constants.R_OK : constants.R_OK | constants.W_OK);
    const byteLength = found.isBlockDevice() ? await blockDeviceBytes(found.rdev) : found.size;
    return { byteLength, exists: true };
  } catch (error) {
    if (error instanceof PagerError) throw error;
    if (errorCode(error) !== 'ENOENT') throw accessError(path, error, readOnly);
  }
  if (readOnly) {
    throw fileOptionError(path, 'does not exist', 'ENOENT', 'a source must exist: check the path', 'stat');
  }
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    const hint = `make the directory first: mkdir -p ${shellWord(dirname(path))}`;
    if (errorCode(error) === 'ENOENT') throw fileOptionError(path, 'its directory does not exist', 'ENOENT', hint);
    throw accessError(dirname(path), error, false);
  }
  return { byteLength: 0, exists: false };
}

/** A path as one word of a shell: a hint's command is copied. */
function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function fileOptionError(path: string, what: string, errno: string, hint: string, syscall?: string): PagerError {
  return new PagerError('OPTION', `file ${path}: ${what}`, { errno, syscall, hint, path });
}

export function accessError(path: string, error: unknown, readOnly: boolean): PagerError {
  const wanted = readOnly ? 'read' : 'read and write';
  return new PagerError('OPTION', `file ${path}: cannot be opened to ${wanted}`, {
    errno: errnoOf(error),
    syscall: errorSyscall(error),
    hint: `let this user ${wanted} it (ls -l ${shellWord(path)}), or choose another path`,
    path,
    cause: error,
  });
}

/** stat reports 0 for a block device; sysfs counts it in sectors of 512 bytes, for any sector size of the device. */
async function blockDeviceBytes(rdev: number): Promise<number> {
  const low = rdev % 2 ** 32;
  const high = Math.floor(rdev / 2 ** 32);
  const major = ((low >>> 8) & 0xfff) | (high & 0xfffff000);
  const minor = (low & 0xff) | ((low >>> 12) & 0xfff00);
  const text = await readFile(`/sys/dev/block/${major}:${minor}/size`, 'latin1');
  return Number(text) * 512;
}
