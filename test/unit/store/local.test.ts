import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { fileStore } from '../../../src/store/file.js';
import { checkFile } from '../../../src/store/file-check.js';
import { isUsedMemory, memoryStore } from '../../../src/store/memory.js';
import { moduleStore } from '../../../src/store/module.js';
import { isPermanent } from '../../../src/store/store-error.js';

const PAGE = 4096;
const test = suite('local stores');
const directory = mkdtempSync(path.join(tmpdir(), 'farpage-local-'));
test.after(() => rmSync(directory, { recursive: true, force: true }));

function page(byte = 0): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(PAGE)).fill(byte);
}

async function rejection(promise: Promise<unknown> | undefined): Promise<PagerError> {
  const error = await (promise ?? Promise.resolve()).then(
    () => assert.fail('it should have been rejected'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PagerError, String(error));
  return error;
}

test('memory: a limit holds, a discard makes room, an overwrite costs nothing', async () => {
  const store = memoryStore({ limit: 2 * PAGE });
  assert.equal(isUsedMemory(store), false);
  await store.write?.([1, 2].map((byte) => ({ page: byte, from: page(byte) })));
  assert.equal(isUsedMemory(store), true);
  await store.write?.([{ page: 2, from: page(3) }]);
  const error = await rejection(store.write?.([{ page: 3, from: page(3) }]));
  assert.deepEqual([error.code, error.errno, isPermanent(error)], ['STORE_WRITE', 'ENOSPC', false]);
  await store.discard?.([1, 9]);
  await store.write?.([{ page: 3, from: page(3) }]);
  assert.equal(isPermanent(await rejection(store.read([{ page: 1, into: page() }]))), true);
  assert.throws(() => memoryStore({ limit: 'much' }), { code: 'OPTION' });
  await store.close();
});

test('file: made on the first write, for its owner only, and left behind', async () => {
  const file = path.join(directory, 'made.bin');
  const store = fileStore(file);
  assert.equal(existsSync(file), false);
  await store.write?.([{ page: 2, from: page(7) }]);
  await store.flush?.();
  await store.close();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(readFileSync(file).equals(Buffer.concat([Buffer.alloc(2 * PAGE), Buffer.alloc(PAGE, 7)])));
});

test('file: read-only refuses writes and makes nothing', async () => {
  const file = path.join(directory, 'source.bin');
  const store = fileStore(file, { readOnly: true });
  assert.equal((await rejection(store.read([{ page: 0, into: page() }]))).errno, 'ENOENT');
  assert.equal(existsSync(file), false);
  writeFileSync(file, 'abc');
  const into = page(9);
  await store.read([{ page: 0, into }]);
  assert.ok(Buffer.from(into).equals(Buffer.concat([Buffer.from('abc'), Buffer.alloc(PAGE - 3)])));
  assert.equal((await rejection(store.write?.([{ page: 0, from: page() }]))).code, 'STORE_WRITE');
  await store.close();
});

test('file: one that is cut shorter while open is an error, not zeros', async () => {
  const file = path.join(directory, 'cut.bin');
  writeFileSync(file, Buffer.alloc(3 * PAGE, 1));
  const store = fileStore(file, { readOnly: true });
  await store.read([{ page: 2, into: page() }]);
  truncateSync(file, PAGE + 10);
  for (const number of [1, 2]) {
    const error = await rejection(store.read([{ page: number, into: page() }]));
    assert.match(error.message, /it was longer/);
    assert.equal(isPermanent(error), true);
  }
  const into = page(9);
  await store.read([{ page: 3, into }]);
  assert.deepEqual(into, page());
  await store.close();
});

test('checkFile says what is wrong before anything is opened', async () => {
  const file = path.join(directory, 'check.bin');
  assert.deepEqual(await checkFile(file, false), { byteLength: 0, exists: false });
  writeFileSync(file, 'abc');
  assert.deepEqual(await checkFile(file, true), { byteLength: 3, exists: true });
  const cases: Array<[string, boolean, string]> = [
    [path.join(directory, 'nothing'), true, 'ENOENT'],
    [path.join(directory, 'no/directory'), false, 'ENOENT'],
    [path.join(file, 'below'), true, 'ENOTDIR'],
    [directory, true, 'EISDIR'],
    [directory, false, 'EISDIR'],
    ['/dev/null', true, 'EINVAL'],
  ];
  for (const [where, readOnly, errno] of cases) {
    const error = await rejection(checkFile(where, readOnly));
    assert.deepEqual([error.code, error.errno], ['OPTION', errno], where);
    assert.notEqual(error.hint ?? '', '');
  }
  assert.throws(() => fileStore(''), { code: 'OPTION' });
});

test('module: calls the default export with the options', async () => {
  const file = path.join(directory, 'good.mjs');
  const source = `export default async ({ byte }) => ({
    writable: false,
    read: async (pages) => pages.forEach(({ into }) => into.fill(byte)),
    close: async () => {},
  });`;
  writeFileSync(file, source);
  const store = moduleStore(file, { byte: 5 });
  const into = page();
  await store.read([{ page: 0, into }]);
  assert.deepEqual(into, page(5));
  assert.equal((await rejection(store.write?.([{ page: 0, from: page() }]))).code, 'STORE_WRITE');
  await store.close();
});

test('module: what is not a store is refused with advice', async () => {
  const sources = ['', 'export default 1', 'throw new Error("no")', 'export default () => null', 'syntax error'];
  sources.push('export default () => ({ writable: false, read() {} })');
  sources.push('export default () => ({ writable: true, read() {}, close() {} })');
  sources.push('export default () => ({ read() {}, close() {} })');
  sources.push('export default () => ({ writable: false, read() {}, close() {}, flush: 1 })');
  for (const [at, source] of sources.entries()) {
    const file = path.join(directory, `bad-${at}.mjs`);
    writeFileSync(file, source);
    const error = await rejection(moduleStore(file).read([{ page: 0, into: page() }]));
    assert.equal(error.code, 'OPTION', source);
    const isModule = !source.startsWith('throw') && source !== 'syntax error';
    assert.match(error.hint ?? '', isModule ? /export default/ : /its default export/, source);
  }
  assert.equal((await rejection(moduleStore('./no-such.mjs').read([]))).code, 'OPTION');
  assert.throws(() => moduleStore('./x.mjs', { call: () => 1 }), { code: 'OPTION' });
});

test.run();
