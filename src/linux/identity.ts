// Names a process uniquely. Pids are per pid namespace and are reused; containers may share the folder of control sockets
// but not their pids. So an identity is the process's own pid namespace, its pid there, and its start time: the same from
// every viewer, and unique.
import { readFileSync, readlinkSync } from 'node:fs';
import { PagerError } from '../errors.js';

/** Field 22 of /proc/PID/stat; the fields after the name begin with the third. */
const START_FIELD = 22 - 3;
const FORM = /^(\d+):(\d+):(\d+)$/;

/** Of the process with this pid in `/proc`; null: there is none, or it is a zombie. */
export function identityOf(pid: number | 'self'): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = fields[START_FIELD];
    if (start === undefined || fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${placeOf(pid, stat)}:${start}`;
  } catch {
    return null; // it has ended
  }
}

export function isIdentity(value: string): boolean {
  return FORM.test(value);
}

/** Its pid namespace, and its pid there. */
export function partsOf(identity: string): { namespace: string; pid: number } {
  const [, namespace = '', pid = ''] = FORM.exec(identity) ?? [];
  return { namespace, pid: Number(pid) };
}

/**
 * That /proc numbers processes as this process's own PID namespace does; not so after `nsenter --pid` alone.
 * @throws PagerError 'UNSUPPORTED'
 */
export function requireOwnProc(): void {
  if (readlinkSync('/proc/self') === String(process.pid)) return;
  throw new PagerError('UNSUPPORTED', '/proc numbers the processes of another PID namespace', {
    hint: 'mount /proc in the pager’s PID namespace (unshare --mount-proc)',
  });
}

function placeOf(pid: number | 'self', stat: string): string {
  try {
    const namespace = namespaceOf(pid);
    const numbers = /^NSpid:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]?.split(/\s+/);
    return `${namespace}:${numbers?.at(-1) ?? Number.parseInt(stat, 10)}`;
  } catch {
    // The namespace of a process with other credentials is hidden: take it for this process's.
    return `${namespaceOf('self')}:${Number.parseInt(stat, 10)}`;
  }
}

function namespaceOf(pid: number | 'self'): string {
  return readlinkSync(`/proc/${pid}/ns/pid`).replace(/\D/g, '');
}
