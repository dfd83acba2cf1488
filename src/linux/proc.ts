// Reads /proc about a process or thread. Each result is null or 0 once it has ended: that is not an error here.
import { readFileSync } from 'node:fs';
import { printable } from '../printable.js';

/** Words of /proc/PID/stat, after the name in brackets: the third of proc(5) is the first here. */
const STAT = { state: 0, flags: 6 } as const;
/** PF_EXITING, of the kernel's include/linux/sched.h. */
const EXITING = 0x4;
/** SIGKILL, as a bit of a mask of signals. */
const KILL = 1n << 8n;
const KIB = 1024;

function statOf(id: number): string[] | null {
  const text = read(`/proc/${id}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Whether it is stopped by a signal, not by a debugger. */
export function isStopped(pid: number): boolean {
  return statOf(pid)?.[STAT.state] === 'T';
}

export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.[STAT.state];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Whether SIGKILL is pending in it, or it is exiting: it lives, and runs none of its code any more. */
export function isBeingKilled(pid: number): boolean {
  const status = read(`/proc/${pid}/status`) ?? '';
  const pending = [...status.matchAll(/^(?:Sig|Shd)Pnd:\s*([\da-f]+)$/gm)].map(([, mask]) => BigInt(`0x${mask}`));
  if (pending.some((mask) => (mask & KILL) !== 0n)) return true;
  return (Number(statOf(pid)?.[STAT.flags] ?? 0) & EXITING) !== 0;
}

/** The program's name, and its command line in one line. Any user may have chosen them: both are printable. */
export function nameOf(pid: number): { name: string; command: string } | null {
  const name = read(`/proc/${pid}/comm`)?.trimEnd();
  const command = read(`/proc/${pid}/cmdline`);
  if (name === undefined || command === null) return null;
  return { name: printable(name), command: printable(command.replace(/\0+$/, '').replaceAll('\0', ' ')) };
}

/** The name of a thread of this process, as ps shows it; empty if it has ended. */
export function nameOfThread(thread: number): string {
  return printable(read(`/proc/self/task/${thread}/comm`)?.trimEnd() ?? '');
}

/**
 * Whether the dynamic loader skipped LD_PRELOAD: libc is mapped, the library is not. 'secret': the kernel does not let this
 * process read it, as for privileged programs.
 */
export function loaderSkipped(pid: number, library: string): boolean | 'secret' {
  try {
    const maps = readFileSync(`/proc/${pid}/maps`, 'latin1');
    return /\/libc(-[\d.]+)?\.so/.test(maps) && !maps.includes(library);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'secret' : false;
  }
}

/** Bytes: the most that this process had resident. Not getrusage's: that also counts the program before exec. */
export function ownPeak(): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(read('/proc/self/status') ?? '')?.[1] ?? 0) * KIB;
}

/** Bytes of private memory that are resident: at least as many as are paged. */
export function privateBytes(pid: number): number {
  const [, resident, shared] = read(`/proc/${pid}/statm`)?.split(' ').map(Number) ?? [];
  return ((resident ?? 0) - (shared ?? 0)) * 4 * KIB;
}

/**
 * Of the text of /proc/PID/smaps: bytes resident in mappings with a userfaultfd; those of them that cannot leave, for they are
 * locked, sealed where they are not writable or executable, or have a protection key; and bytes of private memory in other
 * mappings.
 */
export function readSmaps(smaps: string): { paged: number; immovable: number; others: number } {
  let paged = 0;
  let immovable = 0;
  let others = 0;
  let resident = 0;
  let anonymous = 0;
  let isKeyed = false;
  for (const line of smaps.split('\n')) {
    if (line.startsWith('Rss:')) resident = Number.parseInt(line.slice(4), 10) * KIB;
    else if (line.startsWith('Anonymous:')) anonymous = Number.parseInt(line.slice(10), 10) * KIB;
    else if (line.startsWith('ProtectionKey:')) isKeyed = Number.parseInt(line.slice(14), 10) !== 0;
    else if (!line.startsWith('VmFlags:')) continue;
    else if (/ u[mw]( |$)/.test(line)) {
      paged += resident;
      const isProtected = !/ wr( |$)/.test(line) || / ex( |$)/.test(line);
      if (isKeyed || / lo( |$)/.test(line) || (isProtected && / sl( |$)/.test(line))) immovable += resident;
    } else others += anonymous;
  }
  return { paged, immovable, others };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
