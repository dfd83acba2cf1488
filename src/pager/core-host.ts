// Which host runs the core: V8, or the addon, which has the same module compiled ahead of time.
import { coreHash } from '../core/core.js';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { CheckedOptions, CoreHost } from '../options.js';
import { recordPath } from '../record/open.js';

/**
 * The options with a host that is not 'auto': the addon's core where it was made from the very module that V8 would run.
 * A core that is recorded runs in V8, where each of its calls can be seen.
 * @throws PagerError 'UNSUPPORTED' where 'native' was asked for, and the addon's is another; 'OPTION' where it is to be recorded
 */
export function settleCore(options: CheckedOptions): CheckedOptions & { core: CoreHost } {
  const recorded = recordPath() !== undefined;
  const built = native().compiledCore.hash === coreHash();
  if (options.core === 'native' && !built) {
    throw new PagerError(
      'UNSUPPORTED',
      "core: 'native' was compiled from another core.wasm than that of this package",
      {
        hint: "run `npm run build && npm run build:native` in a checkout, `npm rebuild farpage` elsewhere, or give core: 'v8'",
      },
    );
  }
  if (options.core !== 'native')
    return { ...options, core: options.core === 'auto' && built && !recorded ? 'native' : 'v8' };
  if (recorded) {
    throw new PagerError('OPTION', "core: 'native' cannot be recorded", {
      hint: "give core: 'auto' or 'v8', or unset FARPAGE_RECORD",
    });
  }
  return { ...options, core: 'native' };
}
