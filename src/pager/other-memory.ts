// Opens another process's memory for a snapshot, and checks that it is still that process's.
import { closeSync, openSync } from 'node:fs';
import { describeError, PagerError } from '../errors.js';

/** Options of a snapshot of another process that its pager sets. */
export interface OtherProcess {
  pid: number;
  /** Whether the pid still names this process: it may have ended, and the pid been reused. */
  isSame(): boolean;
  name: string;
  /** The instant has passed: the process may run on and change its memory. */
  onInstant?(): void;
}

/** Calls `work` with /proc/PID/mem open. @throws (rejects) PagerError 'PERMISSION', 'CLOSED' if the process has ended */
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
    // The descriptor keeps the memory: if the process still exists, the opened memory is its.
    if (!isSame()) throw new PagerError('CLOSED', `process ${pid} has ended`);
    return await work(memory);
  } finally {
    closeSync(memory);
  }
}
