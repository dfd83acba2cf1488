// The options of a pager that serves other processes' faults.
import { PagerError } from '../errors.js';
import { type CheckedOptions, type CoreHost, checkPagerOptions, type PagerOptions } from '../options.js';
import { settleCore } from './core-host.js';

/** What `run`, `serve` and `criu` let the user choose about how faults are served. */
export type ServingOptions = Pick<PagerOptions, 'core' | 'faults'>;

/**
 * The options, checked; the engine is userfaultfd, and the loop serves all faults.
 * @throws PagerError 'OPTION', also for faults 'inline'; 'UNSUPPORTED' as settleCore
 */
export function settleForOthers(options: Omit<PagerOptions, 'engine'>): CheckedOptions & { core: CoreHost } {
  const checked = checkPagerOptions({ ...options, engine: 'userfaultfd' });
  if (checked.faults === 'inline') {
    throw new PagerError('OPTION', "faults: 'inline' serves only threads of the pager's own process", {
      hint: "give 'auto' or 'loop': the pager's loop serves the faults of other processes",
    });
  }
  return settleCore({ ...checked, faults: 'loop' });
}
