// What must not be lost or waited for without end: pinned pages, bytes on their way back, frames that nothing frees.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PASS_HOLD, PHASE_COPY, PHASE_DONE, PHASE_NONE } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { BASE_BYTES } from '../../support/kernel/address-space.js';
import { EAGAIN, EIO } from '../../support/kernel/errnos.js';
import { NO_MISCHIEF } from '../../support/kernel/mischief.js';
import { Drive, REGION_ADDRESS } from '../../support/world/core-drive.js';

const test = suite('kept');
const PATIENCE = 1_000_000_000;
const TURN = 5_000_000;

function isResident(state: number): boolean {
  return state === layout.PAGE_CLEAN || state === layout.PAGE_DIRTY;
}

/** Turns of the loop, 5 ms apart, until `ended` says so; false where it never does. */
function turns(drive: Drive, most: number, ended: () => boolean): boolean {
  for (let i = 0; i < most && !ended(); i++) {
    drive.kernel.pass(TURN);
    drive.run();
  }
  return ended();
}

/** A drive whose store takes nothing, and whose frames and limit are full of pages that would have to be written. */
function stuffed(): Drive {
  const drive = new Drive({ limit: 24, frames: 8 }, 200, layout.STORE_FILE, layout.SOURCE_FILE);
  drive.core.u64[layout.PATIENCE_AT >> 3] = BigInt(PATIENCE);
  drive.kernel.mischief = { ...NO_MISCHIEF, file: (_, write) => (write ? EIO : 0) };
  for (let page = 0; page < 24; page++) {
    const address = REGION_ADDRESS + page * BASE_BYTES;
    const waiter = drive.kernel.fault(address, true);
    drive.kernel.read();
    drive.run();
    drive.kernel.leave(waiter);
    const bytes = drive.kernel.bytesAt(address);
    if (bytes !== undefined) bytes[0] = 0xff;
  }
  const evict = drive.core.exports.beginOperation(layout.OPERATION_EVICT, drive.region, 0, 24, 0);
  turns(drive, 20, () => drive.core.exports.operationStatus(evict) !== layout.OPERATION_RUNNING);
  drive.core.exports.endOperation(evict);
  assert.notEqual(drive.core.word(layout.WRITE_ERRNO_AT), 0, 'writes fail');
  return drive;
}

test('while writes are paused there is an error, also after a page that the store took: the loop comes back for that', () => {
  const drive = new Drive({ limit: 64, frames: 8 }, 100, layout.STORE_FILE);
  for (const page of [0, 1, 3, 4]) drive.touch(page, page + 1);
  let writes = 0;
  drive.kernel.mischief = { ...NO_MISCHIEF, file: (_, write) => (write && writes++ === 0 ? EIO : 0) };
  assert.equal(drive.operate(layout.OPERATION_FLUSH, 0, 5).status, layout.OPERATION_FAILED);
  assert.ok(writes > 1, `${writes} writes`);
  assert.ok(drive.core.long(layout.WRITE_PAUSE_AT) > drive.core.long(layout.NOW_AT), 'writes are paused');
  assert.notEqual(drive.core.word(layout.WRITE_ERRNO_AT), 0);
  drive.kernel.pass(TURN);
  drive.touch(0, 7);
  assert.equal(drive.operate(layout.OPERATION_FLUSH, 0, 5).status, layout.OPERATION_DONE);
  assert.equal(drive.core.word(layout.WRITE_ERRNO_AT), 0);
});

test('an eviction beside a flush leaves pinned pages that the flush has moved out to the flush', () => {
  const drive = new Drive({ limit: 64, frames: 8, scratch: 1 }, 100, layout.STORE_FILE, layout.SOURCE_FILE);
  const pages = 12;
  assert.equal(drive.operate(layout.OPERATION_LOAD, 0, pages, layout.OPERATION_PIN).status, layout.OPERATION_DONE);
  const { beginOperation, operationStatus, endOperation } = drive.core.exports;
  // The eviction gets the place before the flush: it comes first to what the flush has moved out.
  const place = beginOperation(layout.OPERATION_LOAD, drive.region, 0, 1, 0);
  const flush = beginOperation(layout.OPERATION_FLUSH, drive.region, 0, pages, 0);
  endOperation(place);
  drive.core.exports.step();
  drive.kernel.execute();
  drive.core.exports.settle();
  assert.equal(drive.state(0), layout.PAGE_STAGED);
  const evict = beginOperation(layout.OPERATION_EVICT, drive.region, 0, pages, 0);
  assert.ok(evict < flush);
  const isOver = () => [flush, evict].every((each) => operationStatus(each) === layout.OPERATION_DONE);
  assert.ok(turns(drive, 200, isOver));
  for (let page = 0; page < pages; page++) assert.ok(isResident(drive.state(page)), `page ${page} is in its region`);
});

test('a page whose return from staging the kernel refuses is not zeros once its region is closed', () => {
  const drive = new Drive({ limit: 16, frames: 8 }, 100, layout.STORE_FILE);
  let page = 0;
  for (; drive.state(0) !== layout.PAGE_STAGED; page++) drive.touch(page, page + 1);
  drive.kernel.mischief = { ...NO_MISCHIEF, page: (op) => (op === layout.OP_POISON ? 0 : EAGAIN) };
  const waiter = drive.kernel.fault(REGION_ADDRESS, false);
  drive.kernel.read();
  drive.core.exports.step();
  drive.kernel.execute();
  drive.core.exports.settle();
  assert.equal(drive.state(0), layout.PAGE_FILLING);
  while (drive.core.exports.closeRegion(drive.region) === 0) drive.kernel.execute();
  drive.kernel.execute();
  drive.kernel.leave(waiter);
  assert.equal(drive.kernel.look(REGION_ADDRESS), 'poisoned');
});

test('a flush takes no page away while writes are paused: a thread that touches it would never get it', () => {
  const drive = stuffed();
  drive.kernel.pass(60 * PATIENCE);
  const waiter = drive.kernel.fault(REGION_ADDRESS, false);
  drive.kernel.read();
  drive.run();
  drive.kernel.leave(waiter);
  assert.ok(isResident(drive.state(0)));
  drive.core.u64[layout.WRITE_PAUSE_AT >> 3] = BigInt(drive.kernel.now + PATIENCE);
  const flush = drive.core.exports.beginOperation(layout.OPERATION_FLUSH, drive.region, 0, 1, 0);
  for (let turn = 0; turn < 10; turn++) {
    drive.run();
    assert.ok(isResident(drive.state(0)), 'it stays where threads find it');
  }
  drive.core.exports.endOperation(flush);
});

test('a load that lacks a frame, since no page can be written, fails after the patience', () => {
  const drive = stuffed();
  const { beginOperation, operationStatus } = drive.core.exports;
  const load = beginOperation(layout.OPERATION_LOAD, drive.region, 100, 110, 0);
  const began = drive.kernel.now;
  assert.ok(turns(drive, 1000, () => operationStatus(load) !== layout.OPERATION_RUNNING));
  assert.equal(operationStatus(load), layout.OPERATION_FAILED);
  assert.ok(drive.kernel.now - began >= PATIENCE);
  assert.equal(drive.state(100), layout.PAGE_ABSENT, 'the next load, or touch, tries again');
});

test('a pass that lacks a frame, since no page can be written, fails after the patience and says why', () => {
  const drive = stuffed();
  const { exports } = drive.core;
  const bytes = new Uint8Array(256 * BASE_BYTES);
  drive.kernel.own.buffer = { start: 0x6800_0000_0000, end: 0x6800_0000_0000 + bytes.length, bytes };
  const began = drive.kernel.now;
  exports.beginPass(drive.region, 256, 0, 0x6800, 0);
  const phase = () => exports.passPhase(drive.region);
  assert.ok(
    turns(drive, 1000, () => phase() === 5),
    `it ends in phase ${phase()}`,
  );
  assert.equal(exports.passFailedCause(drive.region), layout.CAUSE_NO_FRAME);
  assert.equal(exports.passFailedErrno(drive.region), EIO);
  assert.ok(drive.kernel.now - began >= PATIENCE);
});

test('a page that turns out to be zeros does not come into a region that is held, for any request', () => {
  const drive = new Drive({ limit: 64 }, 100, layout.STORE_FILE);
  const { exports } = drive.core;
  const bytes = new Uint8Array(BASE_BYTES);
  drive.kernel.own.buffer = { start: 0x6800_0000_0000, end: 0x6800_0000_0000 + bytes.length, bytes };
  for (let page = 0; page < 5; page++) drive.touch(page, page + 1);
  drive.touch(5, 0);
  // The sink keeps the only slot: page 0 is saved, the others wait.
  exports.beginPass(drive.region, 1, 0, 0x6800, 4);
  assert.ok(turns(drive, 20, () => exports.passTaken(drive.region) === 1));
  assert.equal(drive.operate(layout.OPERATION_EVICT, 5, 6).status, layout.OPERATION_DONE);
  assert.ok(!isResident(drive.state(5)));
  const load = exports.beginOperation(layout.OPERATION_LOAD, drive.region, 5, 6, 0);
  const waiter = drive.kernel.fault(REGION_ADDRESS + 5 * BASE_BYTES, true);
  drive.kernel.read();
  turns(drive, 20, () => false);
  assert.ok(!isResident(drive.state(5)), 'nobody may write to it before the region is released');
  exports.endOperation(load);
  drive.kernel.leave(waiter);
});

test('a load of a region that is held takes no frame that its pass needs', () => {
  const drive = new Drive({ limit: 8, frames: 64 }, 400, layout.STORE_FILE, layout.SOURCE_FILE);
  const { core, region } = drive;
  const { exports } = core;
  core.u64[layout.PATIENCE_AT >> 3] = BigInt(PATIENCE);
  const bytes = new Uint8Array(16 * BASE_BYTES);
  drive.kernel.own.buffer = { start: 0x6800_0000_0000, end: 0x6800_0000_0000 + bytes.length, bytes };
  exports.beginPass(region, 2, 0, 0x6800, PASS_HOLD);
  assert.ok(turns(drive, 20, () => exports.passPhase(region) === PHASE_COPY));
  // Pages far from those that the pass comes to next: they would fill the limit, and stay in their frames.
  const load = exports.beginOperation(layout.OPERATION_LOAD, region, 200, 206, 0);
  turns(drive, 20, () => false);
  const saved = new Set<number>();
  const ended = turns(drive, 2000, () => {
    core.takeRequests((request) => {
      assert.ok(request.kind === layout.REQUEST_SAVED && request.cell !== null);
      for (let i = 0; i < request.count; i++) saved.add(request.page + i);
      exports.releaseSlots(region, request.cell, request.count);
    });
    return exports.passPhase(region) !== PHASE_COPY;
  });
  assert.ok(ended, `${saved.size} pages are saved`);
  assert.equal(exports.passPhase(region), PHASE_DONE);
  assert.equal(saved.size, 400);
  assert.equal(exports.operationStatus(load), layout.OPERATION_RUNNING);
  exports.endPass(region);
  exports.releaseHeld(region);
  assert.ok(
    turns(drive, 200, () => exports.operationStatus(load) === layout.OPERATION_DONE),
    'the load gets on',
  );
  exports.endOperation(load);
});

test('a region that is closed while it is held holds up no region that has its number next', () => {
  const drive = new Drive({ limit: 64 }, 100, layout.STORE_FILE);
  const { core, region } = drive;
  const bytes = new Uint8Array(16 * BASE_BYTES);
  drive.kernel.own.buffer = { start: 0x6800_0000_0000, end: 0x6800_0000_0000 + bytes.length, bytes };
  drive.touch(0, 1);
  core.exports.beginPass(region, 16, 0, 0x6800, PASS_HOLD);
  assert.ok(turns(drive, 20, () => core.exports.passPhase(region) === PHASE_DONE));
  core.exports.endPass(region);
  assert.equal(core.exports.passPhase(region), PHASE_NONE);
  while (core.exports.closeRegion(region) === 0) drive.kernel.execute();
  drive.run();
  core.exports.freeRegion(region);
  for (const page of [...drive.kernel.pages.keys()]) drive.kernel.forget(page * BASE_BYTES);
  drive.kernel.poisoned.clear();
  drive.region = core.openRegion(100, REGION_ADDRESS, {
    [layout.REGION_STORE_AT]: layout.STORE_FILE,
    [layout.REGION_STORE_FD_AT]: 4,
  });
  assert.equal(drive.region, region);
  drive.touch(3, 4);
  assert.ok(isResident(drive.state(3)));
});

test.run();
