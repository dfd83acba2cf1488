// The table at the head of assembly/books/states.ts is the one that the core uses, and its diagram has each of its words.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { STATE_NAMES } from '../../support/sim/audit.js';
import { StateTable } from '../../support/table.js';
import { CoreMachine } from '../../support/world/core-machine.js';

const { exports } = new CoreMachine(
  { pageShift: 12, frames: 8, scratch: 1, eviction: 0, readahead: 0 },
  0x7f00_0000_0000,
);
const stepFrom = (state: number, step: number) => exports.stepFrom(state, step);
const table = new StateTable('assembly/books/states.ts', STATE_NAMES);

const test = suite('states');

test('every state and step leads where its row says; others stop the core', () => table.check(stepFrom, 'PAGE_'));

test('the diagram names every state and every step has its word in it', () => {
  for (const name of STATE_NAMES) assert.ok(table.diagram.includes(name), name);
  for (const { name } of table.steps) {
    const word = name === 'FILLED_DIRTY' ? 'filled, written' : name.toLowerCase().replace('_', ' ');
    assert.ok(table.diagram.includes(word === 'write failed' ? 'failed' : word), word);
  }
});

test('a failed page stays failed until its memory is gone', () => {
  assert.deepEqual(table.from(stepFrom, layout.PAGE_FAILED), [{ name: 'REMOVED', to: layout.PAGE_REMOVED }]);
});

test.run();
