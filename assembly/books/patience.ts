// How long those who wait through many steps have waited, in ticks.
import { PATIENCE_AT, TICK_SHIFT, WRITE_ERRNO_AT } from '../layout';
import { turn } from './records';
import { tick } from './region';

/** The loop looks every 5 ms where somebody waits for a frame: in more than this it did not run. */
export const PAUSE: u32 = 250_000_000 >> TICK_SHIFT;

/** Once a step. */
export function noteStep(): void {
  const now = tick();
  // Time in which the loop did not run is nobody's patience.
  turn.passed = min(now - turn.steppedAt, PAUSE);
  turn.steppedAt = now;
}

/**
 * Ticks that an operation or a pass has lacked a frame after this step, in which it lacks one; `before`: after the last.
 * It waits while the store takes what is written. `isTooLong` then says whether to give up.
 */
export function lackedFrame(before: u32): u32 {
  if (load<u32>(WRITE_ERRNO_AT) == 0) return 0;
  return before == 0 ? 1 : before + turn.passed;
}

export function isTooLong(ticks: u32): bool {
  return ticks > <u32>(load<u64>(PATIENCE_AT) >> TICK_SHIFT);
}
