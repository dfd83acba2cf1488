// The shared words through which hot ioctls take arguments and return results without an object.
import {
  OUTCOME_BUSY,
  OUTCOME_CHANGING,
  OUTCOME_DONE,
  OUTCOME_EXITED,
  OUTCOME_GONE,
  OUTCOME_PRESENT,
} from '../../assembly/layout.js';
import { errnoName } from './failure.js';
import { door } from './native.js';
import type { Outcome, Result } from './types.js';

// The hot calls take their arguments from shared words and leave their results there: handing five arguments over one by
// one costs 0.1 µs more (measured on Node 20). native/door/binding.cc has the same places.
const addresses = new BigUint64Array(door.words, 0, 2);
const numbers = new Float64Array(door.words, 16, 2);
const small = new Int32Array(door.words, 32, 4);
const LENGTH = 0;
const BYTES_DONE = 1;
const FD = 0;
const MODE = 1;
const OUTCOME = 2;
const ERRNO = 3;

const OUTCOMES: Readonly<Record<number, Outcome>> = {
  [OUTCOME_DONE]: 'done',
  [OUTCOME_PRESENT]: 'present',
  [OUTCOME_CHANGING]: 'changing',
  [OUTCOME_GONE]: 'gone',
  [OUTCOME_BUSY]: 'busy',
  [OUTCOME_EXITED]: 'exited',
};

/** Puts a call's arguments where it looks for them; a length that is not a whole number comes to EINVAL. */
export function stage(fd: number, start: bigint, byteLength: number, mode: number): void {
  addresses[0] = start;
  numbers[LENGTH] = byteLength;
  small[FD] = fd;
  small[MODE] = mode;
}

export function stageTwo(fd: number, target: bigint, source: bigint, byteLength: number, mode: number): void {
  addresses[1] = source;
  stage(fd, target, byteLength, mode);
}

/** What the call that just returned came to. */
export function lastResult(): Result {
  const bytes = numbers[BYTES_DONE] as number;
  const errno = small[ERRNO] as number;
  if (errno === 0) return { bytes, outcome: 'done' };
  return { bytes, outcome: OUTCOMES[small[OUTCOME] as number] ?? 'failed', errno: errnoName(errno) };
}
