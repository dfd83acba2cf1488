// budget: 120 s
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0
// covers: src/loop/in-place.ts, src/store/file-claim.ts, assembly/books/content.ts
// A file that is a region's source and store in one: what a flush has stored is what the next process reads.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';
import { describe, play } from './play.js';

const PAGE = 4096;
const PAGES = 1024;
const budget = 60_000;
const test = suite('a file as source and store');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-in-place-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

test('the next process reads what was written, and zeros where there were zeros or a discard', async () => {
  const file = path.join(folder, 'array');
  // The region is longer than the file.
  const began = 700;
  writeFileSync(file, Buffer.alloc(began * PAGE, 5));
  let model: number[] = Array.from({ length: PAGES }, (_, page) => (page < began ? 5 : 0));
  for (const seed of [1, 2, 3]) {
    const scene = { path: file, seed, model };
    const done = await play<{ wrong: number[]; evictions: number; model: number[] }>(
      'in-place',
      'changes at random',
      scene,
      {
        budget,
      },
    );
    assert.deepEqual(done.wrong, [], `pages of the file, seed ${seed}`);
    assert.ok(done.evictions > 100);
    model = done.model;
    const copy = path.join(folder, `copy-${seed}`);
    copyFileSync(file, copy);
    for (const each of [file, copy]) assert.equal(await play('in-place', 'what is there', { path: each, model }), -1);
  }
  assert.ok(statSync(file).size <= PAGES * PAGE);
});

test('an eviction leaves no old bytes of pages that became zeros', async () => {
  const file = path.join(folder, 'evicted');
  assert.deepEqual(await play('in-place', 'an eviction', { path: file }), [7, 0, 9, 7, 0, 7, 7, 7]);
});

test('a second user of the file is refused', async () => {
  const { code, message } = await play<{ code: string; message: string }>('in-place', 'a second user', {
    path: path.join(folder, 'evicted'),
  });
  assert.equal(code, 'OPTION');
  assert.match(message, /another store or source of this process uses it already|writes to it already/);
});

test('the example counts on where it was', async () => {
  const program = path.join(ROOT, 'examples/persistent.mjs');
  for (const runs of [1, 2, 3]) {
    const result = await runChild(program, { args: [path.join(folder, 'example')] });
    assert.equal(result.code, 0, describe(result));
    assert.match(result.stdout, new RegExp(`run ${runs}:`));
  }
});

test.run();
