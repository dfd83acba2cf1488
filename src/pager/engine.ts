// Chooses the engine of a pager: userfaultfd, or the trap (PROT_NONE and SIGSEGV) if that is not available.
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { type CheckedOptions, limitedTo, SMALLEST_LIMIT_PAGES } from '../options.js';
import { formatSize } from '../units.js';
import { warn } from '../warn.js';
import { missingFeatures } from './probe.js';

/** Mappings, counted in pages, that a loop's thread may create before it reserves. */
const OWN_MAPPINGS = 512;

/**
 * The options with an engine that is not 'auto'; a trap's with a limit that the system's mappings allow.
 * @throws PagerError 'UNSUPPORTED' if a trap would have too few
 */
export function settleEngine(options: CheckedOptions): CheckedOptions {
  if (options.engine === 'userfaultfd') return options;
  if (options.engine === 'auto') {
    const why = whyNotUserfaultfd();
    if (why === null) return { ...options, engine: 'userfaultfd' };
    if (native().firstNotice()) warn('FARPAGE_TRAP', `${why}: engine 'trap' serves instead; ${DIFFERENCE}`);
  }
  const left = native().trapBudget() - OWN_MAPPINGS;
  // Without a limit a pager takes half, and leaves the rest to later pagers.
  const budget = options.limitPages === null ? left >> 1 : left;
  if (budget < SMALLEST_LIMIT_PAGES) {
    throw new PagerError(
      'UNSUPPORTED',
      `engine: 'trap' has room for ${Math.max(0, budget)} more pages in this process`,
      {
        errno: 'ENOMEM',
        hint: 'raise sysctl vm.max_map_count: a page that is resident among absent ones costs two mappings',
      },
    );
  }
  if (options.limitPages !== null && options.limitPages > budget) warnOfLowerLimit(options, budget);
  return { ...limitedTo(options, budget), engine: 'trap' };
}

// The pager works, with less memory than it was given: warn, so that the user need not discover it.
function warnOfLowerLimit({ limitPages, pageSize }: CheckedOptions, budget: number): void {
  const asked = formatSize((limitPages ?? 0) * pageSize);
  const given = formatSize(budget * pageSize);
  warn(
    'FARPAGE_LIMIT_LOWERED',
    `residentLimit: ${asked} is more than engine 'trap' can scatter, the limit is ${given}`,
    'raise sysctl vm.max_map_count, give a larger pageSize, or allow userfaultfd (farpage doctor)',
  );
}

const DIFFERENCE = 'system calls of native code on absent pages may fail with EFAULT (farpage doctor says more)';

function whyNotUserfaultfd(): string | null {
  const { errno, features } = native().probe();
  if (errno !== undefined) return `userfaultfd cannot be used here (${errno})`;
  const missing = missingFeatures(features);
  return missing.length === 0 ? null : `this kernel's userfaultfd lacks ${missing.join(', ')}`;
}
