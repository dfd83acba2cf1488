// Detects a deadlock: a store that is an object of the user's thread answers on that thread. If that thread itself is blocked
// on a page that only this store has, no answer can come: fail the page at once, not after the patience.
import { readFileSync } from 'node:fs';
import { PAGE_FILLING } from '../../assembly/layout.js';
import type { Core } from '../core/core.js';
import { PagerError } from '../errors.js';
import type { Engine } from '../native/native.js';
import type { Loop } from './loop.js';
import type { Mapped } from './region.js';
import type { StoreQueue } from './store-queue.js';

interface Home {
  core: Core;
  engine: Engine;
  loop: Loop;
  /** The user's thread. */
  owner: number;
}

/** Checks in a row that must find the same fault before the watch acts. */
const CHECKS = 3;
/** The same, where the thread waits for a frame: other pages may free one. */
const CHECKS_FOR_FRAME = 100;
const HINT = 'load, pin or use what the thread of a store of its own touches, or give the store as moduleStore';

export class DeadlockWatch {
  readonly #home: Home;
  #address = 0n;
  #checks = 0;

  constructor(home: Home) {
    this.#home = home;
  }

  /** Checks once; called while a store owes an answer. */
  look(): void {
    const { core, engine, loop } = this.#home;
    const address = engine.ownerFault();
    const found = address === 0n ? undefined : core.pageAt(address);
    const mapped = found === undefined ? undefined : loop.mapped.get(found.region);
    if (found === undefined || mapped === undefined) return;
    const { page } = found;
    const asked = askedOf(mapped, page);
    const starved = asked === undefined && this.#waitsForFrame(mapped, page);
    if (address !== this.#address || (asked === undefined && !starved)) this.#checks = 0;
    this.#address = address;
    if (asked === undefined && !starved) return;
    this.#checks++;
    if (this.#checks < (starved ? CHECKS_FOR_FRAME : CHECKS) || !this.#isBlocked()) return;
    this.#checks = 0;
    const why = 'the thread that is blocked on it is the one that its store answers on';
    const error = new PagerError('STORE_READ', why, { errno: 'EDEADLK', hint: HINT });
    if (asked !== undefined) asked.queue.giveUp(asked, error);
    else if (core.exports.unqueue(mapped.region, page) !== 0) loop.giveUp(mapped.region, page, error);
  }

  // No frame is free for it, and this very thread has victims to write.
  #waitsForFrame({ region }: Mapped, page: number): boolean {
    const { core, loop } = this.#home;
    if (core.exports.starved() === 0 || core.exports.pageState(region, page) !== PAGE_FILLING) return false;
    for (const { storeQueue } of loop.mapped.values()) if (storeQueue?.writing === true) return true;
    return false;
  }

  // A thread that computes for long has not answered either: only one that is blocked in a fault never will.
  #isBlocked(): boolean {
    try {
      const where = readFileSync(`/proc/self/task/${this.#home.owner}/wchan`, 'latin1');
      return /userfault|futex/.test(where);
    } catch {
      return false;
    }
  }
}

function askedOf(mapped: Mapped, page: number) {
  const queues = [mapped.storeQueue, mapped.sourceQueue, ...mapped.regenerators.queues];
  for (const queue of queues.filter((each): each is StoreQueue => each !== undefined)) {
    const asked = queue.askedOf(page);
    if (asked !== undefined) return { ...asked, queue };
  }
  return undefined;
}
