// What a thread of another process waits in.
import { readFileSync } from 'node:fs';

/** Whether the process is blocked outside of any system call: in a fault. */
export function isInFault(pid: number): boolean {
  return readFileSync(`/proc/${pid}/syscall`, 'latin1').startsWith('-1 ');
}
