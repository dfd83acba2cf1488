// One core with several regions, whose passes have sinks that take when the test says so.
import assert from 'node:assert/strict';
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken, writeToken } from '../kernel/content.js';
import { FakeKernel } from '../kernel/fake-kernel.js';
import { CoreMachine, hosts } from './core-machine.js';

export const BUFFER = 0x6800_0000_0000;
/** Bytes of the buffer that are one pass's. */
const PART = 512 * BASE_BYTES;

interface Save {
  region: number;
  page: number;
  cell: number;
  count: number;
}

/** Regions of one core, and sinks that take when the test says so. */
export class Regions {
  readonly core = new CoreMachine(
    { pageShift: 12, limit: undefined, frames: 64, scratch: 8, eviction: 0, readahead: 0 },
    0x7f00_0000_0000,
  );
  readonly kernel = new FakeKernel(this.core);
  readonly regions: number[] = [];
  /** What each region's sink was handed: the token of each page; 0: zeros. */
  readonly images = new Map<number, Map<number, number>>();
  /** Handed over, and not released. */
  readonly open: Save[] = [];

  constructor(
    count: number,
    readonly pages: number,
  ) {
    const bytes = new Uint8Array(layout.PASS_LIMIT * PART);
    this.kernel.own.buffer = { start: BUFFER, end: BUFFER + bytes.length, bytes };
    for (let each = 0; each < count; each++) this.openRegion(each);
  }

  openRegion(place: number): number {
    const address = this.#address(place);
    const region = this.core.openRegion(this.pages, address, {
      [layout.REGION_STORE_AT]: layout.STORE_FILE,
      [layout.REGION_STORE_FD_AT]: 4,
    });
    this.kernel.registerRegion(address, this.pages * BASE_BYTES);
    this.regions[place] = region;
    return region;
  }

  #address(place: number): number {
    return 0x5000_0000_0000 + place * 0x10_0000_0000;
  }

  region(place: number): number {
    return this.regions[place] ?? 0;
  }

  /** Begins a pass with so many cells; 0: there is no record for it. */
  begin(place: number, cells: number, flags = 0): number {
    const address = BUFFER + place * PART;
    return this.core.exports.beginPass(
      this.region(place),
      cells,
      address % 2 ** 32,
      Math.floor(address / 2 ** 32),
      flags,
    );
  }

  phase(place: number): number {
    return this.core.exports.passPhase(this.region(place));
  }

  /** One step, its commands, and what it asks of the sinks. */
  step(): void {
    this.core.exports.step();
    while (this.core.commanded) {
      this.kernel.execute();
      this.core.exports.settle();
    }
    this.core.takeRequests((request) => {
      assert.ok(request.kind === layout.REQUEST_SAVED);
      const { region, page, cell, count } = request;
      const image = this.images.get(region) ?? new Map<number, number>();
      this.images.set(region, image);
      const place = this.regions.indexOf(region);
      const buffer = this.kernel.own.buffer.bytes;
      for (let i = 0; i < count; i++) {
        const at = place * PART + ((cell ?? 0) + i) * BASE_BYTES;
        image.set(page + i, cell === null ? 0 : readToken(buffer.subarray(at, at + BASE_BYTES)));
      }
      if (cell !== null) this.open.push({ region, page, cell, count });
    });
  }

  steps(count: number): void {
    for (let i = 0; i < count; i++) this.step();
  }

  /** The region's sink takes all that it was handed. */
  take(place: number): void {
    const region = this.region(place);
    for (const each of this.open.filter((save) => save.region === region)) {
      this.open.splice(this.open.indexOf(each), 1);
      this.core.exports.releaseSlots(region, each.cell, each.count);
    }
  }

  /** Steps until the region's pass is in that phase, its sink taking everything. */
  reach(place: number, phase: number): void {
    for (let steps = 0; this.phase(place) !== phase; steps++) {
      assert.ok(steps < 500, `region ${place} is in phase ${this.phase(place)}, not in ${phase}`);
      this.step();
      this.take(place);
    }
  }

  /** A thread writes to a page; it blocks if the page is protected. */
  blockOn(place: number, page: number): void {
    const address = this.#address(place) + page * BASE_BYTES;
    if (this.kernel.look(address, true) === 'wp') this.kernel.fault(address, true, layout.FAULT_WP);
    this.kernel.read();
  }

  /** A thread writes to a page; false if it still waits after some steps. */
  write(place: number, page: number, token: number): boolean {
    const address = this.#address(place) + page * BASE_BYTES;
    for (let tries = 0; tries < 4 && this.kernel.look(address, true) !== 'there'; tries++) {
      const kind = this.kernel.look(address, true) === 'wp' ? layout.FAULT_WP : 0;
      const waiter = this.kernel.fault(address, true, kind);
      this.kernel.read();
      this.step();
      this.kernel.leave(waiter);
    }
    const bytes = this.kernel.bytesAt(address);
    if (bytes === undefined || this.kernel.look(address, true) !== 'there') return false;
    writeToken(bytes, token);
    return true;
  }

  image(place: number): number[] {
    return [...(this.images.get(this.region(place)) ?? new Map<number, number>())]
      .sort(([a], [b]) => a - b)
      .map(([, token]) => token);
  }

  fill(place: number, seed: number, pages = this.pages): void {
    for (let page = 0; page < pages; page++) assert.ok(this.write(place, page, seed + page));
  }
}

/** The tokens of so many pages. */
export function tokens(seed: number, pages: number): number[] {
  return Array.from({ length: pages }, (_, page) => seed + page);
}

/** Calls `test` for each host of the core: the body runs under it. */
export function onEachHost(test: (title: string, body: () => void) => void, title: string, body: () => void): void {
  for (const host of ['v8', 'native', 'both by turns'] as const) {
    test(`${title} (${host})`, () => {
      const before = hosts.next;
      hosts.next = host;
      try {
        body();
      } finally {
        hosts.next = before;
      }
    });
  }
}
