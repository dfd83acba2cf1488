// budget: 600 s
// parts: 3
// Every state of the protocol of distributed shared memory within a budget. Each row is complete: no state was left out.
import assert from 'node:assert/strict';
import { BREAK_ACKS, BREAK_CUT_HOLD, BREAK_CUT_MARK } from '../../../assembly/dsm/layout.js';
import { type Budget, search } from '../../support/dsm/search.js';
import type { WorldOptions } from '../../support/dsm/world.js';
import { suite } from '../../support/parts.js';

const NONE: Budget = {
  faults: 0,
  aheads: 0,
  evictions: 0,
  losses: 0,
  doubles: 0,
  crashes: 0,
  freezes: 0,
  failures: 0,
  homes: 0,
  discards: 0,
  cuts: 0,
  leaves: 0,
};
const LIMIT = 600_000;

const ROWS: ReadonlyArray<readonly [string, WorldOptions, Partial<Budget>]> = [
  ['evictions', { nodes: 3, pages: 1 }, { faults: 3, evictions: 1 }],
  ['answers that wait for Δ', { nodes: 3, pages: 1, hold: 1 }, { faults: 3 }],
  [
    'a lost and a doubled message, an eviction',
    { nodes: 3, pages: 1 },
    { faults: 2, evictions: 1, losses: 1, doubles: 1 },
  ],
  [
    'asked for ahead, an eviction, a doubled message',
    { nodes: 2, pages: 1 },
    { faults: 2, aheads: 1, evictions: 1, doubles: 1 },
  ],
  [
    'asked for ahead, the store fails, a message is lost',
    { nodes: 2, pages: 1 },
    { faults: 2, aheads: 2, failures: 1, losses: 1 },
  ],
  ['asked for ahead, a crash, a freeze', { nodes: 2, pages: 1 }, { faults: 2, aheads: 1, crashes: 1, freezes: 1 }],
  ['asked for ahead, the home ends', { nodes: 2, pages: 1 }, { faults: 2, aheads: 1, homes: 1 }],
  ['the store fails, a doubled message', { nodes: 3, pages: 1 }, { faults: 2, doubles: 1, failures: 1 }],
  ['a crash, a freeze, pages are lost', { nodes: 3, pages: 1 }, { faults: 2, crashes: 1, freezes: 1 }],
  ['a crash, pages are rolled back', { nodes: 3, pages: 1, rollBack: true }, { faults: 2, crashes: 1 }],
  ['the home ends, pages are lost', { nodes: 3, pages: 1 }, { faults: 2, homes: 1 }],
  ['the home and a node end, an eviction', { nodes: 2, pages: 1 }, { faults: 2, evictions: 1, crashes: 1, homes: 1 }],
  [
    'the home ends twice, pages are rolled back',
    { nodes: 2, pages: 1, rollBack: true },
    { faults: 2, crashes: 1, homes: 2 },
  ],
  [
    'the home ends, a message is lost, one doubled',
    { nodes: 2, pages: 1 },
    { faults: 2, losses: 1, doubles: 1, homes: 1 },
  ],
  [
    'write-through, a lost and a doubled message',
    { nodes: 2, pages: 1, through: true },
    { faults: 2, losses: 1, doubles: 1 },
  ],
  [
    'write-through, answers that wait for Δ',
    { nodes: 2, pages: 1, through: true, hold: 1 },
    { faults: 2, evictions: 1, losses: 1 },
  ],
  ['write-through, a freeze', { nodes: 2, pages: 1, through: true }, { faults: 2, freezes: 1 }],
  [
    'write-through, the home and a node end, pages are rolled back',
    { nodes: 2, pages: 1, through: true, rollBack: true },
    { faults: 2, crashes: 1, homes: 1 },
  ],
  ['discards', { nodes: 3, pages: 1 }, { faults: 2, discards: 1 }],
  ['discards, answers that wait for Δ', { nodes: 2, pages: 1, hold: 1 }, { faults: 1, discards: 2 }],
  [
    'a discard, an eviction, a lost and a doubled message',
    { nodes: 2, pages: 1 },
    { faults: 1, discards: 1, evictions: 1, losses: 1, doubles: 1 },
  ],
  [
    'a discard, asked for ahead, the store fails, a message is lost',
    { nodes: 2, pages: 1 },
    { faults: 1, discards: 1, aheads: 1, failures: 1, losses: 1 },
  ],
  ['a discard, a crash, a freeze', { nodes: 2, pages: 1 }, { faults: 1, discards: 1, crashes: 1, freezes: 1 }],
  [
    'a discard, the home and a node end, pages are rolled back',
    { nodes: 2, pages: 1, rollBack: true },
    { faults: 1, discards: 1, crashes: 1, homes: 1 },
  ],
  [
    'a discard, write-through, answers that wait for Δ, a freeze',
    { nodes: 2, pages: 1, through: true, hold: 1 },
    { faults: 1, discards: 1, freezes: 1 },
  ],
  ['a cut', { nodes: 2, pages: 2 }, { faults: 2, cuts: 1 }],
  ['a cut, answers that wait for Δ', { nodes: 3, pages: 1, hold: 1 }, { faults: 2, cuts: 1 }],
  ['two cuts', { nodes: 2, pages: 1 }, { faults: 2, cuts: 2 }],
  ['a cut, a lost and a doubled message', { nodes: 2, pages: 1 }, { faults: 2, losses: 1, doubles: 1, cuts: 1 }],
  ['a node leaves', { nodes: 3, pages: 1 }, { faults: 2, evictions: 1, freezes: 1, leaves: 1 }],
  [
    'a node leaves, a message is lost',
    { nodes: 2, pages: 1 },
    { faults: 2, evictions: 1, freezes: 1, leaves: 1, losses: 1 },
  ],
  ['a node leaves, one is doubled', { nodes: 2, pages: 1 }, { faults: 2, freezes: 1, leaves: 1, doubles: 1 }],
  ['a node leaves, a cut', { nodes: 2, pages: 1 }, { faults: 2, freezes: 1, leaves: 1, cuts: 1 }],
  ['a cut, a crash', { nodes: 2, pages: 1 }, { faults: 2, crashes: 1, cuts: 1 }],
  ['a cut, a freeze', { nodes: 2, pages: 1 }, { faults: 2, freezes: 1, cuts: 1 }],
  ['a cut, a crash, pages are rolled back', { nodes: 2, pages: 1, rollBack: true }, { faults: 2, crashes: 1, cuts: 1 }],
  ['a cut, the home ends', { nodes: 2, pages: 1 }, { faults: 2, homes: 1, cuts: 1 }],
  ['a cut, the store fails', { nodes: 2, pages: 1 }, { faults: 2, failures: 1, cuts: 1 }],
  ['a cut, a discard, the store fails', { nodes: 2, pages: 1 }, { faults: 1, discards: 1, failures: 1, cuts: 1 }],
  [
    'a cut, write-through, answers that wait for Δ',
    { nodes: 2, pages: 1, through: true, hold: 1 },
    { faults: 2, losses: 1, cuts: 1 },
  ],
];

const test = suite('distributed shared memory, every state');

for (const [name, options, budget] of ROWS) {
  test(`${options.nodes} nodes, ${options.pages} page: ${name}`, () => {
    const { states, complete } = search(options, { ...NONE, ...budget }, LIMIT);
    assert.ok(complete && states > 1000, `${states} states, complete: ${complete}`);
  });
}

test('3 nodes, 2 pages: a message lost, one doubled, any order, one crash', () => {
  // The quick run of every edit has the rows above.
  const faults = process.env['FARPAGE_TEST_QUICK'] === undefined ? 2 : 1;
  const budget = { ...NONE, faults, losses: 1, doubles: 1, crashes: 1 };
  const { states, complete } = search({ nodes: 3, pages: 2 }, budget, LIMIT);
  assert.ok(complete && states > 1000, `${states} states, complete: ${complete}`);
});

test('a home that does not wait for acknowledgements is found', () => {
  const options = { nodes: 3, pages: 1, breaks: BREAK_ACKS };
  assert.throws(() => search(options, { ...NONE, faults: 3 }, LIMIT), /does not hold/);
});

for (const [what, breaks] of [
  ['grants for itself while pages are gathered for a cut', BREAK_CUT_HOLD],
  ['grants a page before it has copied it', BREAK_CUT_MARK],
] as const) {
  test(`a home that ${what} is found`, () => {
    const options = { nodes: 2, pages: 2, breaks };
    assert.throws(() => search(options, { ...NONE, faults: 3, cuts: 1 }, LIMIT), /does not hold: .*at the instant/);
  });
}

test.run();
