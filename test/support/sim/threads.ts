// Threads of the application: each touches a page, blocks where the kernel says so, and knows what it may read.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES, type Waiter } from '../kernel/address-space.js';
import { readToken, writeToken } from '../kernel/content.js';
import { demand } from './audit.js';
import type { SimState, Thread } from './state.js';

export class Touchers {
  /** What is read was right each time. */
  reads = 0;
  #token = 0;

  constructor(readonly state: SimState) {
    for (let i = 0; i < state.config.threads; i++) {
      state.threads.push({
        waiter: undefined,
        region: 0,
        base: 0,
        write: false,
        token: 0,
        last: 0,
        stride: 1,
        left: 0,
      });
    }
  }

  /** Some thread is scheduled. */
  go(): void {
    if (this.state.inline?.meetNow() === true) return;
    this.act(this.state.random.pick(this.state.threads));
  }

  /** While a turn runs its commands, other threads fault: they read their words, and wait for the lock. */
  meanwhile(): void {
    const { inline, random } = this.state;
    if (inline === undefined || !random.chance(0.1)) return;
    const thread = random.pick(this.state.threads);
    if (thread.waiter === undefined) this.#begin(thread, true);
    else if (inline.mistakes.lockForgotten === true) this.act(thread);
  }

  /** A blocked thread continues if it can. Those that serve themselves are scheduled one after the other, in no fixed order. */
  goOn(thread: Thread): boolean {
    const { inline, random } = this.state;
    const { waiter } = thread;
    const can = waiter !== undefined && (waiter.woken || !waiter.read);
    if (inline !== undefined && can && random.chance(0.5)) return true;
    return this.act(thread);
  }

  /** The thread continues, or begins something new; false if it is blocked. */
  act(thread: Thread): boolean {
    const { kernel } = this.state;
    if (thread.waiter !== undefined) {
      const took = this.state.inline?.takesTurn(thread) === true;
      // At the end each thread touches its page before another thread evicts it: under a small limit none would finish otherwise.
      if (took && !(this.state.calm && thread.waiter.woken)) return true;
      if (!thread.waiter.woken) return false;
      // Its message may still be read.
      kernel.leave(thread.waiter, this.state.random.chance(0.5));
      const { address } = thread.waiter;
      thread.waiter = undefined;
      // What it waits for has been moved away or unmapped: SIGSEGV, as without a pager.
      if (address !== this.state.addressOf(thread)) return true;
      this.access(thread);
      return true;
    }
    return this.#begin(thread, false);
  }

  /** Something new; `absent`: only where the page is not there, so that the thread faults. False if there is nothing. */
  #begin(thread: Thread, absent: boolean): boolean {
    const { random } = this.state;
    const open = this.state.regions.filter((each) => each.open);
    const home = random.pick(open);
    if (home === undefined) return false;
    const size = home.allowed.length;
    if (thread.left > 0 && thread.region === home.region) {
      thread.left--;
      thread.base = (((thread.base + thread.stride) % size) + size) % size;
    } else {
      thread.region = home.region;
      thread.base = random.chance(this.state.config.locality) ? random.below(Math.min(size, 24)) : random.below(size);
      thread.left = random.chance(0.3) ? random.below(60) : 0;
      thread.stride = random.pick([1, 1, 1, -1, 2, 7, -3]);
    }
    thread.write = random.chance(0.4);
    thread.token = thread.write ? (random.chance(0.1) ? 0 : ++this.#token) : 0;
    if (absent) {
      const address = this.state.addressOf(thread);
      if (address === undefined || this.state.kernel.look(address, thread.write) !== 'missing') return false;
    }
    this.access(thread);
    return true;
  }

  access(thread: Thread): void {
    const { kernel, core } = this.state;
    const home = this.state.regions.find(({ region, open }) => region === thread.region && open);
    if (home === undefined) return;
    const address = this.state.addressOf(thread);
    if (address === undefined) return; // unmapped: nobody touches it any more
    const page = Math.floor((thread.base * BASE_BYTES) / core.pageSize);
    const met = kernel.look(address, thread.write);
    if (met === 'minor' || met === 'wp') {
      this.state.say(() => `thread meets region ${home.region} page ${page}: ${met}`);
      thread.waiter = this.#fault(address, thread.write, met === 'wp' ? layout.FAULT_WP : layout.FAULT_MINOR);
      return;
    }
    if (met === 'missing') {
      this.state.say(() => `thread faults at region ${home.region} page ${page}${thread.write ? ' to write' : ''}`);
      thread.waiter = this.#fault(address, thread.write, 0);
      return;
    }
    if (met === 'poisoned') {
      demand(home.failed.has(page), () => `SIGBUS at region ${home.region} page ${page}, which has not failed`);
      return;
    }
    demand(met === 'there', () => `region ${home.region} page ${page} is ${met}`);
    const bytes = kernel.bytesAt(address);
    if (bytes === undefined) return;
    const allowed = home.allowed[thread.base] ?? [];
    const found = readToken(bytes);
    this.reads++;
    demand(
      allowed.includes(found),
      () => `region ${home.region} page ${page} (base ${thread.base}) reads as ${found}, not ${allowed.join(' or ')}`,
    );
    const now = thread.write ? thread.token : found;
    this.state.say(
      () => `thread ${thread.write ? `writes ${now} to` : `reads ${now} from`} region ${home.region} page ${page}`,
    );
    if (thread.write) {
      writeToken(bytes, now);
      for (const each of [...this.state.running, ...this.state.removals])
        if (each.region === home.region) each.written.add(thread.base);
    }
    home.allowed[thread.base] = this.state.busyRange(home, thread.base) ? [now, 0] : [now];
    for (const { region, history } of this.state.running) {
      if (region === home.region) history.get(thread.base)?.add(now);
    }
  }

  #fault(address: number, write: boolean, kind: number): Waiter {
    const { inline, kernel } = this.state;
    return inline === undefined
      ? kernel.fault(address, write, kind)
      : inline.signal(address, write, kind === layout.FAULT_WP);
  }
}
