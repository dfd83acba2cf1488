// budget: 120 s
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, memory shared, faults inline
// covers: assembly/pass/, src/loop/passes/, src/linux/pins.ts
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { makePinning } from '../support/process/pinned.js';
import { skipUnless } from '../support/skip.js';
import { describe, run, told } from './play.js';

const SYSCTL = '/proc/sys/kernel/io_uring_disabled';
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-pinned-'));
const env = makePinning(folder);
const plain = suite('memory that is pinned');
plain.after(() => rmSync(folder, { recursive: true }));
const test = skipUnless(plain, mayRing(), 'io_uring is not allowed here');

function mayRing(): boolean {
  try {
    return readFileSync(SYSCTL, 'latin1').trim() === '0';
  } catch {
    return false;
  }
}

for (const released of [false, true]) {
  test(`an increment has what the kernel wrote through a pin${released ? ' that is gone by then' : ''}`, async () => {
    const result = await run('pinned', 'images of what the kernel writes', { folder, released }, { env });
    assert.equal(result.code, 0, describe(result));
    const { failed, wrong, seen, same } = told<{ failed: number; wrong: number[][]; seen: number; same: number[] }>(
      result,
    );
    assert.equal(failed, 0);
    assert.equal(seen, released ? 101 : 103, 'the kernel has written to the page');
    assert.deepEqual(wrong, [[], [], [], []]);
    // With nothing pinned any more, and all of it taken twice, pages are known to be unchanged again.
    if (released) assert.ok((same[3] ?? 0) < 8, `${same} pages were compared`);
  });
}

plain.run();
