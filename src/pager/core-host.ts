// Chooses the host that runs the core: V8, or the addon, which has the same module compiled ahead of time.
import { coreHash } from '../core/core.js';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { CheckedOptions, CoreHost } from '../options.js';
import { recordPath } from '../record/open.js';

/** The addon's core, if it was compiled from the module that V8 would run. */
export function hostByDefault(): CoreHost {
  return native().compiledCore.hash === coreHash() ? 'native' : 'v8';
}

/**
 * The options with a host that is not 'auto'. A recorded core runs in V8, which passes each call through the recorder.
 * @throws PagerError 'UNSUPPORTED' if 'native' was given and the addon's core differs; 'OPTION' if it is to be recorded
 */
export function settleCore(options: CheckedOptions): CheckedOptions & { core: CoreHost } {
  const byDefault = hostByDefault();
  const recorded = recordPath() !== undefined;
  if (options.core === 'native' && byDefault !== 'native') {
    throw new PagerError(
      'UNSUPPORTED',
      "core: 'native' was compiled from another core.wasm than that of this package",
      {
        hint: "run `npx farpage build`, or give core: 'v8'",
      },
    );
  }
  if (options.core === 'native' && recorded) {
    throw new PagerError('OPTION', "core: 'native' cannot be recorded", {
      hint: "give core: 'auto' or 'v8', or unset FARPAGE_RECORD",
    });
  }
  const core = options.core === 'auto' ? (recorded ? 'v8' : byDefault) : options.core;
  return { ...options, core };
}
