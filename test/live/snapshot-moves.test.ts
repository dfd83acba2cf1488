// budget: 200 s
// A program moves memory that snapshots have protected, or gives it back while one is written: one event may concern more
// pages than the core has room for commands.
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { verifyImage } from '../support/image/snapshot.js';
import { type Child, startChild } from '../support/process/child.js';
import { Bench, MAIN, type Run, tell } from './run/kit.js';

const test = suite('snapshots of memory that moves');
const bench = new Bench();
let program = '';
let images = 0;

test.before(() => {
  program = bench.compile('moves');
});
test.after(() => bench.remove());

async function begin(what: string): Promise<{ run: Run; pid: string }> {
  const run = bench.start(['--resident', '160MiB'], [program, what]);
  const [, pid = ''] = await run.child.waitFor(/ready (\d+)/);
  return { run, pid };
}

function newImage(): string {
  return path.join(bench.folder, `${++images}.img`);
}

function snapshot(pid: string, output: string, ...more: readonly string[]): Child {
  const args = ['snapshot', '--pid', pid, '--output', output, ...more];
  return startChild(MAIN, { args, env: { XDG_RUNTIME_DIR: bench.folder }, budget: 60_000 });
}

async function end(run: Run): Promise<void> {
  run.child.write('end\n');
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  assert.match(result.stdout, /fine\n$/, tell(result));
}

test('48 MiB that a snapshot has protected move, again and again: every byte goes along, every image is whole', async () => {
  const { run, pid } = await begin('move');
  let more: string[] = [];
  for (let i = 1; i <= 4; i++) {
    const image = newImage();
    const result = await snapshot(pid, image, ...more).result;
    assert.equal(result.code, 0, tell(result));
    await verifyImage(image);
    run.child.write('move\n');
    await run.child.waitFor(new RegExp(`(?:done\\n){${i}}`));
    more = ['--incremental-from', image];
  }
  await end(run);
});

test('memory is given back while a snapshot of it is written: program and pager continue', async () => {
  const { run, pid } = await begin('unmap');
  for (let i = 1; i <= 4; i++) {
    const saving = snapshot(pid, newImage(), '--buffer', '64MiB');
    await sleep(100 + 40 * i);
    run.child.write('unmap\n');
    await run.child.waitFor(new RegExp(`(?:done\\n){${i}}`));
    // It was quick enough, or it says that pages were dropped before it had them.
    const result = await saving.result;
    if (result.code !== 0)
      assert.match(result.stderr, /dropped it \(madvise, munmap, mremap\) before it could be saved/, tell(result));
  }
  const image = newImage();
  const result = await snapshot(pid, image).result;
  assert.equal(result.code, 0, tell(result));
  await verifyImage(image);
  await end(run);
});

test.run();
