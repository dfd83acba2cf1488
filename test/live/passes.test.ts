// budget: 120 s
// covers: assembly/pass/, assembly/books/passes.ts, src/loop/passes/
// Passes over several regions of one pager at once.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { play } from './play.js';

const test = suite('passes at once');
const top = mkdtempSync(path.join(tmpdir(), 'farpage-passes-'));
test.after(() => rmSync(top, { recursive: true }));

let folders = 0;
function newFolder(): string {
  const folder = path.join(top, String(++folders));
  mkdirSync(folder);
  return folder;
}

test('a snapshot that is stuck holds up none of another region, and every image is right', async () => {
  const { reports, code, ends, again } = await play<Record<string, unknown>>(
    'passes',
    'snapshots of several regions at once',
    { folder: newFolder() },
  );
  assert.deepEqual(reports, [600, 600, 600]);
  assert.equal(code, 'CLOSED');
  assert.deepEqual(ends, ['CLOSED', 'CLOSED', 'CLOSED']);
  assert.equal(again, 6);
});

test('a region that is closed in the middle of its pass leaves the others, and its number, as they should be', async () => {
  assert.equal(await play('passes', 'regions are closed while their passes run', { folder: newFolder() }), 'CLOSED');
});

test('snapshots of other regions run beside a migration; one of the same region waits for its end', async () => {
  assert.deepEqual(await play<string[]>('passes', 'a migration beside snapshots', { folder: newFolder() }), [
    'snapshot of another',
    'migration',
    'snapshot of the moved',
  ]);
});

test.run();
