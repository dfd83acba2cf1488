// The state of a loop's thread once it has begun; its requests work on it.
import type { Wire } from '../call/wire.js';
import type { Core } from '../core/core.js';
import type { Engine, Native } from '../native/native.js';
import type { CheckedOptions } from '../options.js';
import type { Loop } from './loop.js';
import type { LoopSide, UserSide } from './requests.js';
import type { Spaces } from './spaces.js';

export interface LoopContext {
  native: Native;
  core: Core;
  engine: Engine;
  loop: Loop;
  options: CheckedOptions;
  wire: Wire<LoopSide, UserSide>;
  /** The spaces of other processes, by number. */
  spaces: Spaces;
}
