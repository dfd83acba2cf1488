// Finds out whether a program can be paged: predicts, before it starts, whether the dynamic loader will load the library.
import { execFileSync } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PagerError } from '../errors.js';

export interface Program {
  /** The file that is started, as bytes: relative where it was given so. */
  path: Buffer;
  /** Why the library cannot be loaded into it; null: it can. */
  unpaged: string | null;
  /** The library would keep the program from starting: another C library's loader. */
  foreign: boolean;
}

const ELF = {
  magic: 0x7f454c46,
  bits64: 2,
  little: 1,
  x86: 62,
  interpreter: 3,
  headerBytes: 64,
  entryBytes: 56,
} as const;
const LOADER = /^ld-linux-x86-64\.so/;
/** The kernel's BINPRM_BUF_SIZE, and how often an interpreter may be a script itself. */
const SCRIPT_LINE = 256;
const MAX_DEPTH = 5;
const SETUID = 0o4000;
const NOT_EXECUTABLE = 'it may not be run';
const SETGID_EXECUTABLE = 0o2010;

/**
 * Finds a program as execvp(3) does, and its loader. Names are bytes: here strings of latin1, one character per byte.
 * @throws PagerError 'OPTION' if there is none
 */
export function inspectProgram(name: Buffer | string, path: Buffer | string = '/usr/bin:/bin'): Program {
  const file = find(latin1(name), latin1(path));
  return { path: bytesOf(file), ...look(file, MAX_DEPTH) };
}

function latin1(name: Buffer | string): string {
  return Buffer.from(name).toString('latin1');
}

function bytesOf(name: string): Buffer {
  return Buffer.from(name, 'latin1');
}

/** For people. */
function shown(name: string): string {
  return bytesOf(name).toString();
}

function find(name: string, path: string): string {
  if (name === '') throw new PagerError('OPTION', 'the program has no name', { hint: 'write: farpage run -- program' });
  const inFolder = (folder: string): string => (folder === '' ? name : `${folder}/${name}`);
  const candidates = name.includes('/') ? [name] : path.split(':').map(inFolder);
  let why = 'there is no such file';
  for (const candidate of candidates) {
    let stat: Stats;
    try {
      stat = statSync(bytesOf(candidate));
    } catch (error) {
      // The search continues past a path that cannot be read or is not a folder.
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES') why = 'a folder on its path may not be searched';
      else if (code === 'ELOOP' || code === 'ENAMETOOLONG') why = `its path cannot be followed (${code})`;
      continue;
    }
    if (!stat.isFile()) why = 'it is not a file';
    else if (!runnable(candidate)) why = NOT_EXECUTABLE;
    else return candidate;
  }
  const where = name.includes('/') ? '' : ' in PATH';
  const hint =
    why === NOT_EXECUTABLE
      ? 'make it executable (chmod +x), or write its interpreter before it'
      : 'give the path of a program';
  throw new PagerError('OPTION', `cannot run '${shown(name)}'${where}: ${why}`, { hint });
}

function runnable(file: string): boolean {
  try {
    accessSync(bytesOf(file), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Verdict = Omit<Program, 'path'>;
const CAN: Verdict = { unpaged: null, foreign: false };

function look(file: string, depth: number): Verdict {
  let head: Buffer;
  try {
    head = readPart(file, 0, SCRIPT_LINE);
  } catch (error) {
    // Executable but not readable: the loader treats it as privileged, and so must we.
    return cannot(`${shown(file)} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (head.subarray(0, 2).toString('latin1') === '#!') {
    const [, interpreter] = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('latin1')) ?? [];
    if (interpreter === undefined || depth === 0) return cannot(`${shown(file)} names no interpreter`);
    return look(interpreter, depth - 1);
  }
  // execvp(3) takes any other file for a script, and runs it with the shell.
  if (head.byteLength < 4 || head.readUInt32BE(0) !== ELF.magic) return depth === 0 ? CAN : look('/bin/sh', 0);
  const machine = lookAtElf(file, head);
  if (machine.unpaged !== null) return machine;
  const privilege = privilegeOf(file, statSync(bytesOf(file)));
  return privilege === null ? CAN : cannot(`${shown(file)} ${privilege}: the loader ignores LD_PRELOAD for it`);
}

function lookAtElf(file: string, head: Buffer): Verdict {
  const isOurs = head.byteLength >= ELF.headerBytes && head[4] === ELF.bits64 && head[5] === ELF.little;
  if (!isOurs || head.readUInt16LE(18) !== ELF.x86) {
    return { unpaged: `${shown(file)} is not a program for 64-bit x86`, foreign: true };
  }
  const at = Number(head.readBigUInt64LE(32));
  const entry = head.readUInt16LE(54);
  const count = head.readUInt16LE(56);
  const table = entry >= ELF.entryBytes ? readPart(file, at, entry * count) : Buffer.alloc(0);
  for (let header = 0; header + ELF.entryBytes <= table.byteLength; header += entry) {
    if (table.readUInt32LE(header) !== ELF.interpreter) continue;
    const from = Number(table.readBigUInt64LE(header + 8));
    const length = Math.min(Number(table.readBigUInt64LE(header + 32)), 4096);
    const loader = readPart(file, from, length).toString('latin1').replace(/\0.*$/s, '');
    // An unknown loader name may be a link to a known one: other systems link their loader.
    if (LOADER.test(basename(loader)) || LOADER.test(basename(linkEnd(loader)))) return CAN;
    return {
      unpaged: `${shown(file)} is loaded by ${shown(loader)}, not by the GNU C library's loader`,
      foreign: true,
    };
  }
  return cannot(`${shown(file)} is statically linked: no library can ride in it`);
}

function linkEnd(file: string): string {
  try {
    return realpathSync(bytesOf(file), 'buffer').toString('latin1');
  } catch {
    return file;
  }
}

/** Why the kernel would start it in secure mode, by the rules of cap_bprm_creds_from_file; null: it would not. */
function privilegeOf(file: string, stat: Stats): string | null {
  const root = process.geteuid?.() === 0;
  if ((stat.mode & SETUID) !== 0 && stat.uid !== process.getuid?.()) return `is setuid ${stat.uid}`;
  const setgid = (stat.mode & SETGID_EXECUTABLE) === SETGID_EXECUTABLE;
  if (setgid && stat.gid !== process.getgid?.()) return `is setgid ${stat.gid}`;
  // To root they add nothing.
  return !root && hasCapabilities(file) ? 'has file capabilities' : null;
}

/** By getcap(8): Node.js reads no extended attributes. Without getcap, run.ts notices later that no library was loaded. */
function hasCapabilities(file: string): boolean {
  for (const folder of ['/usr/sbin', '/sbin', '/usr/bin']) {
    const tool = join(folder, 'getcap');
    if (!runnable(tool)) continue;
    try {
      return execFileSync(tool, [shown(file)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() !== '';
    } catch {
      return false;
    }
  }
  return false;
}

function cannot(unpaged: string): Verdict {
  return { unpaged, foreign: false };
}

function readPart(file: string, at: number, length: number): Buffer {
  const fd = openSync(bytesOf(file), 'r');
  try {
    const part = Buffer.alloc(length);
    return part.subarray(0, readSync(fd, part, 0, length, at));
  } finally {
    closeSync(fd);
  }
}
