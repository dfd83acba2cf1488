// budget: 120 s
// covers: src/control/, src/core/dump.ts, src/cli/dump.ts
// `farpage dump` of a program under `farpage run`, by the number of either.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import type { CoreDump } from '../../../src/core/dump.js';
import { ROOT } from '../../support/paths.js';
import { runChild } from '../../support/process/child.js';
import { Bench, tell } from './kit.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const test = suite('dumps of programs');
const bench = new Bench();
/** Where the runs of the bench have their control sockets. */
const env = { XDG_RUNTIME_DIR: bench.folder };
test.after(() => bench.remove());

test('a dump shows the program’s pages, under the limit', async () => {
  const run = bench.start(['--resident', '8MiB'], [bench.compile('counters'), '3', '900']);
  const [, , pid = ''] = await run.child.waitFor(/memory (0x[0-9a-f]+) \d+ (\d+)/);
  const { stdout, ...result } = await runChild(COMMAND, { args: ['dump', '--pid', pid, '--json'], env });
  assert.equal(result.code, 0, tell({ stdout, ...result }));
  const dump = JSON.parse(stdout) as CoreDump & { pid: number };
  assert.equal(dump.pid, Number(pid));
  assert.equal(dump.regions.length, 1);
  assert.equal(dump.regions[0]?.isProcess, true);
  assert.ok((dump.regions[0]?.faults ?? 0) > 0 && dump.residentPages > 0, stdout);
  assert.ok(dump.limitPages !== null && dump.residentPages <= dump.limitPages);
  const { frames } = dump;
  assert.equal(frames.vacant + frames.ready + frames.filling + frames.staged + frames.writing, frames.count);
  const lines = await runChild(COMMAND, { args: ['dump', '--pid', String(run.child.pid)], env });
  assert.equal(lines.code, 0, tell(lines));
  assert.match(lines.stdout, /^counters \(\d+\)\n {2}pages .*resident [\d,]+, limit [\d,]+/);
  assert.match(lines.stdout, /\n {2}queues +main \d+/);
  assert.match(lines.stdout, /\n {2}process +1: resident/);
  run.child.write('end\n');
  const ended = await run.child.result;
  assert.equal(ended.code, 0, tell(ended));
});

test('a process that no pager has, and what is not a number, are refused', async () => {
  for (const [pid, what] of [
    [String(process.pid), /process \d+ has no pager, and no pager of this user has its memory/],
    ['x', /--pid: 'x' is not a pid/],
  ] as const) {
    const { code, stderr } = await runChild(COMMAND, { args: ['dump', '--pid', pid] });
    assert.equal(code, 2);
    assert.match(stderr, what);
  }
});

test.run();
