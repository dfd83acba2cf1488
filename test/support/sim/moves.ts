// Where the pages of a simulated region lie, and the calls of mremap(2) and munmap(2) that change it.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES, type Move } from '../kernel/address-space.js';
import type { FakeKernel } from '../kernel/fake-kernel.js';
import { type CoreMachine, regionAt } from '../world/core-machine.js';
import type { Random } from './random.js';

/** The truth about one region's addresses, page by page. */
export class Placement {
  readonly #addresses: (number | undefined)[];

  constructor(
    readonly region: number,
    readonly home: number,
    readonly pages: number,
    readonly pageSize: number,
  ) {
    this.#addresses = Array.from({ length: pages }, (_, page) => home + page * pageSize);
  }

  /** Where a page lies; undefined: nowhere. */
  of(page: number): number | undefined {
    return this.#addresses[page];
  }

  ofBase(base: number): number | undefined {
    const bytes = base * BASE_BYTES;
    const address = this.#addresses[Math.floor(bytes / this.pageSize)];
    return address === undefined ? undefined : address + (bytes % this.pageSize);
  }

  put(first: number, end: number, to: number | undefined): void {
    for (let page = first; page < end; page++) {
      this.#addresses[page] = to === undefined ? undefined : to + (page - first) * this.pageSize;
    }
  }

  isAnyUnmapped(first: number, end: number): boolean {
    return this.#addresses.slice(first, end).includes(undefined);
  }

  /** The end of the run of pages from `first` on whose addresses follow each other. */
  runEnd(first: number, most: number): number {
    let end = first + 1;
    const from = this.#addresses[first];
    if (from === undefined) return first;
    while (end < this.pages && end - first < most && this.#addresses[end] === from + (end - first) * this.pageSize)
      end++;
    return end;
  }

  holds(start: number, end: number): boolean {
    return this.#addresses.some((address) => address !== undefined && address < end && address + this.pageSize > start);
  }
}

export interface Begun {
  first: number;
  end: number;
  to: number | undefined;
}

interface Running extends Begun {
  move: Move;
  region: number;
  /** Where the pages were. */
  from: number;
}

/** Moves under way, and addresses that moves have left free. */
export class MoveBook {
  readonly #running: Running[] = [];
  #vacated: { address: number; pages: number }[] = [];

  constructor(
    readonly random: Random,
    readonly core: CoreMachine,
    readonly kernel: FakeKernel,
    readonly fresh: () => number,
  ) {}

  isUnderWay(region: number): boolean {
    return this.#running.some((each) => each.region === region);
  }

  /** Unmapped, and its event is still to be taken. */
  isLeaving(region: number, page: number): boolean {
    return this.#running.some(
      (each) => each.region === region && each.to === undefined && page >= each.first && page < each.end,
    );
  }

  /** Is any of these pages being moved or unmapped? Two calls over the same memory at once are the application's race. */
  isBusy(region: number, first: number, end: number): boolean {
    return this.#running.some((each) => each.region === region && each.first < end && each.end > first);
  }

  begin(placement: Placement, raced: boolean): Begun | undefined {
    const { random, core } = this;
    if (this.#running.length >= 2) return undefined;
    const { region, pages, pageSize } = placement;
    const extents = core.word(regionAt(region) + layout.EXTENT_COUNT_AT);
    const coming = this.#running.filter((each) => each.region === region).length * 2;
    const unmaps = random.chance(0.2);
    const whole = !unmaps && random.chance(0.3);
    const first = whole ? 0 : random.below(pages);
    const end = placement.runEnd(first, whole ? pages : random.pick([1, 1, 3, 10, 40, 300]));
    const from = placement.of(first);
    if (from === undefined || end === first || this.isBusy(region, first, end)) return undefined;
    // The core has room for so many parts; a region that moves as a whole needs none.
    const isWhole = first === 0 && end === pages;
    if (!(isWhole && !unmaps) && extents + coming + 2 > layout.EXTENT_LIMIT) return undefined;
    const to = unmaps ? undefined : this.#target(placement, first, end);
    const told = unmaps || random.chance(0.7);
    const move = this.kernel.move(from, from + (end - first) * pageSize, to, told, raced && random.chance(0.5));
    placement.put(first, end, to);
    this.#running.push({ move, region, first, end, to, from });
    return { first, end, to };
  }

  #target(placement: Placement, first: number, end: number): number {
    const { random } = this;
    const { pageSize } = placement;
    const home = placement.home + first * pageSize;
    const isHomeFree = this.#running.length === 0 && this.#free(home, end - first, pageSize, placement);
    if (isHomeFree && random.chance(0.5)) return this.#take(home, end - first, pageSize);
    const old = this.#vacated.find(({ pages }) => pages >= end - first);
    if (old !== undefined && random.chance(0.5)) return this.#take(old.address, end - first, pageSize);
    return this.fresh();
  }

  // Only what moves have left is free: what was unmapped may still be the region's in the core's eyes.
  #free(address: number, pages: number, pageSize: number, placement: Placement): boolean {
    if (placement.holds(address, address + pages * pageSize)) return false;
    return this.#vacated.some((each) => {
      return each.address <= address && address + pages * pageSize <= each.address + each.pages * pageSize;
    });
  }

  #take(address: number, pages: number, pageSize: number): number {
    const end = address + pages * pageSize;
    this.#vacated = this.#vacated.flatMap((each) => {
      const last = each.address + each.pages * pageSize;
      if (last <= address || each.address >= end) return [each];
      const rest = [];
      if (each.address < address) rest.push({ address: each.address, pages: (address - each.address) / pageSize });
      if (last > end) rest.push({ address: end, pages: (last - end) / pageSize });
      return rest;
    });
    return address;
  }

  /** One of the calling threads is scheduled; false where none has anything to do. */
  goOn(returned: (region: number) => void): boolean {
    const able = this.#running.filter(({ move }) => !move.queued || move.read);
    if (able.length === 0) return false;
    const each = this.random.pick(able);
    // The event was read, but the core takes it in its next step.
    if (!this.kernel.goOnMoving(each.move)) return true;
    this.#running.splice(this.#running.indexOf(each), 1);
    if (each.to !== undefined) this.#vacated.push({ address: each.from, pages: each.end - each.first });
    returned(each.region);
    return true;
  }
}
