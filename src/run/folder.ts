// Makes a run's private folder, and removes the folders of runs that were killed.
import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { native } from '../native/native.js';

const PREFIX = 'farpage-run-';
/** The prefix of a folder that its run has not locked yet: other runs ignore it. */
const NEW_PREFIX = '.farpage-run-';
/** Characters that mkdtemp(3) chooses. */
const RANDOM = 6;
const NAME = /^farpage-run-\w{6}$/;
const SOCKET = 'socket';
const LIBRARY = 'farpage-preload.so';

/**
 * A folder for one run's socket: mode 0700, removed at the end. Its name is random, and a lock marks it as in use: runs in
 * other pid namespaces may share the parent folder, where a pid means nothing.
 */
export class RunFolder {
  readonly path: string;
  readonly socket: string;
  /** The folder itself, locked as long as this is open. */
  readonly #lock: number;

  constructor() {
    const { path, lock } = make(process.env['XDG_RUNTIME_DIR']) ?? makeLocked(tmpdir());
    this.path = path;
    this.#lock = lock;
    this.socket = join(this.path, SOCKET);
    removeAbandoned(join(this.path, '..'));
  }

  /** The library's path for LD_PRELOAD, which splits at blanks and colons. */
  pathOf(library: string): string {
    if (!/[\s:]/.test(library)) return library;
    const link = join(this.path, LIBRARY);
    symlinkSync(library, link);
    return link;
  }

  /** To be called once. */
  remove(): void {
    clear(this.path);
    closeSync(this.#lock);
  }
}

function make(parent: string | undefined): { path: string; lock: number } | null {
  try {
    return parent === undefined ? null : makeLocked(parent);
  } catch {
    // XDG_RUNTIME_DIR of another session.
    return null;
  }
}

// Locked before it gets the name by which others find it: a folder with that name and no lock belongs to a run that has ended.
function makeLocked(parent: string): { path: string; lock: number } {
  const fresh = mkdtempSync(join(parent, NEW_PREFIX));
  const path = join(parent, PREFIX + fresh.slice(-RANDOM));
  const lock = openSync(fresh, constants.O_RDONLY | constants.O_DIRECTORY);
  isUnused(lock);
  renameSync(fresh, path);
  return { path, lock };
}

/** Takes the lock if it is free. On a file system without locks every folder counts as used. */
function isUnused(folder: number): boolean {
  try {
    return native().lockFile(folder, 'exclusive');
  } catch {
    return false;
  }
}

/** Folders of pagers that were killed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (NAME.test(name)) removeIfAbandoned(join(parent, name));
  }
}

function removeIfAbandoned(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch {
    return; // another user's, or removed meanwhile
  }
  try {
    if (fstatSync(folder).uid === process.getuid?.() && isUnused(folder)) clear(path);
  } finally {
    closeSync(folder);
  }
}

/** Only what a run puts there. */
function clear(folder: string): void {
  for (const name of [SOCKET, LIBRARY]) ignoringAbsence(() => unlinkSync(join(folder, name)));
  ignoringAbsence(() => rmdirSync(folder));
}

function ignoringAbsence(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another pager may be clearing it, too; files that others put there stay.
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY') throw error;
  }
}
