// Messages that no kernel sends, or that are torn or changed on the way: they never stop the core nor change a page.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import { BASE_BYTES } from '../support/kernel/address-space.js';
import { audit } from '../support/sim/audit.js';
import { Random } from '../support/sim/random.js';
import { Drive, REGION_ADDRESS } from '../support/world/core-drive.js';

const PAGES = 200;
const test = suite('messages');

function filled(): Drive {
  const drive = new Drive({ limit: 32, readahead: layout.READAHEAD_SEQUENTIAL }, PAGES);
  for (let page = 0; page < PAGES; page += 2) drive.touch(page, page + 1);
  return drive;
}

function check(drive: Drive, what: string): void {
  const { core, kernel, region } = drive;
  audit(core, kernel, [{ region, address: REGION_ADDRESS, pages: PAGES, pool: true }]);
  for (let page = 0; page < PAGES; page++)
    assert.equal(drive.touch(page), page % 2 === 0 ? page + 1 : 0, `${what}: page ${page}`);
}

function put(drive: Drive, bytes: Uint8Array): void {
  const { core } = drive;
  const count = core.word(layout.MESSAGE_COUNT_AT);
  core.bytes.set(bytes, layout.MESSAGES_AT + count * layout.MESSAGE_BYTES);
  core.put(layout.MESSAGE_COUNT_AT, count + 1);
}

/** A fault as the kernel would send it. */
function fault(page: number): Uint8Array {
  const bytes = new Uint8Array(layout.MESSAGE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(layout.MESSAGE_EVENT_AT, layout.EVENT_PAGEFAULT);
  view.setBigUint64(layout.MESSAGE_ADDRESS_AT, BigInt(REGION_ADDRESS + page * BASE_BYTES), true);
  return bytes;
}

test('random bytes', () => {
  const random = new Random(1n);
  const drive = filled();
  for (let round = 0; round < 400; round++) {
    for (let i = random.between(1, layout.MESSAGE_LIMIT); i > 0; i--) {
      const bytes = Uint8Array.from({ length: layout.MESSAGE_BYTES }, () => random.below(256));
      if (random.chance(0.5))
        bytes[0] = random.pick([layout.EVENT_PAGEFAULT, layout.EVENT_FORK, layout.EVENT_REMAP, layout.EVENT_REMOVE]);
      put(drive, bytes);
    }
    drive.run();
  }
  check(drive, 'random');
});

test('faults of every kind at every address near a region', () => {
  const random = new Random(2n);
  const drive = filled();
  for (let i = 0; i < 20_000; i++) {
    const bytes = fault(random.between(-4, PAGES + 4));
    const view = new DataView(bytes.buffer);
    if (random.chance(0.5)) view.setBigUint64(layout.MESSAGE_FLAGS_AT, BigInt(random.below(16)), true);
    if (random.chance(0.2)) bytes[random.below(layout.MESSAGE_BYTES)] = random.below(256);
    // A changed event may well be a removal of what is there: that would be obeyed.
    if ([layout.EVENT_REMOVE, layout.EVENT_UNMAP, layout.EVENT_REMAP].includes(bytes[0] ?? 0)) continue;
    put(drive, bytes);
    if (random.chance(0.1) || drive.core.word(layout.MESSAGE_COUNT_AT) === layout.MESSAGE_LIMIT) drive.run();
  }
  drive.run();
  check(drive, 'faults');
});

test('events that are unknown, empty, turned round or elsewhere', () => {
  const drive = filled();
  const { core } = drive;
  const end = REGION_ADDRESS + PAGES * BASE_BYTES;
  for (let event = 0; event < 256; event++) {
    const known = [layout.EVENT_PAGEFAULT, layout.EVENT_REMOVE, layout.EVENT_UNMAP, layout.EVENT_REMAP].includes(event);
    if (!known) core.message(event, [REGION_ADDRESS, end, BASE_BYTES]);
    drive.run();
  }
  for (const event of [layout.EVENT_REMOVE, layout.EVENT_UNMAP]) {
    for (const [from, to] of [
      [REGION_ADDRESS, REGION_ADDRESS],
      [end, REGION_ADDRESS],
      [0, REGION_ADDRESS],
      [end, 2 ** 52],
      // Less than a page is not a page.
      [REGION_ADDRESS + 1, REGION_ADDRESS + BASE_BYTES],
      [REGION_ADDRESS, REGION_ADDRESS + BASE_BYTES - 1],
    ] as const) {
      core.message(event, [from, to]);
      drive.run();
    }
  }
  core.message(layout.EVENT_REMAP, [end, REGION_ADDRESS, BASE_BYTES * 10]);
  drive.run();
  check(drive, 'events');
});

test('a full ring of one fault is one fill', () => {
  const drive = filled();
  const page =
    Array.from({ length: PAGES }, (_, index) => index).find((each) => drive.state(each) === layout.PAGE_ABSENT) ?? 0;
  const missing = drive.counter(layout.COUNTER_MISSING);
  for (let i = 0; i < layout.MESSAGE_LIMIT; i++) put(drive, fault(page));
  drive.run();
  assert.equal(drive.counter(layout.COUNTER_MISSING), missing + 1);
  assert.equal(drive.counter(layout.COUNTER_COALESCED), layout.MESSAGE_LIMIT - 1);
  check(drive, 'full ring');
});

test.run();
