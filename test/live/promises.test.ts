// budget: 240 s
// parts: 2
// variants: engine trap, faults inline
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from '../support/parts.js';
import { runProgram } from '../support/process/child.js';
import { describe, play, run, told } from './play.js';

const test = suite('promises');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-promises-'));

test.after(() => rmSync(folder, { recursive: true }));

test('regions that are mapped while another one closes are regions like any other', async () => {
  const told = await play<object>('promises', 'map while another region closes');
  assert.deepEqual(told, { read: [2, 3, 4, 5], open: 5, closed: [true, true, true, true], slow: true, after: 4096 });
});

test('a snapshot that waits its turn is of its own region, or of none', async () => {
  const paths = { first: path.join(folder, 'first.img'), second: path.join(folder, 'second.img') };
  const told = await play<object>('promises', 'a snapshot that waits its turn while its region closes', paths);
  assert.deepEqual(told, { code: 'CLOSED', word: 7 });
});

for (const memory of [undefined, 'shared'] as const) {
  test(`closed regions leave no memory behind${memory === undefined ? '' : ', of memfiles either'}`, async () => {
    const most = await play<number>('promises', 'map, fill and close one region after the other', { memory });
    assert.ok(most < 800, `${most} MiB beside a limit of 64 MiB, after 60 regions of 32 MiB`);
  });
}

test('closed pagers leave no memory behind', async () => {
  const most = await play<number>('promises', 'open, fill and close one pager after the other');
  assert.ok(most < 1000, `${most} MiB after 12 pagers with 160 MiB each`);
});

for (const own of [false, true]) {
  test(`what many loads at once have loaded is there in their turn${own ? ', from a store of this thread too' : ''}`, async () => {
    const told = await play<object>('promises', 'many loads at once', { own });
    assert.deepEqual(told, { faults: 0, wrong: 0, pinnedPages: 0, over: false });
  });
}

test('pins count, and can be disposed of; use keeps its range to the end', async () => {
  const told = await play<unknown[]>('promises', 'pins count');
  assert.deepEqual(told, [0, 4, 2, 0, 0, [7, 0, 2], 'mine', 0, 0, 'OPTION']);
});

test('a thread that waits for its own store is seen, and said, long before the patience is over', async () => {
  const name = 'the thread of a store of its own waits for that store';
  const result = await run('promises', name, { call: 'read' }, { budget: 20_000 });
  assert.equal(result.signal, 'SIGBUS', describe(result));
  assert.match(
    result.stderr,
    /^farpage: region 1, page 0: cannot be read from your store: the thread that is blocked on it is the one [^\n]* \(EDEADLK\); load, pin or use [^\n]*SIGBUS\n$/,
  );
});

test('a thread that touches what its own store is to write gets it back', async () => {
  const name = 'the thread of a store of its own waits for that store';
  const result = await run('promises', name, { call: 'write' }, { budget: 20_000 });
  assert.equal(result.code, 0, describe(result));
  assert.equal(told<number>(result), 128 * 6);
});

const INDEX = new URL('../../src/index.js', import.meta.url).href;
const USE = `
  const { createPager } = await import(${JSON.stringify(INDEX)});
  const pager = await createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '2MiB' });
  await region.load(0, 4096);
  await pager.close();
  console.log('worked');
`;

for (const [how, flags, env] of [
  ['as a module on the command line', ['--input-type=module'], {}],
  ['with a preload that makes a pager itself', ['--import', './preload.mjs', '--input-type=module'], {}],
  ['with such a preload in NODE_OPTIONS', ['--input-type=module'], { NODE_OPTIONS: '--import ./preload.mjs' }],
  ['with a CommonJS preload', ['--require', './preload.cjs', '--input-type=module'], {}],
  ['with an inspector that waits', ['--input-type=module'], { NODE_OPTIONS: '--inspect=127.0.0.1:0' }],
] as const) {
  test(`a pager starts in a program run ${how}`, async () => {
    writeFileSync(path.join(folder, 'preload.mjs'), USE);
    writeFileSync(path.join(folder, 'preload.cjs'), "require('node:fs').appendFileSync('preloads', 'x');");
    const args = [...flags, '-e', USE];
    const { code, stdout, stderr } = await runProgram(process.execPath, { args, env, cwd: folder });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /worked\n$/);
    // A preload runs once in a process, not once more in each pager's thread.
    if (how.includes('CommonJS')) assert.equal(readFileSync(path.join(folder, 'preloads'), 'utf8'), 'x');
  });
}

test('a pager starts in a file under node --test', async () => {
  const file = path.join(folder, 'one.test.mjs');
  writeFileSync(file, USE);
  const { code, stdout, stderr } = await runProgram(process.execPath, { args: ['--test', file], cwd: folder });
  assert.equal(code, 0, stdout + stderr);
});

test.run();
