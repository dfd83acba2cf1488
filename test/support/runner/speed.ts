// How fast this machine is, next to those on which the tests' limits of time were written.

/** What the first touch of an anonymous page takes there, in microseconds: 1.8 to 2.2 on two kinds of virtual machine. */
const USUAL_TOUCH = 2;
/** A wait that hangs is to be found within an hour or so, however slow the machine. */
const MOST = 4;
const PAGE = 4096;
const PAGES = 4096;
const TRIES = 5;

/**
 * How many times as long a test may take here: from 1 to 4. Faults and system calls are what differs between machines (a first
 * touch took 14 µs on one where memory copies took as long as elsewhere), and what these tests do most.
 */
export function slowness(): number {
  return slownessOf(firstTouch());
}

export function slownessOf(microseconds: number): number {
  return Math.min(MOST, Math.max(1, Math.round((10 * microseconds) / USUAL_TOUCH) / 10));
}

/** Microseconds. The best of a few, which other load does not touch. */
function firstTouch(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    const bytes = new Uint8Array(PAGES * PAGE);
    const started = performance.now();
    for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = 1;
    best = Math.min(best, ((performance.now() - started) * 1000) / PAGES);
  }
  return best;
}
