// What a home writes down is there for the next one, and only one has it at a time.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { NO_NODE } from '../../../assembly/dsm/layout.js';
import { Journal } from '../../../src/dsm/journal.js';

const test = suite('the journal of a home');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-journal-'));
test.after(() => rmSync(folder, { recursive: true }));
const PLAN = { name: 'region', pages: 4, rollBack: false, leaseMs: 1000 };
const SESSION = '0123456789abcdef0123456789abcdef';

test('it says what was recorded last', () => {
  const file = path.join(folder, 'journal');
  const first = new Journal(file);
  assert.equal(first.plan, null);
  first.begin(PLAN);
  first.member(0, SESSION);
  first.member(63, SESSION);
  first.member(0, null);
  first.granted(3, 63, 5n);
  first.stored(3, 5n, false);
  first.granted(3, 63, 6n);
  first.stored(1, 2n, true);
  first.lost(2);
  first.close();
  const next = new Journal(file);
  assert.deepEqual(next.plan, PLAN);
  assert.deepEqual([...next.members()], [[63, SESSION]]);
  assert.deepEqual(next.page(3), { stored: 5n, granted: 6n, owner: 63, lost: false, zeros: false });
  assert.deepEqual(next.page(1), { stored: 2n, granted: 2n, owner: NO_NODE, lost: false, zeros: true });
  assert.equal(next.page(2).lost, true);
  assert.deepEqual(next.page(0), { stored: 0n, granted: 0n, owner: 0, lost: false, zeros: false });
  next.close();
});

test('a second home does not get it, and another file is none', () => {
  const file = path.join(folder, 'locked');
  const first = new Journal(file);
  assert.throws(() => new Journal(file), /another home uses/);
  first.close();
  new Journal(file).close();
  writeFileSync(path.join(folder, 'other'), 'something else');
  assert.throws(() => new Journal(path.join(folder, 'other')), /not a home's journal/);
  assert.throws(() => new Journal(path.join(folder, 'none', 'x')), /cannot be opened/);
});

test.run();
