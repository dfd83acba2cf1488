// A core with a fake kernel and no loop: for tests that say themselves what happens next.
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken, writeToken } from '../kernel/content.js';
import { FakeKernel } from '../kernel/fake-kernel.js';
import { fileOf, TokenStore } from '../sim/tokens.js';
import { CoreMachine, type CoreOptions } from './core-machine.js';

export const REGION_ADDRESS = 0x5000_0000_0000;
const ARENA_ADDRESS = 0x6000_0000_0000;

export class Drive {
  readonly core: CoreMachine;
  readonly kernel: FakeKernel;
  readonly source = new TokenStore((base) => base + 1);
  readonly store = new TokenStore(() => 0);
  region = 0;

  constructor(
    options: Partial<CoreOptions> = {},
    pages = 1000,
    store = layout.STORE_POOL,
    source = layout.SOURCE_ZERO,
  ) {
    const whole = { pageShift: 12, limit: 64, frames: 8, scratch: 8, eviction: 0, readahead: 0, ...options };
    this.core = new CoreMachine(whole, 0x7f00_0000_0000);
    this.kernel = new FakeKernel(this.core);
    const slabs = pages + 80;
    const bytes = new Uint8Array(store === layout.STORE_POOL ? slabs * 8 * this.core.pageSize : 0);
    this.kernel.own.arena = { start: ARENA_ADDRESS, end: ARENA_ADDRESS + bytes.length, bytes };
    this.kernel.files.set(3, fileOf(this.source));
    this.kernel.files.set(4, fileOf(this.store));
    if (store === layout.STORE_POOL) this.core.exports.openPool(1, slabs, 0, ARENA_ADDRESS / 2 ** 32);
    this.region = this.core.openRegion(pages, REGION_ADDRESS, {
      [layout.REGION_SOURCE_AT]: source,
      [layout.REGION_SOURCE_FD_AT]: 3,
      [layout.REGION_SOURCE_PAGES_AT]: pages,
      [layout.REGION_STORE_AT]: store,
      [layout.REGION_STORE_FD_AT]: 4,
      [layout.REGION_POOL_AT]: 0,
    });
    this.kernel.registerRegion(REGION_ADDRESS, pages * this.core.pageSize);
  }

  run(): void {
    for (let again = 1, steps = 0; again !== 0; steps++) {
      if (steps > 1000) throw new Error('it does not come to rest');
      again = this.core.exports.step();
      while (this.core.commanded) {
        this.kernel.execute();
        this.core.exports.settle();
      }
    }
  }

  /** A thread touches a base page; the loop answers until it is there. */
  touch(base: number, token?: number): number {
    const address = REGION_ADDRESS + base * BASE_BYTES;
    for (let tries = 0; this.kernel.look(address) !== 'there'; tries++) {
      if (this.kernel.look(address) === 'poisoned') return -2;
      if (tries > 100) throw new Error(`page ${base} does not come`);
      const waiter = this.kernel.fault(address, token !== undefined);
      this.kernel.read();
      this.run();
      this.kernel.leave(waiter);
    }
    const bytes = this.kernel.bytesAt(address);
    if (bytes === undefined) throw new Error('it has gone');
    if (token !== undefined) writeToken(bytes, token);
    return readToken(bytes);
  }

  state(page: number): number {
    return this.core.exports.pageState(this.region, page);
  }

  counter(counter: number): number {
    return this.core.counter(this.region, counter);
  }

  operate(kind: number, first: number, end: number, flags = 0): { status: number; result: number } {
    const operation = this.core.exports.beginOperation(kind, this.region, first, end, flags);
    for (
      let turns = 0;
      turns < 200 && this.core.exports.operationStatus(operation) === layout.OPERATION_RUNNING;
      turns++
    ) {
      this.run();
    }
    const status = this.core.exports.operationStatus(operation);
    const { result } = this.core.operation(operation);
    this.core.exports.endOperation(operation);
    return { status, result };
  }

  /** Pages of the region that are there, in order. */
  resident(): number[] {
    const first = REGION_ADDRESS / BASE_BYTES;
    return [...this.kernel.pages.keys()].map((page) => page - first).sort((a, b) => a - b);
  }
}
