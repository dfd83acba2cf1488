// Memory of another process, as the loop reads it for a snapshot.
import { closeSync, openSync } from 'node:fs';
import { describeError, PagerError } from '../errors.js';

/** What of a snapshot of another process's memory is its pager's to know. */
export interface OtherProcess {
  pid: number;
  /** Whether the number is this process's still: it may have ended, and left it to another. */
  isSame(): boolean;
  name: string;
  /** What the image holds is decided: from now on the process may do what it likes. */
  onInstant?(): void;
}

/** Calls with /proc/PID/mem open. @throws (rejects) PagerError 'PERMISSION', 'CLOSED' where the process has ended */
export async function withMemoryOf<T>(
  { pid, isSame }: Pick<OtherProcess, 'pid' | 'isSame'>,
  work: (memory: number) => Promise<T>,
): Promise<T> {
  const path = `/proc/${pid}/mem`;
  let memory: number;
  try {
    memory = openSync(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const gone = code === 'ENOENT' || code === 'ESRCH';
    throw new PagerError(gone ? 'CLOSED' : 'PERMISSION', `${path} cannot be opened: ${describeError(cause)}`, {
      errno: code,
      syscall: 'open',
      hint: gone
        ? undefined
        : 'the pager must be allowed to ptrace(2) the process: run it as the same user, or as root',
      cause,
    });
  }
  try {
    // The descriptor holds the memory: if the process is there still, what was opened is its.
    if (!isSame()) throw new PagerError('CLOSED', `process ${pid} has ended`);
    return await work(memory);
  } finally {
    closeSync(memory);
  }
}
