import { lstatSync, mkdtempSync, readdirSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../linux/proc.js';

const PREFIX = 'farpage-run-';
const SOCKET = 'socket';
const LIBRARY = 'farpage-preload.so';

/** A folder for one run's socket: nobody else's (0700), gone at the end. */
export class RunFolder {
  readonly path: string;
  readonly socket: string;

  constructor() {
    const parent = process.env['XDG_RUNTIME_DIR'] ?? tmpdir();
    this.path = make(parent) ?? mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
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

  remove(): void {
    clear(this.path);
  }
}

function make(parent: string): string | null {
  try {
    return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  } catch {
    // XDG_RUNTIME_DIR of another session, or none.
    return null;
  }
}

/** Folders of pagers that were killed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^farpage-run-(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(parent, name);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory() && stat.uid === process.getuid?.()) clear(folder);
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
    // Another pager may be clearing it too; and what others have put there stays.
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY') throw error;
  }
}
