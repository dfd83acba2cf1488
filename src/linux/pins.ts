// Memory that the kernel, or a device, may write to without a fault: pages that are pinned (io_uring's registered buffers, RDMA, VFIO).
import { readFileSync } from 'node:fs';

/**
 * Whether pages of a process may be pinned for long: its status counts them as VmPin, VFIO's as VmLck. True also where that cannot
 * be read.
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
