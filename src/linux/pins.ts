// Finds out whether a kernel subsystem or a device may write to a process's pages without a fault: pins (io_uring, RDMA, VFIO).
import { readFileSync } from 'node:fs';

/**
 * Whether pages of a process may have long-term pins: its status counts them as VmPin, VFIO's as VmLck. True also if the
 * status cannot be read.
 */
export function mayBePinned(pid: number | 'self'): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return ['VmPin', 'VmLck'].some(
      (name) => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? 1) > 0,
    );
  } catch {
    return true;
  }
}
