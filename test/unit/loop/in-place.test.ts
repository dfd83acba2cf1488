// Zeros in a file that is source and store in one, where its file system makes no holes, or fails.
import assert from 'node:assert/strict';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PAGE_SHIFT_AT } from '../../../assembly/layout.js';
import type { Core } from '../../../src/core/core.js';
import { storeZeros } from '../../../src/loop/in-place.js';
import type { Mapped } from '../../../src/loop/region.js';
import type { Native } from '../../../src/native/native.js';

const PAGE = 4096;
const EIO = 5;
const EOPNOTSUPP = 95;
const test = suite('zeros in place');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-zeros-'));
const file = path.join(folder, 'file');
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Pages of zeros are 1, of which some are being written at first: 2; what is not zeros is 0. */
function storeOver(pages: number[], errno: number, inPlace = true) {
  const u32 = new Uint32Array((PAGE_SHIFT_AT >> 2) + 1);
  u32[PAGE_SHIFT_AT >> 2] = 12;
  const nextBlank = (_region: number, first: number, end: number, blank: number) => {
    const at = pages.findIndex((kind, page) => page >= first && (blank === 1 ? kind !== 0 : kind !== 1));
    return at < 0 || at > end ? end : at;
  };
  const fd = openSync(file, 'r+');
  const mapped = { region: 1, closing: false, store: { file: { fd, path: file, inPlace } } } as unknown as Mapped;
  const core = { exports: { nextBlank }, u32 } as unknown as Core;
  const native = { punchFile: () => errno } as unknown as Native;
  return { mapped, done: storeZeros(core, native, mapped, { first: 0, end: pages.length }) };
}

test.before.each(() => writeFileSync(file, Buffer.alloc(3 * PAGE + 100, 7)));

const kinds = () => Array.from(readFileSync(file).filter((_, at) => at % PAGE === 0));

test('they are written where no hole can be made, and make the file no longer', async () => {
  await storeOver([0, 1, 0, 1, 1], EOPNOTSUPP).done;
  assert.deepEqual(kinds(), [7, 0, 7, 0]);
  assert.equal(readFileSync(file).byteLength, 3 * PAGE + 100);
});

test('a page that is being written is waited for', async () => {
  const pages = [2, 1, 0];
  const { done } = storeOver(pages, EOPNOTSUPP);
  setTimeout(() => pages.splice(0, 1, 0), 5);
  await done;
  assert.deepEqual(kinds(), [7, 0, 7, 7]);
});

test('a region that closes meanwhile ends the wait', async () => {
  const { done, mapped } = storeOver([2], EOPNOTSUPP);
  mapped.closing = true;
  await assert.rejects(done, { code: 'CLOSED' });
});

test('another error is reported', async () => {
  await assert.rejects(storeOver([1], EIO).done, { code: 'STORE_WRITE', errno: 'EIO' });
  assert.deepEqual(kinds(), [7, 7, 7, 7]);
});

test('of two files nothing is looked at', async () => {
  await storeOver([1, 1, 1], EIO, false).done;
  assert.deepEqual(kinds(), [7, 7, 7, 7]);
});

test.run();
