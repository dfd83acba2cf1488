// What the application does to its memory: madvise(2), mremap(2), munmap(2).
import { BASE_BYTES } from '../kernel/address-space.js';
import type { SimState } from './state.js';

/** Calls that change the address space; each takes a while, and returns when its event has been read. */
export class Changes {
  constructor(readonly state: SimState) {}

  startRemoval(): void {
    const { random, kernel, core } = this.state;
    const open = this.state.regions.filter((each) => each.open);
    if (open.length === 0 || this.state.removals.length >= 2) return;
    const home = random.pick(open);
    const size = home.allowed.length;
    const first = random.below(size);
    const end = Math.min(
      size,
      first + random.pick([1, 2, 8, 50]) * (random.chance(0.8) ? core.pageSize / BASE_BYTES : 1),
    );
    const whole = core.pageSize / BASE_BYTES;
    // Part of a page of several base pages: the rest stays, so only whole ones are asked for here.
    const from = Math.floor(first / whole) * whole;
    let to = Math.ceil(end / whole) * whole;
    // One call, one mapping: as far as the addresses follow each other.
    const start = home.placement.ofBase(from);
    if (start === undefined) return;
    for (let base = from + whole; base < to; base += whole) {
      if (home.placement.ofBase(base) !== start + (base - from) * BASE_BYTES) to = base;
    }
    if (this.state.moves.isBusy(home.region, from / whole, to / whole)) return;
    const removal = kernel.remove(start, start + (to - from) * BASE_BYTES);
    for (let base = from; base < to; base++) {
      home.allowed[base] = [...(home.allowed[base] ?? []), 0];
      for (const each of this.state.running) if (each.region === home.region) each.history.get(base)?.add(0);
    }
    this.state.say(() => `removes region ${home.region} base ${from}–${to}`);
    this.state.removals.push({ removal, region: home.region, first: from, end: to, written: new Set() });
  }

  goOnRemoving(): boolean {
    if (this.state.removals.length === 0) return false;
    const each = this.state.random.pick(this.state.removals);
    if (!each.removal.read) return false;
    if (!this.state.kernel.goOn(each.removal, this.state.config.gap && !this.state.calm)) return true;
    this.state.removals.splice(this.state.removals.indexOf(each), 1);
    this.state.say(() => `removed region ${each.region} base ${each.first}–${each.end}`);
    const home = this.state.regions.find(({ region, open }) => region === each.region && open);
    if (home === undefined) return true;
    const perPage = this.state.core.pageSize / BASE_BYTES;
    for (let base = each.first; base < each.end; base++) {
      if (home.failed.has(Math.floor(base / perPage)) || each.written.has(base) || this.state.busyRange(home, base))
        continue;
      home.allowed[base] = [0];
    }
    return true;
  }

  /** A thread calls mremap(2) or munmap(2); `amid`: while commands are run. */
  startMove(amid = false): void {
    const open = this.state.regions.filter((each) => each.open);
    if (open.length === 0) return;
    const home = this.state.random.pick(open);
    // Two calls over the same memory at once are the application's own race.
    if (this.state.removals.some(({ region }) => region === home.region)) return;
    const move = this.state.moves.begin(home.placement, amid);
    if (move === undefined) return;
    const { first, end, to } = move;
    this.state.say(
      () =>
        `${to === undefined ? 'unmaps' : 'moves'} region ${home.region} page ${first}–${end} to ${to?.toString(16)}`,
    );
    if (to !== undefined) return;
    const perPage = this.state.core.pageSize / BASE_BYTES;
    for (let base = first * perPage; base < end * perPage; base++) {
      home.allowed[base] = [...(home.allowed[base] ?? []), 0];
      for (const each of this.state.running) if (each.region === home.region) each.history.get(base)?.add(0);
    }
  }

  goOnMoving(): boolean {
    return this.state.moves.goOn((region) => {
      this.state.say(() => `the move of region ${region} has returned`);
      this.#unmapped(region);
    });
  }

  // Until munmap(2) has returned, a pass may have its instant before it or after it.
  #unmapped(region: number): void {
    const home = this.state.regions.find((each) => each.region === region && each.open);
    if (home === undefined) return;
    for (let base = 0; base < home.allowed.length; base++) {
      const page = Math.floor((base * BASE_BYTES) / this.state.core.pageSize);
      if (home.placement.ofBase(base) === undefined && !this.state.moves.isLeaving(region, page))
        home.allowed[base] = [0];
    }
  }

  /** Something takes pages of a memfile out of the page table: reclaim, or another process that made them. */
  unmapSome(): void {
    const home = this.state.random.pick(this.state.regions);
    if (home?.open !== true || !home.file) return;
    const first = this.state.random.below(home.allowed.length);
    for (let base = first; base < Math.min(home.allowed.length, first + 4); base++) {
      const address = home.placement.ofBase(base);
      if (address !== undefined && this.state.kernel.pages.has(address / BASE_BYTES))
        this.state.kernel.unmapped.add(address / BASE_BYTES);
    }
  }
}
