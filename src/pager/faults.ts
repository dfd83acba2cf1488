// Chooses who serves a pager's faults: the loop's thread, or the faulting threads themselves.
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { type CheckedOptions, checkPagerOptions, type FaultServer, type PagerOptions } from '../options.js';
import { settleCore } from './core-host.js';
import { settleEngine } from './engine.js';

/**
 * The options with a server of faults that is not 'auto'. Engine and core are settled.
 * @throws PagerError 'OPTION' if 'inline' was given with an engine or core that cannot; 'UNSUPPORTED' if the kernel cannot
 */
export function settleFaults(options: CheckedOptions): CheckedOptions & { faults: FaultServer } {
  const { engine, core, faults } = options;
  if (faults === 'loop') return { ...options, faults };
  const { features, kernelFaults } = native().probe();
  const able = isAble(options, features);
  if (faults === 'auto') return { ...options, faults: able && isHarmless(engine, kernelFaults) ? 'inline' : 'loop' };
  if (core !== 'native') {
    throw new PagerError('OPTION', "faults: 'inline' needs core 'native'", {
      hint: "leave out core: 'v8' and FARPAGE_RECORD, or give faults: 'loop'",
    });
  }
  if (!able) {
    throw new PagerError('UNSUPPORTED', "faults: 'inline': this kernel's userfaultfd lacks UFFD_FEATURE_SIGBUS", {
      hint: "use Linux 4.14 or newer, or give faults: 'loop'",
    });
  }
  return { ...options, faults };
}

/** 'inline' where it works with these options, else 'loop': for programs whose system calls touch no absent page. */
export function inlineIfAble(options: Pick<PagerOptions, 'engine' | 'core'>): FaultServer {
  const settled = settleCore(settleEngine(checkPagerOptions(options)));
  return isAble(settled, native().probe().features) ? 'inline' : 'loop';
}

// With a trap, and without privilege, the kernel's own accesses are not served anyway.
function isHarmless(engine: CheckedOptions['engine'], kernelFaults = false): boolean {
  return engine === 'trap' || !kernelFaults || native().callsServed();
}

function isAble({ engine, core }: CheckedOptions, features = 0n): boolean {
  return core === 'native' && (engine === 'trap' || (features & FEATURE_SIGBUS) !== 0n);
}

/** UFFD_FEATURE_SIGBUS of linux/userfaultfd.h. */
const FEATURE_SIGBUS = 1n << 7n;
