// Finds out what this machine offers, without rejecting: what is missing becomes advice.
import { release } from 'node:os';
import { SIGNAL_OPTIONS, type SignalOptions, throwIfEnded } from '../ended.js';
import { describeError, PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import { deviceHint, isFiltered } from '../linux/privilege.js';
import { native, nativeOrigin, SUPPORT_HINT } from '../native/native.js';
import { type CoreHost, SMALLEST_LIMIT_PAGES } from '../options.js';
import { machine } from '../place.js';
import { featuresIn, offeredIoctls } from '../userfaultfd/names.js';
import { hostByDefault } from './core-host.js';

export interface Capabilities {
  kernel: string;
  /** What native parts must be made for: 'linux-x64-glibc', 'linux-arm64-musl'. */
  machine: string;
  /** The folder in the package that the addon was loaded from; null: there is none that works here. */
  addon: string | null;
  userfaultfd: {
    available: boolean;
    /** Whether faults in the kernel (read(2) into an absent page) are served too. */
    kernelFaults: boolean;
    via: 'device' | 'syscall' | null;
    features: string[];
    ioctls: string[];
  };
  /**
   * The engine without userfaultfd: SIGSEGV. `pages` scattered pages can be resident here. `guardPages`: it works by guard pages
   * (Linux 6.15), else by mprotect(2).
   */
  trap: { available: boolean; pages: number; guardPages: boolean };
  /** The core's default host: the addon, if its core was compiled from this package's core.wasm, else V8. */
  core: CoreHost;
  /** One line for each missing thing and how to get it. Empty if everything works. */
  advice: string[];
}

const REQUIRED = ['PAGEFAULT_FLAG_WP', 'POISON', 'MOVE'] as const;
const EFAULT =
  'Node.js may read and write absent pages, but any other system call on one fails with EFAULT: load() it first';
const TRAP_SERVES = `until then engine 'trap' serves (PROT_NONE and SIGSEGV, no privilege needed): ${EFAULT}`;

/**
 * Finds out what this machine offers. `advice` lists what is missing.
 * @throws (rejects) PagerError 'CLOSED' if the signal is aborted, 'OPTION' for an option that it does not have; nothing else
 */
export async function probe(options: SignalOptions = {}): Promise<Capabilities> {
  checkOptions('probe', options, SIGNAL_OPTIONS);
  throwIfEnded(options.signal, 'probe');
  const here = { kernel: release(), machine: machine() };
  let addon: string | null = null;
  const nothing = { available: false, kernelFaults: false, via: null, features: [], ioctls: [] };
  let trap = { available: false, pages: 0, guardPages: false };
  let core: CoreHost = 'v8';
  try {
    addon = nativeOrigin();
    core = hostByDefault();
    const pages = native().trapBudget();
    trap = { available: pages >= SMALLEST_LIMIT_PAGES, pages, guardPages: native().trapMarkers() };
    const found = native().probe();
    const lz4 = native().checkLz4();
    const advice =
      lz4 === null ? [] : [`memoryStore cannot compress: ${lz4}; apt-get install liblz4-1, on Alpine apk add lz4-libs`];
    if (found.errno !== undefined) {
      advice.unshift(refusal(found.errno), TRAP_SERVES);
      return { ...here, addon, userfaultfd: nothing, trap, core, advice };
    }
    const features = featuresIn(found.features ?? 0n);
    const ioctls = offeredIoctls(found.ioctls ?? 0n, features);
    const missing = missingFeatures(found.features);
    if (missing.length > 0) advice.push(`userfaultfd lacks ${missing.join(', ')}: ${SUPPORT_HINT}`, TRAP_SERVES);
    const kernelFaults = found.kernelFaults === true;
    if (!kernelFaults)
      advice.push(`faults inside the kernel are not served, from user mode they are: ${EFAULT}; ${deviceHint()}`);
    const via = found.device === true ? 'device' : 'syscall';
    const userfaultfd = { available: missing.length === 0, kernelFaults, via, features, ioctls } as const;
    return { ...here, addon, userfaultfd, trap, core, advice };
  } catch (error) {
    const { hint } = error instanceof PagerError ? error : {};
    const advice = hint === undefined ? describeError(error) : `${describeError(error)}: ${hint}`;
    return { ...here, addon, userfaultfd: nothing, trap, core, advice: [advice] };
  }
}

/** Features that the pager needs and the mask lacks. */
export function missingFeatures(mask: bigint | undefined): string[] {
  const offered = featuresIn(mask ?? 0n);
  return REQUIRED.filter((name) => !offered.includes(name));
}

function refusal(errno: string): string {
  if (errno === 'ENOSYS' && isFiltered()) return `userfaultfd is hidden by a seccomp filter (ENOSYS): ${deviceHint()}`;
  if (errno === 'ENOSYS') return `userfaultfd is not in this kernel (ENOSYS): ${SUPPORT_HINT}`;
  if (errno === 'EPERM' || errno === 'EACCES') {
    const where = isFiltered() ? ' (a seccomp filter is in force: the container’s profile may be what refuses it)' : '';
    return `userfaultfd is not permitted (${errno})${where}: ${deviceHint()}`;
  }
  return `userfaultfd cannot be used (${errno}): ${SUPPORT_HINT}`;
}
