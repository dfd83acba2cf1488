// The table at the head of assembly/dsm/states.ts is the one that the machine uses, and its diagram has each of its words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import * as layout from '../../../assembly/dsm/layout.js';
import { DsmCore } from '../../../src/dsm/machine.js';
import { ROOT } from '../../support/paths.js';

const ILLEGAL = 255;
const source = readFileSync(path.join(ROOT, 'assembly/dsm/states.ts'), 'utf8');
const { exports } = new DsmCore();
const stepNames = [...source.matchAll(/^export const STEP_(\w+) = (\d+);/gm)]
  .filter(([, name]) => name !== 'COUNT')
  .map(([, name = '', number]) => ({ name, number: Number(number) }));
const STATES = ['I', 'S', 'M', 'IS', 'IM', 'SM', 'SI', 'MS', 'MI', 'F', 'L'];
const numbers: Readonly<Record<string, unknown>> = { ...layout };

const test = suite('states of a shared page');

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
    STATES,
  );
  for (const [state, { targets }] of table.entries()) {
    assert.equal(numbers[`NODE_${STATES[state]}`], state);
    assert.equal(targets.length, stepNames.length);
    for (const [step, target] of targets.entries()) {
      const expected = target === '__' ? ILLEGAL : numbers[target];
      assert.equal(exports.stepFrom(state, step), expected, `${STATES[state]} ${stepNames[step]?.name}`);
    }
  }
});

test('the diagram has every state and every step', () => {
  const head = source.slice(0, source.indexOf('import'));
  for (const state of STATES) assert.match(head, new RegExp(`\\b${state}\\b`));
  for (const { name } of stepNames) assert.ok(head.includes(name.toLowerCase().replace('_', '-')), name);
});

test('asking for a state or step that is none stops the machine', () => {
  assert.throws(() => exports.stepFrom(STATES.length, 0), /the table has this state and step/);
  assert.throws(() => exports.stepFrom(0, stepNames.length), /the table has this state and step/);
});

test('a message of no kind, to no page or from a node that is not a member is refused', () => {
  const core = new DsmCore();
  const at = core.reserve(core.exports.homeBytes(1, 2));
  core.exports.homeBegin(at, 1, 2, 0, 0);
  core.exports.homeJoin(at, 0);
  assert.equal(core.exports.homeTake(at, 1, layout.MESSAGE_GET, 0, 0, 1, 0n), 0);
  assert.equal(core.exports.homeTake(at, 0, layout.MESSAGE_GET, 1, 0, 1, 0n), 0);
  assert.equal(core.exports.homeTake(at, 0, layout.MESSAGE_GET, 0, 0, 0, 0n), 0);
  assert.equal(core.exports.homeTake(at, 0, layout.MESSAGE_SHARE, 0, 0, 1, 0n), 0);
  assert.equal(core.exports.homeTake(at, 0, layout.MESSAGE_DATA, 0, 0, 0, 99n), 0);
  const node = core.reserve(core.exports.nodeBytes(1));
  core.exports.nodeBegin(node, 1, 0);
  assert.equal(core.exports.nodeTake(node, layout.MESSAGE_SHARE, 0, 1, 1, 1n, 0, 0), 0);
  assert.equal(core.exports.nodeTake(node, layout.MESSAGE_INV, 1, 1, 1, 1n, 0, 0), 0);
  assert.equal(core.exports.nodeTake(node, 0, 0, 1, 1, 1n, 0, 0), 0);
});

test.run();
