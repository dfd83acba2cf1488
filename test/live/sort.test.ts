// variants: engine trap, faults inline
// covers: assembly/, native/engine/
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import type { PagerStats } from '../../src/index.js';
import { ROOT } from '../support/paths.js';
import { runProgram } from '../support/process/child.js';
import { play } from './play.js';

const MIB = 2 ** 20;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-live-'));
const wasm = path.join(folder, 'sort.wasm');

const test = suite('a user’s WebAssembly program');
test.after(() => rmSync(folder, { recursive: true }));

test('compiles with an imported shared memory', async () => {
  const asc = path.join(ROOT, 'node_modules', '.bin', 'asc');
  const source = path.join(ROOT, 'test', 'programs', 'sort.ts');
  const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
  const args = [source, '-o', wasm, '-O3', '--runtime', 'stub', '--enable', 'threads', '--noExportMemory', ...memory];
  const { code, stderr } = await runProgram(asc, { args, cwd: ROOT });
  assert.equal(code, 0, stderr);
});

for (const [algorithm, bytes, limit] of [
  ['mergesort', 32 * MIB, 4 * MIB],
  // Heapsort jumps about: each sift through the lower half of the heap is a fault.
  ['sort', MIB, 512 * 1024],
] as const) {
  test(`${algorithm} of ${bytes} bytes under ${limit}`, async () => {
    const input = { wasm, algorithm, bytes, limit };
    const { descents, sum, mix, stats } = await play<{ descents: number; sum: number; mix: number; stats: PagerStats }>(
      'sorting',
      'sort',
      input,
      { budget: 60_000 },
    );
    assert.deepEqual({ descents, sum, mix }, { descents: 0, sum: 0, mix: 0 });
    assert.ok(stats.evictions > 0 && stats.residentBytesPeak <= limit);
  });
}

test.run();
