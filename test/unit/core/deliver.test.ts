// covers: assembly/
// Pages whose bytes come unasked: straight into their region where no page has to leave it, else not at all.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import type { StoreRequest } from '../../../src/core/requests.js';
import { BASE_BYTES } from '../../support/kernel/address-space.js';
import { readToken, writeToken } from '../../support/kernel/content.js';
import { EAGAIN, ENOMEM } from '../../support/kernel/errnos.js';
import { NO_MISCHIEF } from '../../support/kernel/mischief.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';

const PAGES = 100;
const BYTES_AT = 0x6800_0000_0000;
const test = suite('delivered pages');

class Receiving extends Drive {
  constructor(limit = 1000) {
    super({ limit, frames: 16 }, PAGES, layout.STORE_POOL, layout.SOURCE_ASYNC);
    const bytes = new Uint8Array(PAGES * BASE_BYTES);
    for (let page = 0; page < PAGES; page++) writeToken(bytes.subarray(page * BASE_BYTES), 1000 + page);
    this.kernel.own.buffer = { start: BYTES_AT, end: BYTES_AT + bytes.length, bytes };
  }

  /** How many of the pages the region has then. */
  deliver(first: number, count: number): number {
    const at = BYTES_AT + first * BASE_BYTES;
    const { exports } = this.core;
    const begun = exports.deliver(this.region, first, count, at % 2 ** 32, Math.floor(at / 2 ** 32));
    this.#carryOut();
    return begun === 0 ? 0 : exports.delivered(this.region, first, begun);
  }

  /** A thread touches the page and waits; returns what the loop is asked for. */
  fault(page: number): StoreRequest[] {
    this.kernel.fault(REGION_ADDRESS + page * BASE_BYTES, false);
    this.kernel.read();
    this.run();
    return this.requests();
  }

  requests(): StoreRequest[] {
    const all: StoreRequest[] = [];
    this.core.takeRequests((request) => {
      if (request.kind === layout.REQUEST_READ_SOURCE) all.push(request);
    });
    return all;
  }

  /** The loop answers with bytes of its own. */
  answer({ frame, generation }: StoreRequest, token: number): void {
    const { core } = this;
    const frames = core.number(layout.CORE_ADDRESS_AT) + core.word(layout.FRAME_DATA_AT);
    const into = this.kernel.own.writable(frames + frame * BASE_BYTES, BASE_BYTES);
    writeToken(into, token);
    core.exports.arrive(frame, generation);
    this.#carryOut();
    this.run();
  }

  #carryOut(): void {
    while (this.core.commanded) {
      this.kernel.execute();
      this.core.exports.settle();
    }
  }

  token(page: number): number | undefined {
    const bytes = this.kernel.bytesAt(REGION_ADDRESS + page * BASE_BYTES);
    return bytes === undefined ? undefined : readToken(bytes);
  }
}

test('they are in their region by one command, and the source is never asked for them', () => {
  const target = new Receiving();
  assert.equal(target.deliver(3, 50), 50);
  assert.equal(target.kernel.executed, 1);
  for (let page = 3; page < 53; page++) assert.equal(target.touch(page), 1000 + page);
  assert.deepEqual(target.requests(), []);
  assert.equal(target.state(10), layout.PAGE_DIRTY);
});

test('one that leaves is written, and comes back from the store', () => {
  const target = new Receiving();
  target.deliver(0, 20);
  assert.equal(target.operate(layout.OPERATION_EVICT, 0, PAGES).status, layout.OPERATION_DONE);
  assert.deepEqual(target.resident(), []);
  assert.equal(target.deliver(0, 20), 0, 'the store has them');
  for (let page = 0; page < 20; page++) assert.equal(target.touch(page), 1000 + page);
  assert.deepEqual(target.requests(), []);
});

test('a page that a thread waits for comes alone, and the late answer of its read changes nothing', () => {
  const target = new Receiving();
  const [asked] = target.fault(7);
  assert.ok(asked !== undefined && asked.page === 7);
  assert.equal(target.deliver(4, 8), 3, 'the pages before it');
  assert.equal(target.deliver(7, 8), 1, 'the page itself');
  assert.equal(target.token(7), 1007);
  assert.equal(target.deliver(8, 4), 4, 'the pages after it');
  assert.equal(target.core.exports.inFlight(), 1, 'its frame is in use until the answer');
  target.answer(asked, 4711);
  assert.equal(target.token(7), 1007);
  assert.equal(target.core.exports.inFlight(), 0);
});

test('a page that is there already, that was dropped, or that its source has given before is left as it is', () => {
  const target = new Receiving();
  target.deliver(0, 4);
  target.touch(2, 99);
  assert.equal(target.deliver(2, 2), 0);
  assert.equal(target.touch(2), 99);
  target.operate(layout.OPERATION_DISCARD, 2, 4);
  assert.equal(target.deliver(2, 2), 0, 'it reads as zeros from now on');
  assert.equal(target.touch(2), 0);
  const [asked] = target.fault(9);
  assert.ok(asked !== undefined);
  target.answer(asked, 5);
  target.operate(layout.OPERATION_EVICT, 9, 10);
  assert.equal(target.deliver(9, 1), 0, 'the source keeps it');
});

test('where a page would have to leave, and during a pass, nothing is taken', () => {
  const small = new Receiving(PAGES);
  assert.equal(small.deliver(0, 10), 0);
  const target = new Receiving();
  target.core.exports.beginPass(target.region, 4, BYTES_AT % 2 ** 32, Math.floor(BYTES_AT / 2 ** 32), 0);
  assert.equal(target.deliver(0, 10), 0);
  assert.deepEqual(target.resident(), []);
});

test('of pages that the kernel refuses none is lost: the source is asked for them', () => {
  const target = new Receiving();
  let left = 6;
  target.kernel.mischief = { ...NO_MISCHIEF, page: (op) => (op === layout.OP_COPY && left-- <= 0 ? ENOMEM : 0) };
  assert.equal(target.deliver(0, 10), 6);
  target.kernel.mischief = NO_MISCHIEF;
  for (let page = 0; page < 6; page++) assert.equal(target.touch(page), 1000 + page);
  for (let page = 6; page < 10; page++) {
    assert.equal(target.state(page), layout.PAGE_ABSENT);
    assert.equal(target.fault(page)[0]?.page, page);
  }
});

test('a page that a thread waits for, and that the kernel refuses while its address space changes, is asked for again', () => {
  const target = new Receiving();
  const [asked] = target.fault(3);
  assert.ok(asked !== undefined);
  target.kernel.mischief = { ...NO_MISCHIEF, page: () => EAGAIN };
  assert.equal(target.deliver(3, 1), 0);
  target.kernel.mischief = NO_MISCHIEF;
  target.run();
  const again = target.requests();
  assert.deepEqual(
    again.map(({ page }) => page),
    [3],
  );
  target.answer(asked, 1);
  assert.equal(target.token(3), undefined);
  for (const request of again) target.answer(request, 1003);
  assert.equal(target.token(3), 1003);
});

test.run();
