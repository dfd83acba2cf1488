import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { describeError } from '../errors.js';
import { native, PERMISSION_HINT, SUPPORT_HINT } from '../native.js';
import { SMALLEST_LIMIT_PAGES } from '../options.js';

export interface Capabilities {
  kernel: string;
  userfaultfd: {
    available: boolean;
    /** Whether faults inside the kernel (read(2) into an absent page) are served too. */
    kernelFaults: boolean;
    via: 'device' | 'syscall' | null;
    features: string[];
    ioctls: string[];
  };
  /** What serves where userfaultfd does not: PROT_NONE and SIGSEGV. `pages` can be resident here among absent ones. */
  trap: { available: boolean; pages: number };
  /** One line each: what is missing and how to get it. Empty where everything works. */
  advice: string[];
}

/** Bits of uffdio_api.features (userfaultfd(2), ioctl_userfaultfd(2)). */
const FEATURES = [
  'PAGEFAULT_FLAG_WP',
  'EVENT_FORK',
  'EVENT_REMAP',
  'EVENT_REMOVE',
  'MISSING_HUGETLBFS',
  'MISSING_SHMEM',
  'EVENT_UNMAP',
  'SIGBUS',
  'THREAD_ID',
  'MINOR_HUGETLBFS',
  'MINOR_SHMEM',
  'EXACT_ADDRESS',
  'WP_HUGETLBFS_SHMEM',
  'WP_UNPOPULATED',
  'POISON',
  'WP_ASYNC',
  'MOVE',
] as const;
const IOCTLS = ['REGISTER', 'UNREGISTER', 'WAKE', 'COPY', 'ZEROPAGE', 'MOVE', 'WRITEPROTECT', 'CONTINUE', 'POISON'];
const REQUIRED = ['PAGEFAULT_FLAG_WP', 'POISON', 'MOVE'] as const;
const EFAULT = 'a system call on an absent page, as read(2) into it, fails with EFAULT: load() it first';
const TRAP_SERVES = `until then engine 'trap' serves (PROT_NONE and SIGSEGV, no privilege needed): ${EFAULT}`;
/** Bit of UFFDIO_API itself. */
const API_BIT = 63n;

/** What this machine can do. Never rejects: what is wrong stands in `advice`. */
export async function probe(): Promise<Capabilities> {
  const kernel = release();
  const nothing = { available: false, kernelFaults: false, via: null, features: [], ioctls: [] };
  let trap = { available: false, pages: 0 };
  try {
    const pages = native().trapBudget();
    trap = { available: pages >= SMALLEST_LIMIT_PAGES, pages };
    const found = native().probe();
    const lz4 = native().checkLz4();
    const advice = lz4 === null ? [] : [`memoryStore cannot compress: ${lz4}; apt-get install liblz4-1`];
    if (found.errno !== undefined) {
      advice.unshift(refusal(found.errno), TRAP_SERVES);
      return { kernel, userfaultfd: nothing, trap, advice };
    }
    const features = FEATURES.filter((_, bit) => hasBit(found.features, bit));
    const ioctls = IOCTLS.filter((_, bit) => hasBit(found.ioctls, bit));
    if (((found.ioctls ?? 0n) >> API_BIT) & 1n) ioctls.unshift('API');
    const missing = missingFeatures(found.features);
    if (missing.length > 0) advice.push(`userfaultfd lacks ${missing.join(', ')}: ${SUPPORT_HINT}`, TRAP_SERVES);
    const kernelFaults = found.kernelFaults === true;
    if (!kernelFaults)
      advice.push(`faults inside the kernel are not served, from user mode they are: ${EFAULT}; ${PERMISSION_HINT}`);
    const via = found.device === true ? 'device' : 'syscall';
    const userfaultfd = { available: missing.length === 0, kernelFaults, via, features, ioctls } as const;
    return { kernel, userfaultfd, trap, advice };
  } catch (error) {
    return { kernel, userfaultfd: nothing, trap, advice: [describeError(error)] };
  }
}

/** Features that the pager needs and the mask lacks. */
export function missingFeatures(mask: bigint | undefined): string[] {
  return REQUIRED.filter((name) => !hasBit(mask, FEATURES.indexOf(name)));
}

function hasBit(mask: bigint | undefined, bit: number): boolean {
  return (((mask ?? 0n) >> BigInt(bit)) & 1n) === 1n;
}

function refusal(errno: string): string {
  if (errno === 'ENOSYS') return `userfaultfd is not in this kernel (ENOSYS): ${SUPPORT_HINT}`;
  if (errno === 'EPERM' || errno === 'EACCES') {
    const where = seccomp() ? ' (a seccomp filter is in force: the container’s profile may be what refuses it)' : '';
    return `userfaultfd is not permitted (${errno})${where}: ${PERMISSION_HINT}`;
  }
  return `userfaultfd cannot be used (${errno}): ${SUPPORT_HINT}`;
}

function seccomp(): boolean {
  return /^Seccomp:\s*2/m.test(readFileSync('/proc/self/status', 'latin1'));
}
