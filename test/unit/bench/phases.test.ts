// Phases as `farpage bench --phases` shows them: shares of a fault, and the picture of them.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as codes from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { type PhaseReport, type PhaseTable, sharesOf } from '../../../bench/phases.js';
import { drawPhases } from '../../../bench/phases-picture.js';
import { phasesOf, phasesSince } from '../../../src/core/phases.js';
import { readerOf } from '../../../src/core/reader.js';

const { STAMP_STEP, STAMP_TURN, STAMP_WAIT } = codes;
const test = suite('phases');

/** A core's memory after 10 µs at 3 ticks a nanosecond, with these stamps: [phase, ticks, times]. */
function stamped(faults: number, stamps: ReadonlyArray<[phase: number, ticks: number, times: number]>) {
  const words = new BigUint64Array(layout.MESSAGES_AT / 8);
  const put = (at: number, value: number) => {
    words[at / 8] = BigInt(value);
  };
  put(layout.STAMPS_AT + codes.STAMP_BEGIN_TICKS_AT, 1_000);
  put(layout.STAMPS_AT + codes.STAMP_BEGIN_TIME_AT, 500);
  put(layout.STAMPS_AT + codes.STAMP_NOW_TICKS_AT, 31_000);
  put(layout.STAMPS_AT + codes.STAMP_NOW_TIME_AT, 10_500);
  put(layout.STAMPS_AT + codes.STAMP_FAULTS_AT, faults);
  for (const [phase, ticks, times] of stamps) {
    const at = layout.STAMPS_AT + codes.STAMP_RECORDS_AT + phase * codes.STAMP_BYTES;
    put(at + codes.STAMP_TICKS_AT, ticks);
    put(at + codes.STAMP_COUNT_AT, times);
    put(at + codes.STAMP_LONGEST_AT, ticks);
  }
  return phasesOf(readerOf(words.buffer));
}

const TAKE = codes.STAMP_COMMANDS + layout.OP_TAKE;

test('ticks become microseconds by the two clocks', () => {
  const phases = stamped(2, [
    [STAMP_TURN, 9_000, 1],
    [STAMP_STEP, 3_000, 4],
    [TAKE, 6_000, 2],
  ]);
  assert.deepEqual(phases, {
    faults: 2,
    turns: { count: 1, microseconds: 3, longest: 3 },
    phases: [
      { name: 'step', inTurn: true, count: 4, microseconds: 1, longest: 1 },
      { name: 'take victims', inTurn: true, count: 2, microseconds: 2, longest: 2 },
    ],
  });
});

test('every kind of command has a phase with a name', () => {
  const ops = Object.entries(layout).filter(([name]) => /^OP_[A-Z_]+$/.test(name));
  const stamps = ops.map(([, op]): [number, number, number] => [codes.STAMP_COMMANDS + (op as number), 300, 1]);
  assert.equal(stamped(1, stamps)?.phases.length, ops.length);
  for (const [phase] of stamps) assert.ok(phase < codes.STAMP_LIMIT, String(phase));
  const end = layout.STAMPS_AT + codes.STAMP_RECORDS_AT + codes.STAMP_LIMIT * codes.STAMP_BYTES;
  assert.ok(end <= layout.HEADER_AT + layout.HEADER_BYTES);
});

test('without a turn there are no phases', () => {
  assert.equal(phasesOf(readerOf(new ArrayBuffer(layout.MESSAGES_AT))), null);
});

test('what happened before is taken off', () => {
  const before = stamped(2, [[STAMP_STEP, 3_000, 4]]);
  const after = stamped(5, [
    [STAMP_STEP, 9_000, 7],
    [TAKE, 6_000, 2],
  ]);
  assert.ok(before !== null && after !== null);
  const { faults, phases } = phasesSince(after, before);
  assert.equal(faults, 3);
  assert.deepEqual(
    phases.map(({ name, count, microseconds }) => [name, count, microseconds]),
    [
      ['step', 3, 2],
      ['take victims', 2, 2],
    ],
  );
});

/** 2 faults of 4 µs each: 0.5 in the core, 1 for victims, and the rest elsewhere; the wait counts for nothing. */
function table(): PhaseTable {
  const phases = stamped(2, [
    [STAMP_STEP, 3_000, 4],
    [TAKE, 6_000, 2],
    [STAMP_WAIT, 20_000, 2],
  ]);
  assert.ok(phases !== null);
  return { question: 'swap', side: 'loop, one CPU', whole: 4, phases };
}

test('shares are of one fault, and the rest is what they leave of the whole', () => {
  const { shares, sum, rest } = sharesOf(table());
  assert.deepEqual(
    shares.map(({ name, perFault, times }) => [name, perFault, times]),
    [
      ['step', 0.5, 2],
      ['take victims', 1, 1],
    ],
  );
  assert.deepEqual([sum, rest], [1.5, 2.5]);
});

test('the picture has a bar for each side, as long as its whole', () => {
  const machine = { cpu: 'A & B', cores: 2, memoryGiB: 1, virtual: false, kernel: '6.8', node: 'v20', thp: 'never' };
  const report: PhaseReport = { date: '2026-11-29T00:00:00Z', machine, tables: [table(), { ...table(), whole: null }] };
  const picture = drawPhases(report);
  const widths = [...picture.matchAll(/<rect x="[\d.]+" y="56" width="([\d.]+)"/g)].map(([, width]) => Number(width));
  assert.equal(widths.length, 3);
  assert.ok(Math.abs(widths.reduce((sum, width) => sum + width, 0) - 580) < 1, widths.join(' '));
  assert.match(picture, /A &amp; B/);
  assert.match(picture, /swap, loop, one CPU/);
});

test.run();
