// covers: src/record/, src/core/
// A simulated pager is recorded, and its core does the same once more from the record alone.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import * as format from '../../src/record/format.js';
import { Replay } from '../../src/record/replay.js';
import { Random } from '../support/sim/random.js';
import { changed, placesIn, recordSeed, runsIn } from '../support/sim/record.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-record-'));
const test = suite('records of simulated pagers');
test.after(() => rmSync(folder, { recursive: true }));

const replay = (file: string) => new Replay(file).run();
const memoryOf = (core: { memory: WebAssembly.Memory }) =>
  Buffer.from(format.digestOf(core.memory).buffer).toString('hex');

test('every seed that was recorded is replayed to the same memory', () => {
  for (let seed = 1n; seed <= 12n; seed++) {
    const { file, core } = recordSeed(seed, 500, folder);
    const report = replay(file);
    assert.equal(report.difference, null, `seed ${seed}`);
    assert.equal(report.end, 'closed', `seed ${seed}`);
    assert.equal(report.memory, memoryOf(core), `seed ${seed}`);
    assert.ok(report.commands > 0 && report.marks === 1);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    rmSync(file);
  }
});

test('a byte that is wrong in a record is found at its step', () => {
  const { file } = recordSeed(3n, 300, folder);
  const random = new Random(77n);
  const places = placesIn(file);
  assert.ok(places.length > 500);
  for (let round = 0; round < 25; round++) {
    const place = random.pick(places);
    const byte = random.between(place.from * 4, place.to * 4 - 1);
    const copy = changed(file, place, false, (words) => {
      const bytes = new Uint8Array(words.buffer);
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << random.below(8));
    });
    const { difference } = replay(copy);
    assert.deepEqual(difference?.step, place.step, `byte ${byte}: ${JSON.stringify({ difference, place })}`);
  }
});

test('a fault at another address, well recorded, is found at the first command that differs', () => {
  const { file } = recordSeed(3n, 300, folder);
  let found = 0;
  const places = placesIn(file);
  for (const place of places) {
    if (place.kind !== format.KIND_CALL || found === 8) continue;
    let message = 0;
    const copy = changed(file, place, true, (all) => {
      for (const { word, at, count } of runsIn(all, place)) {
        const isMessage = word * 4 >= layout.MESSAGES_AT && word * 4 < layout.GAPS_AT && count >= format.MESSAGE_WORDS;
        if (isMessage && ((all[at] ?? 0) & 0xff) === layout.EVENT_PAGEFAULT) message = word;
        // Far away: an address of no region. The fake kernel writes a message a word at a time, which are inputs too.
        const wanted = message + (layout.MESSAGE_ADDRESS_AT >> 2) + 1;
        if (message !== 0 && wanted >= word && wanted < word + count) all[at + wanted - word] = 0x1234;
      }
    });
    if (message === 0) continue;
    // It came with another call, and the next step of the core takes it.
    const step = places.find(({ step: each, call }) => each >= place.step && call === 'step')?.step;
    const { difference } = replay(copy);
    assert.equal(difference?.call, 'step', JSON.stringify(difference));
    assert.equal(difference?.step, step);
    found++;
  }
  assert.equal(found, 8);
});

test('a record whose process was killed is replayed as far as it goes', () => {
  const { file, core } = recordSeed(5n, 300, folder, false);
  const report = replay(file);
  assert.equal(report.difference, null);
  assert.equal(report.end, 'cut');
  assert.equal(report.memory, memoryOf(core));
  core.close();
});

test('what is no record, or of another core, is refused', () => {
  const { file } = recordSeed(7n, 20, folder);
  const [place] = placesIn(file);
  assert.ok(place !== undefined);
  const head = (change: (words: Uint32Array) => void) =>
    changed(file, place, false, (words) => {
      change(words);
      words[format.HEAD_SUM] = format.sumOf(words, 0, format.HEAD_SUM, 0);
    });
  assert.throws(() => replay(path.join(folder, 'nowhere')), { code: 'OPTION', errno: 'ENOENT' });
  assert.throws(() => replay(folder), /is not a record of a loop/);
  assert.throws(() => replay(head((words) => words.fill(0, 0, 1))), /is not a record of a loop/);
  assert.throws(() => replay(head((words) => words.fill(9, format.HEAD_PROGRAM, format.HEAD_PROGRAM + 1))), {
    code: 'LAYOUT',
    message: /the record is of core [0-9a-f]{12}, not of [0-9a-f]{12}/,
  });
  assert.throws(() => replay(head((words) => words.fill(9, format.HEAD_VERSION, format.HEAD_VERSION + 1))), {
    code: 'LAYOUT',
    message: /has format 9, not 1/,
  });
  truncateSync(file, 40);
  assert.throws(() => replay(file), /is not a record of a loop/);
});

test.run();
