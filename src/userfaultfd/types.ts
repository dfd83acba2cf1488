// The types of the binding's public API.
import type { Feature, Ioctl } from './names.js';

export type Outcome = 'done' | 'present' | 'changing' | 'gone' | 'busy' | 'exited' | 'failed';

/** The result of one call. */
export interface Result {
  /** Bytes done, even if the call then failed. */
  bytes: number;
  outcome: Outcome;
  /** The errno's name if the outcome is not 'done'. */
  errno?: string;
}

/** Addresses of this process, or of the one whose userfaultfd it is; multiples of the page size. */
export interface Range {
  start: bigint;
  /** Bytes. */
  byteLength: number;
}

export interface OpenOptions {
  /** Default 'auto': /dev/userfaultfd, else the system call, else the system call for faults of user mode only. */
  via?: 'auto' | 'device' | 'syscall';
  /** Default true. A descriptor that blocks cannot be waited for on the event loop, and its `read` waits. */
  nonblock?: boolean;
  /** Default false. True: a system call that touches an absent page fails with EFAULT instead of faulting. */
  userModeOnly?: boolean;
  /** Features to request in the handshake. Default: none. */
  features?: readonly Feature[];
  /** Default true; false: call `api` yourself. */
  handshake?: boolean;
}

export interface Probe {
  available: boolean;
  via: 'device' | 'syscall' | null;
  /** Whether faults in the kernel (read(2) into an absent page) are served, too. */
  kernelFaults: boolean;
  features: Feature[];
  ioctls: Ioctl[];
  /** Why it is not available. */
  errno?: string;
}
