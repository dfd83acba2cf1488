// Waits for the end of criu restore, once it has said that it has finished.
import { readFileSync } from 'node:fs';

/** Milliseconds that criu restore has at most, after it has said that it has finished, until the push begins; and between two looks. */
const LAST_WORK = 50;
const LAST_LOOK = 2;

/** criu has work to do after that, and its tasks stop and run for it: the push would slow it down, most of all on one CPU. */
export async function ended(pid: number): Promise<void> {
  for (const end = performance.now() + LAST_WORK; performance.now() < end && isRunning(pid); ) {
    await new Promise((resolve) => setTimeout(resolve, LAST_LOOK));
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
