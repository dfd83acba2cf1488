// budget: 400 s
// parts: 2
// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, engine trap faults loop, memory shared, host v8, faults inline
// covers: assembly/pass/, src/image/, src/loop/passes/, src/pass/
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ImageFolder, Model, writeImage } from '../support/image/kit.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { runChild, startChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { play, program } from './play.js';
import type { Failure } from './programs/kit.js';

const budget = 180_000;
const root = mkdtempSync(path.join(tmpdir(), 'farpage-snapshot-'));
const disk = path.join(root, 'disk');
mkdirSync(disk);
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'farpage', disk]).status === 0;

const test = suite('snapshots');
test.after(() => {
  if (canMount) spawnSync('umount', [disk]);
  rmSync(root, { recursive: true });
});

const newFolder = () => mkdtempSync(path.join(root, 'images-'));

// Under the limit nearly every touch is a fault, and half of the time goes to TLB shoot-downs: 10 s alone, 25 to 50 beside another.
for (const [name, rounds, limits] of [
  ['', 24, {}],
  [' under a tight limit', 24, { pager: { residentLimit: '1MiB' } }],
] as const) {
  test(`threads that write: every image is of one instant${name}`, async () => {
    const folder = newFolder();
    const input = { folder, pages: 600, rounds, bufferLimit: '64KiB', ...limits };
    const { wrong, peak, left } = await play<{ wrong: string[]; peak: number; left: number }>(
      'snapshot',
      'counters',
      input,
      { budget },
    );
    assert.deepEqual(wrong, []);
    assert.ok(peak > 0 && peak <= 65536, `${peak} bytes of the buffer were used`);
    assert.equal(left, 2, 'no partial image is left');
  });
}

for (const residentLimit of [undefined, '1MiB']) {
  test(`a chain of increments, limit ${residentLimit ?? 'none'}: each is the region as it was`, async () => {
    const { images } = await play<{ images: number }>('snapshot', 'chain', { folder: newFolder(), residentLimit });
    assert.equal(images, 6);
  });
}

for (const [how, code] of [
  ['continues', 'done'],
  ['signal', 'CLOSED'],
  ['dies', undefined],
  ['closed', 'CLOSED'],
  ['pager closed', 'CLOSED'],
] as const) {
  test(`a stream that stalls: ${how}`, async () => {
    const ended = await play<{ code: string; peak: number }>('snapshot', 'streams', { how });
    if (code === undefined) assert.notEqual(ended.code, 'done');
    else assert.equal(ended.code, code);
    assert.ok(ended.peak <= 65536);
  });
}

test('killed at any point: the image is the last one or the one before', async () => {
  const folder = newFolder();
  for (let kill = 0; kill < 6; kill++) {
    const child = startChild(program('snapshot'), { args: ['overwrite', JSON.stringify({ folder })] });
    await child.waitFor(/image 2\n/);
    await new Promise((resolve) => setTimeout(resolve, kill * 5));
    child.kill();
    const { stdout } = await child.result;
    const told = Number(stdout.trimEnd().split(' ').at(-1));
    const rounds = await play<number[]>('snapshot', 'round of', { folder });
    assert.equal(rounds.length, 1);
    assert.ok(rounds[0] === told || rounds[0] === told + 1, `it had told of ${told}, the image is of ${rounds[0]}`);
  }
});

skipUnless(
  test,
  canMount,
  'a file system cannot be mounted',
)('a full disk: an error, nothing left of it, the next is whole', async () => {
  const { failure, left } = await play<{ failure?: Failure; left: string[] }>('snapshot', 'full', {
    folder: newFolder(),
    disk,
  });
  assert.match(failure?.message ?? '', /ENOSPC|space/);
  assert.deepEqual(left, []);
});

skipUnless(
  test,
  canMount,
  'a file system cannot be mounted',
)('merge onto a full disk: an error in one line, and nothing left of it', async () => {
  const images = new ImageFolder();
  try {
    const whole = images.file('whole');
    // Large enough for several pieces to be written while further ones are read.
    await writeImage(whole, new Model(4000).scramble(4000));
    for (const format of ['image', 'mapped-ram']) {
      const args = ['image', 'merge', whole, '--output', path.join(disk, 'merged'), '--format', format];
      const { code, stderr } = await runChild(path.join(ROOT, 'dist/src/bundle/main/cli.js'), { args });
      assert.equal(code, 1, stderr);
      assert.match(stderr, /^farpage: \S+merged: .*\(STORE_WRITE, ENOSPC \w+\)\n/);
      assert.deepEqual(readdirSync(disk), []);
    }
  } finally {
    images.remove();
  }
});

test('several at once are taken one after the other', async () => {
  const folder = newFolder();
  assert.equal(await play<boolean>('snapshot', 'twice', { folder }), true);
  assert.deepEqual(readdirSync(folder).sort(), ['b', 'c', 'moved']);
});

test.run();
