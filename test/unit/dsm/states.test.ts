// The table at the head of assembly/dsm/states.ts is the one that the machine uses, and its diagram has each of its words.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/dsm/layout.js';
import { DsmCore } from '../../../src/dsm/machine.js';
import { StateTable } from '../../support/table.js';

const STATES = ['I', 'S', 'M', 'IS', 'IM', 'SM', 'SI', 'MS', 'MI', 'F', 'L'];
const numbers: Readonly<Record<string, unknown>> = { ...layout };
const { exports } = new DsmCore();
const table = new StateTable('assembly/dsm/states.ts', STATES);

const test = suite('states of a shared page');

test('every state and step leads where its row says; others stop the machine', () => {
  table.check((state, step) => exports.stepFrom(state, step), 'NODE_');
  for (const [number, state] of STATES.entries()) assert.equal(numbers[`NODE_${state}`], number);
});

test('the diagram has every state and every step', () => {
  for (const state of STATES) assert.match(table.diagram, new RegExp(`\\b${state}\\b`));
  for (const { name } of table.steps) assert.ok(table.diagram.includes(name.toLowerCase().replace('_', '-')), name);
});

test.run();
