import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { SLOT_BYTES } from '../../../src/experiment/content.js';
import { Control } from '../../../src/experiment/control.js';
import { Gate } from '../../../src/experiment/gate.js';
import { type Phase, Toucher, type TouchPlan } from '../../../src/experiment/toucher.js';

const test = suite('cli toucher');

const PAGES = 64;
const PLAN: TouchPlan = {
  index: 0,
  workload: 'random',
  writeRatio: 0.3,
  seed: 1,
  operations: 2000,
  pageSize: 4096,
  regionPages: PAGES,
  firstPage: 0,
  pages: PAGES,
  residentPages: 16,
  sourcePath: undefined,
  cells: PAGES,
};

interface Bench {
  toucher: Toucher;
  control: Control;
  words: Uint32Array;
  told: string[];
  perform(phase: Phase): void;
}

/** A toucher over memory that nobody pages, in two windows. */
function bench(changes: Partial<TouchPlan> = {}): Bench {
  const words = new Uint32Array((PAGES * 4096) / 4);
  const half = words.length / 2;
  const views = [words.subarray(0, half), words.subarray(half)];
  const control = Control.create();
  const told: string[] = [];
  const slotBits = Math.log2((half * 4) / SLOT_BYTES);
  const shared = { control, gate: new Gate() };
  const toucher = new Toucher({ ...PLAN, ...changes }, { views, slotBits }, shared, (text) => told.push(text));
  const perform = (phase: Phase): void => {
    control.done = 0;
    while (!toucher.step(phase, 100));
  };
  return { toucher, control, words, told, perform };
}

test('memory that keeps what it is given verifies', () => {
  const { control, told, perform, toucher } = bench();
  for (const phase of ['populate', 'run', 'sweep'] as const) perform(phase);
  assert.deepEqual(told, []);
  assert.equal(control.operations, PLAN.operations);
  assert.equal(control.sweptPages, PAGES);
  assert.ok(control.bytesChecked > PAGES * 4096);
  assert.ok(toucher.threshold >= 1000 && toucher.threshold <= 4000);
});

test('the sweep finds one byte that changed, in either window', () => {
  for (const at of [0, 5000, 40_000, 65_535]) {
    const { control, words, told, perform } = bench();
    perform('populate');
    words[at] = (words[at] ?? 0) ^ 0x100;
    perform('sweep');
    assert.equal(control.mismatches, 1);
    assert.match(told[0] ?? '', new RegExp(`^page ${Math.floor(at / 1024)}, slot ${Math.floor(at / 128)}: `));
  }
});

test('the workload finds a page that turned into zeros or into an older one', () => {
  const { control, words, told, perform } = bench({ writeRatio: 0 });
  perform('populate');
  const first = words.slice(0, 1024);
  perform('populate');
  words.fill(0, 1024, 2048);
  words.set(first, 0);
  perform('run');
  assert.ok(control.mismatches > 0);
  assert.ok(told.length <= 5);
  assert.match(told.join('\n'), /expected version 2, got zeros/);
  assert.match(told.join('\n'), /expected version 2, got slot \d version 1/);
});

test('what was never written is zeros, and told where it is not', () => {
  const { control, words, perform } = bench({ writeRatio: 0 });
  perform('run');
  assert.equal(control.mismatches, 0);
  words.fill(1);
  perform('run');
  assert.equal(control.mismatches, PLAN.operations);
});

test("a source's bytes are read from its file, with zeros past its end", () => {
  const folder = mkdtempSync(join(tmpdir(), 'farpage-toucher-'));
  try {
    const path = join(folder, 'source');
    const bytes = Buffer.alloc(PAGES * 4096 - 700, 'some bytes of a file ');
    writeFileSync(path, bytes);
    const { control, words, perform, toucher } = bench({ sourcePath: path });
    new Uint8Array(words.buffer).set(bytes);
    perform('run');
    assert.equal(control.mismatches, 0);
    new Uint8Array(words.buffer).fill(9);
    perform('run');
    assert.ok(control.mismatches > 0);
    toucher.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a thread keeps to its own pages', () => {
  const { words, perform } = bench({ firstPage: 16, pages: 16, writeRatio: 1 });
  perform('populate');
  perform('run');
  assert.ok(words.subarray(0, 16 * 1024).every((word) => word === 0));
  assert.ok(words.subarray(32 * 1024).every((word) => word === 0));
  assert.ok(words.subarray(16 * 1024, 32 * 1024).some((word) => word !== 0));
});

test.run();
