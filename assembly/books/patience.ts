// Measures how long pages, operations and passes have waited, in ticks of time in which the loop ran.
import { PATIENCE_AT, TICK_SHIFT, WRITE_ERRNO_AT } from '../layout';
import { turn } from './records';
import { tick } from './region';

/** 250 ms in ticks. The loop steps every 5 ms while a page waits for a frame: in a longer gap than this it did not run. */
export const PAUSE: u32 = 250_000_000 >> TICK_SHIFT;

/** Call once per step. */
export function noteStep(): void {
  const now = tick();
  // Time in which the loop did not run counts against no wait.
  turn.passed = min(now - turn.steppedAt, PAUSE);
  turn.steppedAt = now;
}

/**
 * For an operation or a pass that lacks a frame in this step: the ticks for which it has lacked one. `before` is the
 * result of the last step. The time counts only while writes to the store fail. `isTooLong` says whether to give up.
 */
export function lackedFrame(before: u32): u32 {
  if (load<u32>(WRITE_ERRNO_AT) == 0) return 0;
  return before == 0 ? 1 : before + turn.passed;
}

export function isTooLong(ticks: u32): bool {
  return ticks > <u32>(load<u64>(PATIENCE_AT) >> TICK_SHIFT);
}
