// When a pass may begin: one at a time over a region, in the order of the calls, and PASS_LIMIT at a time in a loop; others wait.
import { PASS_LIMIT } from '../../../assembly/layout.js';
import type { Loop } from '../loop.js';
import type { Mapped } from '../region.js';

interface Turns {
  running: number;
  /** Of regions that have no pass, the ones that wait for another region's to end. */
  readonly waiting: Array<() => void>;
}

const loops = new WeakMap<Loop, Turns>();
const regions = new WeakMap<Mapped, Promise<unknown>>();

/** @param signal ends the wait; once begun, the work must watch it itself */
export function queuePass<T>(loop: Loop, mapped: Mapped, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const begin = () =>
      inTurn(loop, () => {
        signal.removeEventListener('abort', end);
        signal.throwIfAborted();
        return work();
      });
    const turn = (regions.get(mapped) ?? Promise.resolve()).then(begin, begin);
    regions.set(
      mapped,
      turn.catch(() => {}),
    );
    turn.then(resolve, reject);
  });
}

async function inTurn<T>(loop: Loop, work: () => Promise<T>): Promise<T> {
  const turns = loops.get(loop) ?? { running: 0, waiting: [] };
  loops.set(loop, turns);
  // A pass that ends hands its place to the first that waits.
  if (turns.running === PASS_LIMIT) await new Promise<void>((resolve) => turns.waiting.push(resolve));
  else turns.running++;
  try {
    return await work();
  } finally {
    const next = turns.waiting.shift();
    if (next === undefined) turns.running--;
    else next();
  }
}
