// Whose a file is: what a store may write over, and who may have it at the same time.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { fileStore } from '../../../src/store/file.js';
import { ClaimedFile } from '../../../src/store/file-claim.js';
import { within } from '../../support/budget.js';
import { skipUnless } from '../../support/skip.js';

const PAGE = 4096;
const test = suite('whose file');
const directory = mkdtempSync(path.join(tmpdir(), 'farpage-claim-'));
test.after(() => rmSync(directory, { recursive: true, force: true }));

async function refusal(promise: Promise<unknown>): Promise<PagerError> {
  const error = await promise.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PagerError, String(error));
  assert.equal(error.code, 'OPTION');
  assert.notEqual(error.hint ?? '', '');
  return error;
}

/** As `map` opens a store's file. */
async function asStore(file: string, overwrite = false, source?: ClaimedFile): Promise<ClaimedFile> {
  const opened = await ClaimedFile.forWriting(file, source);
  try {
    opened.claim({ overwrite, empty: true });
    return opened;
  } catch (error) {
    opened.close();
    throw error;
  }
}

test('a file that no store has written is refused, and stays as it is', async () => {
  const file = path.join(directory, 'thesis.txt');
  writeFileSync(file, 'ten years of work');
  const error = await refusal(asStore(file));
  assert.equal(error.errno, 'EEXIST');
  assert.match(error.message, /thesis\.txt: holds 17 B that no store has written/);
  const direct = fileStore(file);
  await refusal(direct.write?.([{ page: 0, from: new Uint8Array(PAGE) }]) ?? Promise.resolve());
  await direct.close();
  assert.equal(readFileSync(file, 'utf8'), 'ten years of work');
  // Nor does reading it make it a store's.
  const reader = fileStore(file);
  await reader.read([{ page: 0, into: new Uint8Array(PAGE) }]);
  await reader.close();
  await refusal(asStore(file));
});

test('on request a store takes it, from then on without', async () => {
  const file = path.join(directory, 'told.bin');
  writeFileSync(file, 'old');
  (await asStore(file, true)).close();
  assert.equal(statSync(file).size, 0);
  (await asStore(file)).close();
});

test('empty files, files of holes and files of a store before are taken', async () => {
  const empty = path.join(directory, 'empty.bin');
  writeFileSync(empty, '');
  (await asStore(empty)).close();
  const holes = path.join(directory, 'holes.bin');
  writeFileSync(holes, '');
  truncateSync(holes, 2 ** 30);
  (await asStore(holes)).close();
  const direct = fileStore(path.join(directory, 'direct.bin'));
  await direct.write?.([{ page: 3, from: new Uint8Array(PAGE).fill(9) }]);
  await direct.close();
  const again = await asStore(path.join(directory, 'direct.bin'));
  // Its old pages are none of the new store's.
  assert.equal(statSync(again.path).size, 0);
  again.close();
});

test('a store’s file that somebody has written to since is theirs', async () => {
  const file = path.join(directory, 'reused.bin');
  (await asStore(file)).close();
  writeFileSync(file, 'something else by now');
  assert.match((await refusal(asStore(file))).message, /was changed since/);
  assert.equal(readFileSync(file, 'utf8'), 'something else by now');
  const touched = path.join(directory, 'touched.bin');
  const store = fileStore(touched);
  await store.write?.([{ page: 0, from: new Uint8Array(PAGE).fill(1) }]);
  await store.close();
  utimesSync(touched, 1, 1);
  await refusal(asStore(touched));
});

test('a copy of a store’s file is not a store’s', async () => {
  const store = fileStore(path.join(directory, 'original.bin'));
  await store.write?.([{ page: 0, from: new Uint8Array(PAGE).fill(1) }]);
  await store.close();
  const copy = path.join(directory, 'copy.bin');
  execFileSync('cp', [path.join(directory, 'original.bin'), copy]);
  await refusal(asStore(copy));
});

test('source and store in one: taken as it is, and no other store’s from then on', async () => {
  const file = path.join(directory, 'array.bin');
  (await asStore(file)).close();
  const source = await ClaimedFile.forReading(file);
  const store = await asStore(file, false, source);
  assert.equal(store.inPlace, true);
  writeFileSync(file, 'the array');
  await refusal(ClaimedFile.forReading(file));
  source.close();
  await refusal(ClaimedFile.forReading(file));
  store.close();
  await refusal(asStore(file));
  assert.equal(readFileSync(file, 'utf8'), 'the array');
});

test('many may read a file, and one write it; the error names the holder', async () => {
  const file = path.join(directory, 'shared.bin');
  writeFileSync(file, 'content');
  const readers = await Promise.all([ClaimedFile.forReading(file), ClaimedFile.forReading(file)]);
  const error = await refusal(asStore(file, true));
  assert.equal(error.errno, 'EBUSY');
  assert.match(error.message, /another store or source of this process uses it already/);
  assert.equal(readFileSync(file, 'utf8'), 'content');
  for (const reader of readers) reader.close();
  const store = await asStore(file, true);
  assert.match((await refusal(ClaimedFile.forReading(file))).message, /writes to it already/);
  await refusal(asStore(file, true));
  store.close();
});

test('another process’s lock names it, and ends with it however it ends', async () => {
  const file = path.join(directory, 'held.bin');
  const module = new URL('../../../src/store/file.js', import.meta.url).href;
  const program = `
    const { fileStore } = await import(${JSON.stringify(module)});
    await fileStore(${JSON.stringify(file)}).write([{ page: 0, from: new Uint8Array(4096) }]);
    console.log('held');
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await within(20_000, once(other.stdout, 'data'), 'the other process has the file');
    const error = await refusal(asStore(file));
    assert.match(error.message, new RegExp(`process ${other.pid} \\(\\S+\\) uses it already`));
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  (await asStore(file)).close();
});

/** A block device of 1 MiB over a file; undefined where none can be made. */
function loopDevice(): string | undefined {
  const image = path.join(directory, 'disk.img');
  writeFileSync(image, '');
  truncateSync(image, 2 ** 20);
  try {
    return execFileSync('losetup', ['--find', '--show', image], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

const device = loopDevice();
if (device !== undefined) test.after(() => void execFileSync('losetup', ['--detach', device]));
const onDevice = skipUnless(test, device !== undefined, 'no loop device can be made here');

onDevice('a block device is a store only where that is said, and while nobody else has it', async () => {
  const disk = device ?? '';
  assert.match((await refusal(asStore(disk))).message, /is a block device/);
  const store = await asStore(disk, true);
  assert.equal((await refusal(asStore(disk, true))).errno, 'EBUSY');
  store.close();
  const source = await ClaimedFile.forReading(disk);
  const inPlace = await asStore(disk, false, source);
  assert.equal(inPlace.inPlace, true);
  inPlace.close();
  source.close();
});

test.run();
