// The memory of another process, through /proc/PID/mem: as a debugger may read it. The process takes no part in it.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { PagerError } from '../errors.js';

/** Writable private memory without a file: 'start-end perms offset device inode'. */
const ANONYMOUS = /^([0-9a-f]+)-([0-9a-f]+) rw.p [0-9a-f]+ \S+ 0\s*(?:\[anon:.*\])?$/;

/** Where mappings of anonymous memory with at least `bytes` bytes begin. @throws PagerError 'PERMISSION', 'CLOSED' */
export function anonymousMappings(pid: number, bytes: number): bigint[] {
  const maps = attempt(pid, 'open(/proc/PID/maps)', () => readFileSync(`/proc/${pid}/maps`, 'latin1'));
  return maps.split('\n').flatMap((line) => {
    const [, from, to] = ANONYMOUS.exec(line) ?? [];
    if (from === undefined || to === undefined) return [];
    const start = BigInt(`0x${from}`);
    return BigInt(`0x${to}`) - start >= BigInt(bytes) ? [start] : [];
  });
}

export class ProcessMemory {
  readonly #fd: number;

  /** @throws PagerError 'PERMISSION', 'CLOSED' */
  constructor(pid: number) {
    this.#fd = attempt(pid, 'open(/proc/PID/mem)', () => openSync(`/proc/${pid}/mem`, 'r'));
  }

  /** False if nothing readable is there. An absent page of a userfaultfd is not readable: no fault is raised for it. */
  read(address: bigint, into: Uint8Array): boolean {
    try {
      return readSync(this.#fd, into, 0, into.length, address) === into.length;
    } catch {
      return false;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function attempt<T>(pid: number, syscall: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code: errno } = cause as NodeJS.ErrnoException;
    if (errno === 'ENOENT' || errno === 'ESRCH') {
      throw new PagerError('CLOSED', `process ${pid} has ended`, { errno, syscall, cause });
    }
    throw new PagerError('PERMISSION', `the memory of process ${pid} cannot be read`, {
      errno,
      syscall,
      hint:
        process.geteuid?.() === 0
          ? 'the process has a capability that this command lacks, or a security module forbids it: compare CapEff in /proc/self/status with CapPrm in /proc/PID/status'
          : 'give the command as root: what a debugger may not read, this command may not read',
      cause,
    });
  }
}
