// The folder of the control sockets of a user's pagers: mode 0700, one socket for each pager, with a random
// name. Two containers that share the folder could have pagers of the same process number, so the name is not that.
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, type Stats, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PagerError } from '../errors.js';

const SOCKET = /^[0-9a-f]{16}\.sock$/;
const RANDOM_BYTES = 8;
/** A unix socket's path, its end included: sun_path in unix(7). */
const PATH_LIMIT = 108;

/** The folder for the socket of a pager that is started here, created if it does not exist.
 * @throws PagerError 'PERMISSION' if another user could have put files there */
export function makeControlFolder(): string {
  const path = folders()[0] ?? '';
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST') {
      throw new PagerError('PERMISSION', `the folder of control sockets, ${path}, cannot be created`, {
        errno: code,
        syscall: 'mkdir',
        cause,
      });
    }
  }
  const stat = lstatSync(path);
  if (!isOurs(stat)) {
    throw new PagerError('PERMISSION', `${path} is not a folder that only this user can write to`, {
      hint: 'remove it, or set XDG_RUNTIME_DIR to a folder of your own',
    });
  }
  return path;
}

/**
 * Paths for a new pager's socket: bound to `fresh`, and renamed to `path` once it listens. So if connecting to a `path`
 * fails, its pager has ended.
 * @throws PagerError 'OPTION'
 */
export function socketIn(folder: string): { fresh: string; path: string } {
  const name = `${randomBytes(RANDOM_BYTES).toString('hex')}.sock`;
  const fresh = join(folder, `.${name}`);
  if (Buffer.byteLength(fresh) >= PATH_LIMIT) {
    throw new PagerError('OPTION', `the path of the control socket is too long: ${fresh}`, {
      hint: 'set XDG_RUNTIME_DIR, or TMPDIR, to a shorter path',
    });
  }
  return { fresh, path: join(folder, name) };
}

/** All sockets, of living and of killed pagers. */
export function listSockets(): string[] {
  return folders().flatMap((folder) => {
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat === undefined || !isOurs(stat)) return [];
    return readdirSync(folder)
      .filter((name) => SOCKET.test(name))
      .map((name) => join(folder, name));
  });
}

/** Removes the socket of a killed pager; another process may have done so meanwhile. */
export function removeSocket(path: string): void {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

// Pagers of another session may have had no XDG_RUNTIME_DIR: search both places, write to the first.
function folders(): string[] {
  const own = process.env['XDG_RUNTIME_DIR'];
  const common = join(tmpdir(), `farpage-control-${process.getuid?.() ?? 0}`);
  if (own === undefined || !own.startsWith('/') || !isOurFolder(own)) return [common];
  return [join(own, 'farpage-control'), common];
}

function isOurFolder(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && isOurs(stat);
}

function isOurs(stat: Stats): boolean {
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
}
