import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { suite } from 'uvu';
import { createSpoolFile, Spool } from '../../../src/migrate/spool.js';
import { beginTransfer } from '../../../src/migrate/transfer.js';

const test = suite('the file of received pages');
const PAGE = 4096;
const unexpected = (error: unknown) => assert.fail(String(error));

function readPage(spool: Spool, page: number): Uint8Array {
  const into = new Uint8Array(PAGE);
  spool.read(into, page * PAGE);
  return into;
}

test('a page that is written soon is read as it was, whenever it is read', async () => {
  const spool = new Spool(await createSpoolFile(8 * PAGE, 8 * PAGE));
  try {
    const bytes = new Uint8Array(PAGE).fill(1);
    spool.writeSoon(bytes, 0, unexpected);
    bytes.fill(2);
    spool.writeSoon(bytes, 3 * PAGE, unexpected);
    // The caller’s buffer is its own again.
    bytes.fill(9);
    assert.deepEqual(readPage(spool, 0), new Uint8Array(PAGE).fill(1));
    assert.deepEqual(readPage(spool, 3), new Uint8Array(PAGE).fill(2));
    spool.writeSoon(bytes, 5 * PAGE, unexpected);
    await new Promise(setImmediate);
    assert.deepEqual(readPage(spool, 5), bytes);
  } finally {
    spool.close();
  }
});

/** Files of received pages, each by a name that no other has. That of an earlier test may be closed any time now. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.includes('/farpage-') ? [target] : [];
    } catch {
      // Closed since: readdir's own, or one of another thread.
      return [];
    }
  });
}

test('no memory for the states of so many pages: no file stays open', async () => {
  const before = openFiles();
  // Pages without bytes: the file itself has room.
  const greeting = { id: '', role: 'push', again: false, pages: 2 ** 50, pageSize: 0, content: 0 } as const;
  await assert.rejects(beginTransfer(greeting, undefined), RangeError);
  const left = openFiles().filter((file) => !before.includes(file));
  assert.deepEqual(left, []);
});

/** On a disk that is full. */
class FullSpool extends Spool {
  override write(): void {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
}

// Its place in the file is a hole, which would read as zeros.
test('a page that cannot be written is not read as zeros', async () => {
  const spool = new FullSpool(await createSpoolFile(8 * PAGE, 8 * PAGE));
  try {
    const failures: unknown[] = [];
    spool.writeSoon(new Uint8Array(PAGE).fill(1), 0, (error) => failures.push(error));
    spool.writeSoon(new Uint8Array(PAGE).fill(2), PAGE, (error) => failures.push(error));
    assert.throws(() => readPage(spool, 0), /ENOSPC/);
    assert.equal(failures.length, 1);
    assert.equal(spool.finish(), false);
    await new Promise(setImmediate);
    assert.throws(() => readPage(spool, 1), /ENOSPC/);
    assert.equal(failures.length, 1);
  } finally {
    spool.close();
  }
});

test('pages that are left when it is closed are dropped', async () => {
  const spool = new Spool(await createSpoolFile(8 * PAGE, 8 * PAGE));
  spool.writeSoon(new Uint8Array(PAGE), 0, unexpected);
  spool.close();
  await new Promise(setImmediate);
});

// The number of its descriptor may be another file’s by then.
test('nothing is read or written after it is closed', async () => {
  const spool = new Spool(await createSpoolFile(8 * PAGE, 8 * PAGE));
  spool.write(new Uint8Array(PAGE).fill(1), 0);
  spool.close();
  assert.throws(() => readPage(spool, 0), { code: 'STORE_READ', message: /is closed/ });
  assert.throws(() => spool.write(new Uint8Array(PAGE), 0), { code: 'STORE_READ' });
  spool.close();
});

test.run();
