// covers: src/core/, src/pager/memory.ts, src/loop/stores.ts, src/errors.ts
// What a process may have, and what farpage asks for: addresses (ulimit -v), descriptors (ulimit -n).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';

const test = suite('limits of a process');
const ROOM = path.join(ROOT, 'dist/test/live/programs/room.js');
const GIB = 2 ** 20; // in ulimit's KiB

interface Told {
  regions?: number;
  addresses?: number;
  descriptors?: number;
  code?: string;
  errno?: string;
  message?: string;
  hint?: string;
}

interface Again {
  before: Record<'addresses' | 'resident' | 'threads' | 'descriptors' | 'mappings', number>;
  after: Again['before'];
}

function room<T = Told>(limit: string, args: readonly string[], flags: readonly string[] = []): T {
  const command = `${limit} && exec "$0" "$@"`;
  const out = execFileSync('bash', ['-c', command, process.execPath, ...flags, ROOM, ...args], { encoding: 'utf8' });
  return JSON.parse(out) as T;
}

test('no store that is not used takes addresses, and no parser of HTTP', () => {
  const { addresses = Number.NaN } = room('true', ['1']);
  assert.ok(addresses < 24 * 2 ** 30, `${addresses / 2 ** 30} GiB of addresses`);
});

test('with too few addresses: an error names the limit, and its hints help', () => {
  for (const [gib, what] of [
    [8, /leaves no room for the pager’s books/],
    [14, /leaves no room for the region, 1 MiB/],
  ] as const) {
    const told = room(`ulimit -v ${gib * GIB}`, ['1']);
    assert.equal(told.code, 'REGION');
    assert.match(told.message ?? '', what);
    assert.match(told.message ?? '', new RegExp(`the limit of ${gib} GiB of addresses`));
    assert.match(told.hint ?? '', /ulimit -v unlimited.*--disable-wasm-trap-handler/);
    assert.equal(room('ulimit -v unlimited', ['1']).regions, 1);
    assert.equal(room(`ulimit -v ${gib * GIB}`, ['1'], ['--disable-wasm-trap-handler']).regions, 1);
  }
});

test('books and a memory store are smaller where addresses are few', () => {
  const told = room(`ulimit -v ${3 * GIB}`, ['1'], ['--disable-wasm-trap-handler']);
  assert.equal(told.regions, 1, JSON.stringify(told));
});

test('with too few descriptors: an error says so, and its hint helps', () => {
  const told = room('ulimit -n 100', ['150', 'shared']);
  assert.equal(told.errno, 'EMFILE', JSON.stringify(told));
  assert.match(told.hint ?? '', /ulimit -n/);
  assert.equal(room('ulimit -n 1000', ['150', 'shared']).regions, 150);
});

test('a pager has 10 descriptors, a region one where its memory is a file', () => {
  const pagers = ['2', '12'].map((count) => room('true', [count, 'anonymous', 'pagers']).descriptors ?? 0);
  // A thread that has just begun may still be reading a file.
  assert.equal(Math.round(((pagers[1] ?? 0) - (pagers[0] ?? 0)) / 10), 10, `${pagers}`);
  for (const [memory, each] of [
    ['anonymous', 0],
    ['shared', 1],
  ] as const) {
    const few = room('true', ['10', memory]);
    const many = room('true', ['60', memory]);
    const more = (many.descriptors ?? 0) - (few.descriptors ?? 0);
    assert.equal(Math.round(more / 50), each, `${more} for 50 of ${memory} memory`);
  }
});

test('a thousand regions with default stores are open at once', () => {
  assert.equal(room('true', ['1000']).regions, 1000);
});

for (const memory of ['anonymous', 'shared']) {
  test(`a thousand ${memory} regions, one after another and at once, leave nothing when they are closed`, () => {
    const { before, after } = room<Again>('true', ['1000', memory, 'again'], ['--expose-gc']);
    const said = JSON.stringify({ before, after });
    assert.equal(after.descriptors, before.descriptors, said);
    assert.equal(after.threads, before.threads, said);
    // The collector's own heap may have grown; one region's mapping, or its first page, a thousand times would be far more.
    assert.ok(after.mappings - before.mappings < 500, said);
    assert.ok(after.addresses - before.addresses < 256 * 2 ** 20, said);
    assert.ok(after.resident - before.resident < 64 * 2 ** 20, said);
  });
}

test.run();
