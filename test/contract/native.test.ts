// What a command does, said once and held by all: the simulated kernel, and the real one through the addon, with anonymous
// memory, with a memfile, and without userfaultfd.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { DIGEST_KNOWN_SHIFT, FLAG_DIGEST, FLAG_EXPECT, FLAG_LINK } from '../../assembly/codes.js';
import * as layout from '../../assembly/layout.js';
import { native } from '../../src/native/native.js';
import { BASE_BYTES } from '../support/kernel/address-space.js';
import { FakeKernel } from '../support/kernel/fake-kernel.js';
import { skipUnless } from '../support/skip.js';
import { CoreMachine } from '../support/world/core-machine.js';

const PAGES = 64;
const REGION = 1;
const FRAMES = 32;
const EEXIST = 17;
const ENOENT = 2;
const EBADF = 9;
const EILSEQ = 84;
const ENODATA = 61;
const EIO_MISSING_FD = 4095;

interface Command {
  op: number;
  flags?: number;
  target?: number;
  source?: number;
  length?: number;
  count?: number;
  frame?: number;
  fd?: number;
  /** Bytes that a file must have; all, unless it is said. */
  needed?: number;
}

interface Outcome {
  outcome: number;
  errno: number;
  done: number;
}

/** An engine, a registered region of absent pages, an arena that is plain memory, and a file. */
interface Machine {
  core: CoreMachine;
  region: number;
  arena: number;
  fd: number;
  execute(): void;
  /** Only of a page that is there. */
  region8(page: number): Uint8Array;
  arena8(): Uint8Array;
  fileBytes(): Uint8Array;
  /** The number of a file that has so many first bytes of the file, then so many of them again, and so on; until `separate`. */
  join(bytes: readonly number[]): number;
  separate(joined: number): void;
  there(page: number): boolean;
  /** For a present page: whether a write to it is reported. */
  guarded(page: number): boolean;
  /** Whether pages move between region and frames with their memory; where not, they are copied. */
  moves: boolean;
  /** On a memfile the kernel fills a poisoned page as if it were absent (Linux 6.18); the core never asks for it. */
  fillsPoisoned: boolean;
  end(): void;
}

const options = { pageShift: 12, limit: undefined, frames: FRAMES, scratch: 4, eviction: 0, readahead: 0 };

function fake(): Machine {
  const core = new CoreMachine(options, 0x7f00_0000_0000);
  const kernel = new FakeKernel(core);
  const [region, arena] = [0x5000_0000_0000, 0x6000_0000_0000];
  kernel.registerRegion(region, PAGES * BASE_BYTES);
  kernel.own.arena = { start: arena, end: arena + 2 ** 20, bytes: new Uint8Array(2 ** 20) };
  const content = new Uint8Array(64 * BASE_BYTES);
  content.set(fileStart());
  let length = fileStart().length;
  kernel.files.set(9, {
    read: (offset, into) => {
      into.fill(0);
      into.set(content.subarray(offset, Math.max(offset, Math.min(length, offset + into.length))));
    },
    write: (offset, from) => {
      content.set(from, offset);
      length = Math.max(length, offset + from.length);
    },
    get length() {
      return length;
    },
  });
  kernel.mischief = { ...kernel.mischief, file: (fd) => (kernel.files.has(fd) ? 0 : 9) };
  return {
    core,
    region,
    arena,
    fd: 9,
    execute: () => void kernel.execute(),
    region8: (page) => kernel.bytesAt(region + page * BASE_BYTES) ?? assert.fail(`page ${page} is absent`),
    arena8: () => kernel.own.arena.bytes,
    fileBytes: () => content.slice(0, length),
    join: (sizes) => {
      const bytes = Buffer.concat(sizes.map((size) => content.subarray(0, size)));
      const read = (offset: number, into: Uint8Array) => {
        into.set(bytes.subarray(offset, offset + into.length));
      };
      kernel.files.set(10, { read, write: () => assert.fail('written'), length: bytes.length });
      return 10;
    },
    separate: (joined) => void kernel.files.delete(joined),
    there: (page) => kernel.look(region + page * BASE_BYTES) === 'there',
    guarded: (page) => kernel.look(region + page * BASE_BYTES, true) === 'wp',
    moves: true,
    fillsPoisoned: false,
    end: () => {},
  };
}

function fileStart(): Uint8Array {
  return Uint8Array.from({ length: BASE_BYTES * 3 + 100 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

type Kind = 'anonymous' | 'file' | 'trap';

function real(kind: Kind): Machine {
  const addon = native();
  assert.equal(addon.checkLz4(), null);
  const core = new CoreMachine(options, 0);
  const engine = new addon.Engine(core.bytes, kind === 'trap' ? 2 * PAGES : 0, false);
  core.put(layout.COPY_PAGES_AT, 16);
  // The memory begins at a page, so the frames lie where `begin` put them for the address 0.
  const { frames } = options;
  engine.registerFrames(core.word(layout.FRAME_DATA_AT), frames * BASE_BYTES);
  const bytes = PAGES * BASE_BYTES;
  const memory = kind === 'anonymous' ? -1 : addon.createMemfd('farpage-contract', bytes, false);
  const regionAt = memory < 0 ? addon.mapMemory(bytes) : addon.mapFile(memory, bytes, 0n, 0);
  const arenaAt = addon.mapMemory(2 ** 20);
  engine.registerRegion(REGION, regionAt, bytes, memory, false);
  const region = new Uint8Array(addon.viewOf(regionAt, PAGES * BASE_BYTES));
  const arena = new Uint8Array(addon.viewOf(arenaAt, 2 ** 20));
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-native-'));
  const file = path.join(folder, 'file');
  writeFileSync(file, fileStart());
  const fd = openSync(file, 'r+');
  return {
    core,
    region: Number(regionAt),
    arena: Number(arenaAt),
    fd,
    execute: () => engine.execute(),
    region8: (page) => region.subarray(page * BASE_BYTES, (page + 1) * BASE_BYTES),
    arena8: () => arena,
    fileBytes: () => readFileSync(file),
    join: (bytes) =>
      addon.joinFiles(
        bytes.map(() => fd),
        Float64Array.from(bytes),
      ),
    separate: (joined) => addon.separateFiles(joined),
    there: (page) => (kind === 'trap' ? isAccessible : isMapped)(Number(regionAt) + page * BASE_BYTES),
    guarded: (page) => (kind === 'trap' ? isReadOnly : isProtected)(Number(regionAt) + page * BASE_BYTES),
    moves: kind === 'anonymous',
    fillsPoisoned: kind === 'file',
    end: () => {
      closeSync(fd);
      rmSync(folder, { recursive: true });
      engine.unregisterRegion(REGION);
      engine.close();
      if (memory >= 0) closeSync(memory);
    },
  };
}

/** By /proc/self/maps: what a trap lets through can be read. By /proc/self/pagemap: bit 58 is 'has a guard marker'. */
function isAccessible(address: number): boolean {
  return accessTo(address).startsWith('r') && (lastByte(address) & 0x04) === 0;
}

function isReadOnly(address: number): boolean {
  return accessTo(address) === 'r-';
}

function accessTo(address: number): string {
  for (const line of readFileSync('/proc/self/maps', 'latin1').split('\n')) {
    const [, from = '0', to = '0', may = ''] = /^([0-9a-f]+)-([0-9a-f]+) (..)/.exec(line) ?? [];
    if (address >= Number.parseInt(from, 16) && address < Number.parseInt(to, 16)) return may;
  }
  return '';
}

/** By /proc/self/pagemap: bit 63 is 'present'. */
function isMapped(address: number): boolean {
  return (lastByte(address) & 0x80) !== 0;
}

/** Bit 57 is 'write-protected by userfaultfd'. */
function isProtected(address: number): boolean {
  return (lastByte(address) & 0x82) === 0x82;
}

function lastByte(address: number): number {
  const entry = Buffer.alloc(8);
  const fd = openSync('/proc/self/pagemap', 'r');
  try {
    readSync(fd, entry, 0, 8, (address / BASE_BYTES) * 8);
  } finally {
    closeSync(fd);
  }
  return entry[7] ?? 0;
}

/** Commands that say how many bytes a file must have. */
const READS: ReadonlySet<number> = new Set([layout.OP_READ_FILE, layout.OP_FEED, layout.OP_MATCH]);

function run(machine: Machine, commands: readonly Command[]): Outcome[] {
  const { core } = machine;
  const head = core.word(layout.COMMAND_HEAD_AT);
  const places = commands.map((command, index) => {
    const at = layout.COMMANDS_AT + ((head + index) & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
    core.bytes.fill(0, at, at + layout.COMMAND_BYTES);
    core.put(at, command.op | ((command.flags ?? 0) << 8));
    core.u64[(at + layout.COMMAND_TARGET_AT) / 8] = BigInt(command.target ?? 0);
    core.u64[(at + layout.COMMAND_SOURCE_AT) / 8] = BigInt(command.source ?? 0);
    core.u64[(at + layout.COMMAND_LENGTH_AT) / 8] = BigInt(command.length ?? 0);
    core.put(at + layout.COMMAND_COUNT_AT, command.count ?? 0);
    core.put(at + layout.COMMAND_FRAME_AT, command.frame ?? 0);
    core.put(at + layout.COMMAND_FD_AT, command.fd ?? 0);
    if (READS.has(command.op)) {
      core.u64[(at + layout.COMMAND_NEEDED_AT) / 8] = BigInt(command.needed ?? command.length ?? 0);
    }
    core.put(at + layout.COMMAND_PURPOSE_AT, layout.PURPOSE_NONE);
    const page = [command.target, command.source]
      .map((address = 0) => (address - machine.region) / BASE_BYTES)
      .find((number) => number >= 0 && number < PAGES);
    core.put(at + layout.COMMAND_REGION_AT, REGION);
    core.put(at + layout.COMMAND_PAGE_AT, page ?? 0);
    return at;
  });
  core.put(layout.COMMAND_HEAD_AT, head + commands.length);
  machine.execute();
  assert.equal(core.word(layout.COMMAND_DONE_AT), head + commands.length);
  core.put(layout.COMMAND_SETTLED_AT, head + commands.length);
  return places.map((at) => ({
    outcome: core.word(at) >>> 16,
    errno: core.word(at + layout.COMMAND_ERRNO_AT),
    done: Number(BigInt.asIntN(64, core.long(at + layout.COMMAND_BYTES_DONE_AT))),
  }));
}

const one = (machine: Machine, command: Command) => run(machine, [command])[0] ?? assert.fail('no outcome');
const { OUTCOME_DONE, OUTCOME_PRESENT, OUTCOME_GONE, OUTCOME_SKIPPED, OUTCOME_FAILED, OUTCOME_NO_FIT } = layout;

function contract(name: string, make: () => Machine, can: boolean): void {
  const plain = suite(name);
  const test = skipUnless(plain, can, 'no userfaultfd');
  let machine: Machine;
  const frameAt = (frame: number) => machine.core.number(layout.CORE_ADDRESS_AT) + machine.core.frameOffset(frame);
  const pageAt = (page: number) => machine.region + page * BASE_BYTES;
  const frameBytes = (frame: number) =>
    machine.core.bytes.slice(machine.core.frameOffset(frame), machine.core.frameOffset(frame) + BASE_BYTES);
  /** Puts bytes into a frame by way of the arena, as a command does. */
  const put = (frame: number, byte: number) => {
    machine.arena8().fill(byte, 0, BASE_BYTES);
    const copied = one(machine, {
      op: layout.OP_COPY_BYTES,
      target: frameAt(frame),
      source: machine.arena,
      length: BASE_BYTES,
    });
    assert.equal(copied.outcome, OUTCOME_DONE);
  };
  const check = (what: string, body: () => void) =>
    test(what, () => {
      machine = make();
      try {
        body();
      } finally {
        machine.end();
      }
    });

  check('COPY fills, and the frame keeps its bytes; again it is PRESENT', () => {
    put(0, 7);
    const copy = { op: layout.OP_COPY, target: pageAt(3), source: frameAt(0), length: BASE_BYTES };
    assert.deepEqual(one(machine, copy), { outcome: OUTCOME_DONE, errno: 0, done: BASE_BYTES });
    assert.ok(machine.region8(3).every((byte) => byte === 7));
    assert.deepEqual(one(machine, copy), { outcome: OUTCOME_PRESENT, errno: EEXIST, done: 0 });
    assert.ok(machine.there(3) && !machine.there(4));
  });

  check('ZEROPAGE maps zeros', () => {
    assert.equal(
      one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(0), length: 2 * BASE_BYTES }).done,
      2 * BASE_BYTES,
    );
    assert.ok(machine.region8(1).every((byte) => byte === 0));
    assert.equal(
      one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(1), length: BASE_BYTES }).outcome,
      OUTCOME_PRESENT,
    );
  });

  check('a run stops at the page that is there: bytes done, then PRESENT', () => {
    for (let frame = 0; frame < 4; frame++) put(frame, frame + 1);
    one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(2), length: BASE_BYTES });
    for (const op of [layout.OP_COPY, layout.OP_MOVE]) {
      const first = op === layout.OP_COPY ? 0 : 10;
      if (first > 0) one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(first + 2), length: BASE_BYTES });
      const ran = one(machine, { op, target: pageAt(first), source: frameAt(0), length: 4 * BASE_BYTES });
      assert.deepEqual(ran, { outcome: OUTCOME_PRESENT, errno: EEXIST, done: 2 * BASE_BYTES });
      assert.equal(machine.region8(first + 1)[5], 2);
      assert.ok(!machine.there(first + 3));
    }
  });

  check('MOVE takes a page’s memory to a frame and back; a hole is GONE', () => {
    put(0, 9);
    assert.equal(
      one(machine, { op: layout.OP_MOVE, target: pageAt(5), source: frameAt(0), length: BASE_BYTES }).outcome,
      OUTCOME_DONE,
    );
    assert.ok(machine.region8(5).every((byte) => byte === 9));
    if (machine.moves) {
      const gone = one(machine, { op: layout.OP_MOVE, target: pageAt(6), source: frameAt(0), length: BASE_BYTES });
      assert.deepEqual(gone, { outcome: OUTCOME_GONE, errno: ENOENT, done: 0 });
    } else {
      assert.ok(
        frameBytes(0).every((byte) => byte === 0),
        'the frame’s memory has been given back',
      );
    }
    assert.equal(
      one(machine, { op: layout.OP_TAKE, target: frameAt(1), source: pageAt(5), length: BASE_BYTES }).outcome,
      OUTCOME_DONE,
    );
    assert.ok(!machine.there(5));
    const back = one(machine, {
      op: layout.OP_COPY_BYTES,
      target: machine.arena,
      source: frameAt(1),
      length: BASE_BYTES,
    });
    assert.equal(back.outcome, OUTCOME_DONE);
    assert.ok(
      machine
        .arena8()
        .subarray(0, BASE_BYTES)
        .every((byte) => byte === 9),
    );
    if (!machine.moves) return;
    assert.equal(
      one(machine, { op: layout.OP_TAKE, target: frameAt(2), source: pageAt(5), length: BASE_BYTES }).outcome,
      OUTCOME_GONE,
    );
  });

  check('pages go into memory of another protection as well', () => {
    for (const frame of [0, 1]) put(frame, 5 + frame);
    assert.equal(one(machine, { op: layout.OP_SEAL, target: pageAt(9), length: 2 * BASE_BYTES }).outcome, OUTCOME_DONE);
    const move = { op: layout.OP_MOVE, target: pageAt(9), source: frameAt(0), length: 2 * BASE_BYTES };
    assert.deepEqual(one(machine, move), { outcome: OUTCOME_DONE, errno: 0, done: 2 * BASE_BYTES });
    if (machine.moves)
      assert.ok(
        frameBytes(1).every((byte) => byte === 0),
        'the frame’s memory has gone along, or been given back',
      );
  });

  check('runs longer than a batch of copies go out and come back whole', () => {
    const pages = FRAMES - 4;
    for (let frame = 0; frame < pages; frame++) put(frame, frame + 1);
    const length = pages * BASE_BYTES;
    const back = { op: layout.OP_MOVE, target: pageAt(8), source: frameAt(0), length };
    assert.deepEqual(one(machine, back), { outcome: OUTCOME_DONE, errno: 0, done: length });
    const out = { op: layout.OP_TAKE, target: frameAt(0), source: pageAt(8), length };
    assert.deepEqual(one(machine, out), { outcome: OUTCOME_DONE, errno: 0, done: length });
    assert.ok(!machine.there(8) && !machine.there(8 + pages - 1));
    for (let frame = 0; frame < pages; frame++) assert.ok(frameBytes(frame).every((byte) => byte === frame + 1));
    assert.equal(one(machine, back).outcome, OUTCOME_DONE);
    for (let frame = 0; frame < pages; frame++) assert.equal(machine.region8(8 + frame)[99], frame + 1);
  });

  check('MOVE into a frame that has memory is PRESENT, after VACATE it is not', () => {
    put(0, 1);
    put(1, 2);
    one(machine, { op: layout.OP_MOVE, target: pageAt(0), source: frameAt(0), length: BASE_BYTES });
    const victim = { op: layout.OP_TAKE, target: frameAt(1), source: pageAt(0), length: BASE_BYTES };
    if (machine.moves) assert.equal(one(machine, victim).outcome, OUTCOME_PRESENT);
    assert.equal(
      one(machine, { op: layout.OP_VACATE, target: frameAt(1), length: BASE_BYTES, count: 1, frame: 1 }).outcome,
      OUTCOME_DONE,
    );
    assert.equal(one(machine, victim).outcome, OUTCOME_DONE);
    assert.ok(frameBytes(1).every((byte) => byte === 1));
  });

  check('an address that is not registered is GONE', () => {
    put(0, 1);
    const copy = one(machine, {
      op: layout.OP_COPY,
      target: machine.arena + 2 ** 19,
      source: frameAt(0),
      length: BASE_BYTES,
    });
    assert.deepEqual(copy, { outcome: OUTCOME_GONE, errno: ENOENT, done: 0 });
  });

  check('WAKE and POISON: nobody waits, and what is poisoned cannot be filled', () => {
    assert.equal(one(machine, { op: layout.OP_WAKE, target: pageAt(0), length: BASE_BYTES }).outcome, OUTCOME_DONE);
    assert.equal(one(machine, { op: layout.OP_POISON, target: pageAt(0), length: BASE_BYTES }).outcome, OUTCOME_DONE);
    assert.equal(
      one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(0), length: BASE_BYTES }).outcome,
      machine.fillsPoisoned ? OUTCOME_DONE : OUTCOME_PRESENT,
    );
    // A page that is there stays, and those around it are poisoned.
    one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(2), length: BASE_BYTES });
    assert.equal(
      one(machine, { op: layout.OP_POISON, target: pageAt(1), length: 3 * BASE_BYTES }).outcome,
      OUTCOME_DONE,
    );
    assert.ok(machine.region8(2).every((byte) => byte === 0));
    if (!machine.fillsPoisoned) {
      const after = one(machine, { op: layout.OP_ZEROPAGE, target: pageAt(3), length: BASE_BYTES });
      assert.equal(after.outcome, OUTCOME_PRESENT);
    }
  });

  check('a chain ends at the first that is not DONE; the next without the flag runs again', () => {
    const zero = (page: number, flags = 0) => ({
      op: layout.OP_ZEROPAGE,
      flags,
      target: pageAt(page),
      length: BASE_BYTES,
    });
    const link = FLAG_LINK;
    const ran = run(machine, [
      zero(0),
      zero(1, link),
      zero(1, link),
      zero(2, link),
      zero(3, link),
      zero(4),
      zero(5, link),
    ]);
    assert.deepEqual(
      ran.map(({ outcome }) => outcome),
      [OUTCOME_DONE, OUTCOME_DONE, OUTCOME_PRESENT, OUTCOME_SKIPPED, OUTCOME_SKIPPED, OUTCOME_DONE, OUTCOME_DONE],
    );
    assert.ok(!machine.there(2) && machine.there(5));
  });

  check('files: read, zeros after what must be there, write, no descriptor', () => {
    const read = (offset: number, length: number, fd = machine.fd, needed = length) =>
      one(machine, { op: layout.OP_READ_FILE, target: frameAt(0), source: offset, length, fd, count: 1, needed });
    assert.deepEqual(read(BASE_BYTES, BASE_BYTES), { outcome: OUTCOME_DONE, errno: 0, done: BASE_BYTES });
    assert.deepEqual(frameBytes(0), fileStart().slice(BASE_BYTES, 2 * BASE_BYTES));
    put(0, 0x11);
    assert.deepEqual(read(3 * BASE_BYTES, BASE_BYTES, machine.fd, 100), { outcome: OUTCOME_DONE, errno: 0, done: 100 });
    const last = frameBytes(0);
    assert.deepEqual(last.subarray(0, 100), fileStart().subarray(3 * BASE_BYTES));
    assert.ok(last.subarray(100).every((byte) => byte === 0));
    put(0, 0x11);
    assert.equal(read(40 * BASE_BYTES, BASE_BYTES, machine.fd, 0).outcome, OUTCOME_DONE);
    assert.ok(frameBytes(0).every((byte) => byte === 0));
    put(0, 0x55);
    const write = { op: layout.OP_WRITE_FILE, target: frameAt(0), source: 8 * BASE_BYTES, length: BASE_BYTES };
    assert.equal(one(machine, { ...write, fd: machine.fd }).outcome, OUTCOME_DONE);
    assert.ok(
      machine
        .fileBytes()
        .subarray(8 * BASE_BYTES)
        .every((byte) => byte === 0x55),
    );
    for (const failed of [one(machine, { ...write, fd: EIO_MISSING_FD }), read(0, BASE_BYTES, EIO_MISSING_FD)]) {
      assert.equal(failed.outcome, OUTCOME_FAILED);
      assert.equal(failed.done, -1);
      assert.notEqual(failed.errno, 0);
    }
  });

  check('a file that is shorter than it must be is ENODATA, never zeros', () => {
    const read = { op: layout.OP_READ_FILE, target: frameAt(0), fd: machine.fd, count: 2 };
    for (const [page, needed] of [
      [2, 2 * BASE_BYTES],
      [3, 101],
      [40, 1],
    ] as const) {
      const short = one(machine, { ...read, source: page * BASE_BYTES, length: 2 * BASE_BYTES, needed });
      assert.deepEqual(short, { outcome: OUTCOME_FAILED, errno: ENODATA, done: -1 });
    }
  });

  check('pages of a file are fed: read into frames and installed, zeros after what must be there', () => {
    const needed = fileStart().length - 2 * BASE_BYTES;
    const fed = one(machine, {
      op: layout.OP_FEED,
      target: pageAt(3),
      source: 2 * BASE_BYTES,
      length: 3 * BASE_BYTES,
      fd: machine.fd,
      count: 3,
      needed,
    });
    assert.deepEqual(fed, { outcome: OUTCOME_DONE, errno: 0, done: 3 * BASE_BYTES });
    assert.deepEqual([3, 4, 5].map(machine.there), [true, true, true]);
    const bytes = Buffer.concat([3, 4, 5].map((page) => machine.region8(page)));
    assert.deepEqual(new Uint8Array(bytes.subarray(0, needed)), new Uint8Array(fileStart().subarray(2 * BASE_BYTES)));
    assert.ok(bytes.subarray(needed).every((byte) => byte === 0));
  });

  check('files that are joined are read as one, each from its start on, and no further than they are joined', () => {
    const { fd } = machine;
    const joined = machine.join([2 * BASE_BYTES, BASE_BYTES, 0, 2 * BASE_BYTES]);
    const start = Buffer.from(fileStart());
    const pages = [0, 1, 0, 0, 1].map((page) => start.subarray(page * BASE_BYTES, (page + 1) * BASE_BYTES));
    const read = { op: layout.OP_READ_FILE, target: frameAt(0), length: 4 * BASE_BYTES, fd: joined, count: 4 };
    assert.deepEqual(one(machine, { ...read, source: BASE_BYTES }), {
      outcome: OUTCOME_DONE,
      errno: 0,
      done: 4 * BASE_BYTES,
    });
    assert.deepEqual(Buffer.concat([0, 1, 2, 3].map((frame) => frameBytes(frame))), Buffer.concat(pages.slice(1)));
    const past = one(machine, { ...read, source: 2 * BASE_BYTES });
    assert.deepEqual(past, { outcome: OUTCOME_FAILED, errno: ENODATA, done: -1 });
    const feed = { op: layout.OP_FEED, target: pageAt(3), length: 5 * BASE_BYTES, fd: joined, count: 5 };
    assert.equal(one(machine, feed).outcome, OUTCOME_DONE);
    assert.deepEqual(Buffer.concat([3, 4, 5, 6, 7].map((page) => machine.region8(page))), Buffer.concat(pages));
    machine.separate(joined);
    assert.equal(one(machine, { ...read, count: 1, length: BASE_BYTES }).errno, EBADF);
    assert.equal(one(machine, { ...read, fd, count: 1, length: BASE_BYTES }).outcome, OUTCOME_DONE);
  });

  check('a page that is there already ends a feed before it, and a file that is too short installs nothing', () => {
    const feed = { op: layout.OP_FEED, target: pageAt(3), length: 3 * BASE_BYTES, fd: machine.fd, count: 3 };
    put(0, 0x77);
    one(machine, { op: layout.OP_COPY, target: pageAt(4), source: frameAt(0), length: BASE_BYTES });
    assert.deepEqual(one(machine, feed), { outcome: OUTCOME_PRESENT, errno: EEXIST, done: BASE_BYTES });
    assert.deepEqual([3, 4, 5].map(machine.there), [true, true, false]);
    const short = one(machine, { ...feed, target: pageAt(6), source: 3 * BASE_BYTES });
    assert.deepEqual(short, { outcome: OUTCOME_SKIPPED, errno: ENODATA, done: 0 });
    assert.ok(!machine.there(6));
  });

  check('a frame matches the page of a file that it equals, and no other', () => {
    const match = { op: layout.OP_MATCH, target: frameAt(0), length: BASE_BYTES, fd: machine.fd, count: 1 };
    one(machine, { ...match, op: layout.OP_READ_FILE, source: BASE_BYTES });
    assert.equal(one(machine, { ...match, source: BASE_BYTES }).outcome, OUTCOME_DONE);
    assert.equal(one(machine, { ...match, source: 2 * BASE_BYTES }).outcome, OUTCOME_NO_FIT);
    // Past its end the file counts as zeros.
    one(machine, { op: layout.OP_ZERO_BYTES, target: frameAt(0), length: BASE_BYTES });
    assert.equal(one(machine, { ...match, source: 40 * BASE_BYTES, needed: 0 }).outcome, OUTCOME_DONE);
    assert.deepEqual(one(machine, { ...match, source: 40 * BASE_BYTES }), {
      outcome: OUTCOME_FAILED,
      errno: ENODATA,
      done: -1,
    });
  });

  check('pages read with other digests than expected fail, and what is linked to them is skipped', () => {
    const flags = FLAG_DIGEST;
    const read = {
      op: layout.OP_READ_FILE,
      flags,
      target: frameAt(0),
      length: 3 * BASE_BYTES,
      fd: machine.fd,
      count: 3,
    };
    const install = { op: layout.OP_COPY, flags: FLAG_LINK, target: pageAt(0), source: frameAt(0) };
    const places = [0, 1, 2].map((frame) => (layout.DIGESTS_AT + frame * layout.DIGEST_BYTES) / 8);
    assert.equal(one(machine, read).outcome, OUTCOME_DONE);
    const digests = places.map((at) => machine.core.u64[at] ?? 0n);
    const again = (marked: bigint[]) => {
      marked.forEach((digest, index) => {
        machine.core.u64[places[index] ?? 0] = digest;
      });
      const expects = { ...read, flags: flags | FLAG_EXPECT };
      return run(machine, [expects, { ...install, length: 3 * BASE_BYTES }]).map(({ outcome, errno }) => [
        outcome,
        errno,
      ]);
    };
    const known = 1n << BigInt(DIGEST_KNOWN_SHIFT);
    const marked = digests.map((digest) => digest | known);
    const failed = [
      [OUTCOME_FAILED, EILSEQ],
      [OUTCOME_SKIPPED, 0],
    ];
    assert.deepEqual(again([marked[0] ?? 0n, 0n, (marked[2] ?? 0n) ^ 1n]), failed);
    assert.deepEqual(again([known, marked[1] ?? 0n, 0n]), failed);
    assert.ok(!machine.there(0));
    const done = [
      [OUTCOME_DONE, 0],
      [OUTCOME_DONE, 0],
    ];
    assert.deepEqual(again([marked[0] ?? 0n, 5n, marked[2] ?? 0n]), done, 'what is not marked is not compared');
    assert.deepEqual(
      places.map((at) => machine.core.u64[at]),
      digests,
    );
  });

  check('compression goes round; what does not get smaller does not fit', () => {
    put(0, 3);
    const room = BASE_BYTES - BASE_BYTES / 32;
    machine.core.bytes[machine.core.frameOffset(0) + 77] = 0;
    // Mostly zeros: small by any measure.
    machine.core.bytes.fill(0, machine.core.frameOffset(0) + 100, machine.core.frameOffset(0) + BASE_BYTES);
    const packed = one(machine, { op: layout.OP_COMPRESS, target: machine.arena, source: frameAt(0), length: room });
    assert.equal(packed.outcome, OUTCOME_DONE);
    assert.ok(packed.done > 0 && packed.done < room);
    const before = frameBytes(0);
    const unpack = { op: layout.OP_DECOMPRESS, target: frameAt(1), source: machine.arena, length: packed.done };
    assert.equal(one(machine, unpack).outcome, OUTCOME_DONE);
    assert.deepEqual(frameBytes(1), before);
    machine.arena8().fill(0xff, 0, packed.done);
    const broken = one(machine, unpack);
    assert.equal(broken.outcome, OUTCOME_FAILED);
    assert.equal(broken.done, -1);
    let noise = 12345;
    for (let i = 0; i < BASE_BYTES; i++) {
      noise = (Math.imul(noise, 1103515245) + 12345) >>> 0;
      machine.core.bytes[machine.core.frameOffset(0) + i] = (noise >>> 16) | 1;
    }
    assert.equal(
      one(machine, { op: layout.OP_COMPRESS, target: machine.arena, source: frameAt(0), length: room }).outcome,
      OUTCOME_NO_FIT,
    );
  });

  check('digests: equal for equal bytes, another for any bit, below 2^61, and zeros have their own', () => {
    for (let frame = 0; frame < 3; frame++) put(frame, 0);
    const digests = (count: number) => {
      one(machine, { op: layout.OP_DIGEST, target: frameAt(0), count, frame: 0, length: count * BASE_BYTES });
      return Array.from({ length: count }, (_, frame) =>
        machine.core.long(layout.DIGESTS_AT + frame * layout.DIGEST_BYTES),
      );
    };
    const zero = machine.core.long(layout.ZERO_DIGEST_AT);
    assert.deepEqual(digests(3), [zero, zero, zero]);
    const seen = new Set([zero]);
    for (let bit = 0; bit < BASE_BYTES * 8; bit += 97) {
      const at = machine.core.frameOffset(0) + (bit >> 3);
      machine.core.bytes[at] = 1 << (bit & 7);
      const [digest = 0n, same] = digests(2);
      machine.core.bytes[at] = 0;
      assert.ok(digest < 2n ** 61n && !seen.has(digest));
      assert.equal(same, zero);
      seen.add(digest);
    }
  });

  check('PROTECT: a write to a present page is reported; UNPROTECT undoes it; a page that leaves loses it', () => {
    for (let frame = 0; frame < 3; frame++) put(frame, frame + 1);
    one(machine, { op: layout.OP_MOVE, target: pageAt(4), source: frameAt(0), length: 3 * BASE_BYTES });
    assert.ok(!machine.guarded(4) && !machine.guarded(5));
    const protect = { op: layout.OP_PROTECT, target: pageAt(4), length: 2 * BASE_BYTES, count: 2 };
    assert.equal(one(machine, protect).outcome, OUTCOME_DONE);
    assert.ok(machine.guarded(4) && machine.guarded(5) && !machine.guarded(6));
    assert.equal(machine.region8(5)[7], 2, 'it can be read');
    assert.equal(one(machine, protect).outcome, OUTCOME_DONE, 'protecting again is harmless');
    const open = { op: layout.OP_UNPROTECT, target: pageAt(5), length: BASE_BYTES, count: 1 };
    assert.equal(one(machine, open).outcome, OUTCOME_DONE);
    assert.ok(machine.guarded(4) && !machine.guarded(5));
    machine.region8(5)[7] = 99;
    const out = { op: layout.OP_TAKE, target: frameAt(8), source: pageAt(4), length: BASE_BYTES };
    assert.equal(one(machine, out).outcome, OUTCOME_DONE);
    assert.ok(!machine.there(4));
    const back = { op: layout.OP_MOVE, target: pageAt(4), source: frameAt(8), length: BASE_BYTES };
    assert.equal(one(machine, back).outcome, OUTCOME_DONE);
    assert.ok(!machine.guarded(4));
    assert.equal(machine.region8(4)[7], 1);
    machine.region8(4)[7] = 98;
  });

  check('SAVE copies pages as they are, protected or not, and leaves them so', () => {
    for (let frame = 0; frame < 3; frame++) put(frame, frame + 1);
    one(machine, { op: layout.OP_MOVE, target: pageAt(4), source: frameAt(0), length: 3 * BASE_BYTES });
    one(machine, { op: layout.OP_PROTECT, target: pageAt(5), length: BASE_BYTES, count: 1 });
    const length = 3 * BASE_BYTES;
    const save = { op: layout.OP_SAVE, target: machine.arena, source: pageAt(4), length, count: 3 };
    assert.deepEqual(one(machine, save), { outcome: OUTCOME_DONE, errno: 0, done: length });
    for (let page = 0; page < 3; page++) {
      assert.ok(
        machine
          .arena8()
          .subarray(page * BASE_BYTES, (page + 1) * BASE_BYTES)
          .every((byte) => byte === page + 1),
      );
    }
    assert.ok(machine.guarded(5) && !machine.guarded(4) && machine.there(6));
  });

  check('plain bytes are zeroed, and an unknown command fails', () => {
    put(0, 1);
    one(machine, { op: layout.OP_ZERO_BYTES, target: frameAt(0), length: BASE_BYTES });
    assert.equal(machine.core.bytes[machine.core.frameOffset(0)], 0);
    assert.equal(one(machine, { op: 99 }).outcome, OUTCOME_FAILED);
  });

  plain.run();
}

const works = native().probe().errno === undefined;
contract('commands, simulated', fake, true);
contract('commands, the kernel, anonymous memory', () => real('anonymous'), works);
contract('commands, the kernel, a memfile', () => real('file'), works);
contract('commands, the trap', () => real('trap'), true);
