// Pins memory for a test, or skips the test on a machine that cannot.
import { readFileSync } from 'node:fs';
import { Skip } from '../result.js';
import type { Target } from '../target.js';

const SYSCTL = '/proc/sys/kernel/io_uring_disabled';

/** Pins for long, as a registered buffer of an io_uring: few kernels carry gup_test. */
export async function pinOrSkip(thread: Target, address: bigint, byteLength: number): Promise<void> {
  const { errno } = await thread.run('pin', address, byteLength);
  if (errno === undefined) return;
  if (errno === 'ENOSYS') throw new Skip('pins need io_uring, which this kernel or a seccomp filter does not give');
  if (errno === 'EPERM') throw new Skip(`pins need io_uring, which is forbidden: ${disabled()}`);
  if (errno === 'ENOMEM') throw new Skip('pins need locked memory (ulimit -l)');
  throw new Error(`io_uring cannot pin: ${errno}`);
}

function disabled(): string {
  try {
    return `kernel.io_uring_disabled is ${readFileSync(SYSCTL, 'latin1').trim()}`;
  } catch {
    return 'a seccomp filter is likely';
  }
}
