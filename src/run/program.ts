// Whether a program can be paged: what the dynamic loader would do with the library, told before it starts.
import { execFileSync } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { PagerError } from '../errors.js';

export interface Program {
  /** The file that is started. */
  path: string;
  /** Why the library cannot ride in it; null: it can. */
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
const DEEPEST = 5;
const SETUID = 0o4000;
const SETGID_EXECUTABLE = 0o2010;

/**
 * Finds a program as execvp(3) does, and looks at what will run it.
 * @throws PagerError 'OPTION' where there is none
 */
export function inspectProgram(name: string, path = process.env['PATH'] ?? '/usr/bin:/bin'): Program {
  const file = find(name, path);
  return { path: file, ...look(file, DEEPEST) };
}

function find(name: string, path: string): string {
  if (name === '') throw new PagerError('OPTION', 'the program has no name', { hint: 'write: farpage run -- program' });
  const candidates = name.includes('/') ? [resolve(name)] : path.split(':').map((folder) => resolve(folder, name));
  let why = 'there is no such file';
  for (const candidate of candidates) {
    const stat = statSync(candidate, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (!stat.isFile()) why = 'it is no file';
    else if (!runnable(candidate)) why = 'it may not be run';
    else return candidate;
  }
  const where = name.includes('/') ? '' : ' in PATH';
  throw new PagerError('OPTION', `cannot run '${name}'${where}: ${why}`, { hint: 'give the path of a program' });
}

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
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
    // It can be run and not be read: the loader takes it for privileged, and so must we.
    return cannot(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (head.subarray(0, 2).toString('latin1') === '#!') {
    const [, interpreter] = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('latin1')) ?? [];
    if (interpreter === undefined || depth === 0) return cannot(`${file} names no interpreter`);
    return look(isAbsolute(interpreter) ? interpreter : resolve(interpreter), depth - 1);
  }
  // What is neither is a script to execvp(3), which gives it to the shell.
  if (head.byteLength < 4 || head.readUInt32BE(0) !== ELF.magic) return depth === 0 ? CAN : look('/bin/sh', 0);
  const machine = lookAtElf(file, head);
  if (machine.unpaged !== null) return machine;
  const privilege = privilegeOf(file, statSync(file));
  return privilege === null ? CAN : cannot(`${file} ${privilege}: the loader ignores LD_PRELOAD for it`);
}

function lookAtElf(file: string, head: Buffer): Verdict {
  const isOurs = head.byteLength >= ELF.headerBytes && head[4] === ELF.bits64 && head[5] === ELF.little;
  if (!isOurs || head.readUInt16LE(18) !== ELF.x86) {
    return { unpaged: `${file} is not a program for 64-bit x86`, foreign: true };
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
    // A name of no meaning may lead to one that has: other systems link their loader.
    if (LOADER.test(basename(loader)) || LOADER.test(basename(linkEnd(loader)))) return CAN;
    return { unpaged: `${file} is loaded by ${loader}, not by the GNU C library's loader`, foreign: true };
  }
  return cannot(`${file} is statically linked: no library can ride in it`);
}

function linkEnd(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** What makes the kernel start it in secure mode, by the rules of cap_bprm_creds_from_file. */
function privilegeOf(file: string, stat: Stats): string | null {
  const root = process.geteuid?.() === 0;
  if ((stat.mode & SETUID) !== 0 && stat.uid !== process.getuid?.()) return `is setuid ${stat.uid}`;
  const setgid = (stat.mode & SETGID_EXECUTABLE) === SETGID_EXECUTABLE;
  if (setgid && stat.gid !== process.getgid?.()) return `is setgid ${stat.gid}`;
  // To root they add nothing.
  return !root && hasCapabilities(file) ? 'has file capabilities' : null;
}

/** By getcap(8): Node.js reads no extended attributes. Where that is missing, run.ts sees that no library was loaded. */
function hasCapabilities(file: string): boolean {
  for (const folder of ['/usr/sbin', '/sbin', '/usr/bin']) {
    const tool = join(folder, 'getcap');
    if (!runnable(tool)) continue;
    try {
      return execFileSync(tool, [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() !== '';
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
  const fd = openSync(file, 'r');
  try {
    const part = Buffer.alloc(length);
    return part.subarray(0, readSync(fd, part, 0, length, at));
  } finally {
    closeSync(fd);
  }
}
