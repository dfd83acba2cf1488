import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { ROOT } from '../../support/paths.js';
import { STATE_NAMES } from '../../support/sim/audit.js';
import { CoreMachine } from '../../support/world/core-machine.js';

const ILLEGAL = 255;
const source = readFileSync(path.join(ROOT, 'assembly/books/states.ts'), 'utf8');
const core = new CoreMachine({ pageShift: 12, frames: 8, scratch: 1, eviction: 0, readahead: 0 }, 0x7f00_0000_0000);
const stepNames = [...source.matchAll(/^export const STEP_(\w+) = (\d+);/gm)]
  .filter(([, name]) => name !== 'COUNT')
  .map(([, name = '', number]) => ({ name, number: Number(number) }));

const test = suite('states');

/** The rows of the table as they stand in the source: the state's name and what each step leads to. */
function rows(): { state: string; targets: string[] }[] {
  return [...source.matchAll(/^\s*((?:\w+,\s*)+)\/\/ (\w+)$/gm)].map(([, cells = '', state = '']) => ({
    state,
    targets: cells
      .split(',')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== ''),
  }));
}

test('every state and step leads where its row says', () => {
  const table = rows();
  assert.deepEqual(
    table.map(({ state }) => state),
    STATE_NAMES,
  );
  for (const [state, { targets }] of table.entries()) {
    assert.equal(targets.length, stepNames.length);
    for (const [step, target] of targets.entries()) {
      const expected = target === '__' ? ILLEGAL : STATE_NAMES.indexOf(target.replace('PAGE_', ''));
      assert.notEqual(expected, -1, target);
      assert.equal(core.exports.stepFrom(state, step), expected, `${STATE_NAMES[state]} ${stepNames[step]?.name}`);
    }
  }
});

test('the steps are numbered as the columns stand', () => {
  assert.deepEqual(
    stepNames.map(({ number }) => number),
    stepNames.map((_, index) => index),
  );
});

test('the diagram names every state and every step has its word in it', () => {
  const diagram = source.slice(0, source.indexOf('import'));
  for (const name of STATE_NAMES) assert.ok(diagram.includes(name), name);
  for (const { name } of stepNames) {
    const word = name === 'FILLED_DIRTY' ? 'filled, written' : name.toLowerCase().replace('_', ' ');
    assert.ok(diagram.replaceAll('\n//', '').includes(word === 'write failed' ? 'failed' : word), word);
  }
});

test('a failed page stays failed until its memory is gone', () => {
  for (const { number, name } of stepNames) {
    const to = core.exports.stepFrom(layout.PAGE_FAILED, number);
    assert.ok(to === (name === 'REMOVED' ? layout.PAGE_REMOVED : ILLEGAL), name);
  }
});

test('asking for a state or step that is none stops the core', () => {
  assert.throws(() => core.exports.stepFrom(layout.PAGE_STATE_COUNT, 0), /the table has this state and step/);
  assert.throws(() => core.exports.stepFrom(0, stepNames.length), /the table has this state and step/);
});

test.run();
