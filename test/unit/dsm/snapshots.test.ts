// A node that takes a snapshot, and a home of which a test writes each message: one that breaks the rules, or forgets the cut.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import {
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  FLAG_HELD,
  FLAG_STORE,
  MESSAGE_COPIED,
  MESSAGE_COPY,
  MESSAGE_CUT,
  MESSAGE_CUT_END,
  MESSAGE_CUT_OVER,
  MESSAGE_INSTANT,
  MESSAGE_INV,
  MESSAGE_NO_COPY,
  MESSAGE_SAVED,
} from '../../../assembly/dsm/layout.js';
import { ServedCall } from '../../../src/call/served.js';
import { CUT_NO_PAGES, CUT_STALLED, type Head, type Message, PAGE_BYTES } from '../../../src/dsm/message.js';
import type { SnapshotResult } from '../../../src/dsm/requests.js';
import { Snapshots } from '../../../src/dsm/snapshots.js';
import { PagerError } from '../../../src/errors.js';
import { until } from '../../support/servers/servers.js';

const PAGES = 150;
const test = suite('snapshots of a node');
let folder = '';
let sent: Head[] = [];
let snapshots: Snapshots;

test.before.each(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-snapshots-'));
  sent = [];
  snapshots = new Snapshots(PAGES, (head) => sent.push(head));
});
test.after.each(() => rmSync(folder, { recursive: true }));

function message(head: Partial<Message> & { message: number }): Message {
  return { flags: 0, page: 0, txn: 0, req: 1, version: 0n, bytes: null, ...head };
}

const hear = (...heads: Array<Partial<Message> & { message: number }>) => snapshots.hear(heads.map(message));

function take(call = new ServedCall(1, true, () => {})): Promise<SnapshotResult> {
  const target = { kind: 'file', path: path.join(folder, 'a.img'), format: 'image' } as const;
  return snapshots.take({ target, meta: { created: '2026-11-30T00:00:00.000Z' } }, call);
}

const has = (kind: number) => sent.some((one) => one.message === kind);

/** A snapshot for which the home has begun its cut. */
async function begin(call?: ServedCall): Promise<{ taken: Promise<SnapshotResult> }> {
  const taken = take(call);
  taken.catch(() => {}); // the test awaits it
  await until(() => has(MESSAGE_CUT), 'the node asks for a cut');
  return { taken };
}

function copied(page: number, flags = FLAG_BYTES): Message {
  const bytes = (flags & FLAG_BYTES) === 0 ? null : Buffer.alloc(PAGE_BYTES, page);
  return message({ message: MESSAGE_COPIED, page, flags, bytes });
}

test('it asks for runs of pages after the instant, says which of them it has written for a writer, and ends its cut', async () => {
  const { taken } = await begin();
  assert.equal(has(MESSAGE_COPY), false);
  hear({ message: MESSAGE_INSTANT });
  const asked = sent.filter((one) => one.message === MESSAGE_COPY).map(({ page, txn }) => [page, txn]);
  assert.deepEqual(asked, [
    [0, 64],
    [64, 64],
    [128, 22],
  ]);
  // In no order; two with bytes, one of them for a writer, and one of another request of this node.
  hear(copied(100, FLAG_BYTES | FLAG_HELD), copied(3));
  hear({ ...copied(3), req: 7 });
  for (let page = 0; page < PAGES; page++) if (page !== 100 && page !== 3) hear(copied(page, FLAG_ALL_ZEROS));
  const { pages, bytesWritten, id } = await taken;
  assert.deepEqual([pages, bytesWritten], [2, 2 * PAGE_BYTES]);
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.deepEqual(
    sent.filter((one) => one.message === MESSAGE_SAVED).map(({ page }) => page),
    [100],
  );
  assert.ok(has(MESSAGE_CUT_END));
  assert.deepEqual(readdirSync(folder), ['a.img']);
});

test('other messages are left to the node', async () => {
  await begin();
  const rest = snapshots.hear([message({ message: MESSAGE_INV, page: 4 }), message({ message: MESSAGE_INSTANT })]);
  assert.deepEqual(
    rest.map(({ message: kind, page }) => [kind, page]),
    [[MESSAGE_INV, 4]],
  );
  snapshots.end(new PagerError('CLOSED', 'the end'));
});

for (const [what, instant, ...wrong] of [
  ['pages before the instant', false, copied(1)],
  ['a page twice', true, copied(1), copied(1)],
  ['a page past the last', true, copied(PAGES)],
  ['a page of neither', true, { ...copied(1), flags: 0, bytes: null }],
  ['two instants', true, message({ message: MESSAGE_INSTANT })],
  ['no copy past the last', false, message({ message: MESSAGE_NO_COPY, page: PAGES })],
] as const) {
  test(`${what}: refused`, async () => {
    const { taken } = await begin();
    if (instant) hear({ message: MESSAGE_INSTANT });
    assert.throws(() => hear(...wrong), { code: 'PROTOCOL' });
    // The connection ends then.
    snapshots.fail('the connection to the home was lost');
    await assert.rejects(taken, { code: 'CLOSED', message: /the connection to the home was lost/ });
    assert.deepEqual(readdirSync(folder), []);
  });
}

for (const [what, code, words, ...heads] of [
  [
    'lost pages',
    'STORE_READ',
    /12 pages are lost: 0, 2, 4, 6, 8, 10, 12, 14 and more$/,
    ...Array.from({ length: 12 }, (_, n) => ({ message: MESSAGE_NO_COPY, page: 2 * n })),
    { message: MESSAGE_INSTANT },
  ],
  [
    'a store that gives nothing',
    'STORE_READ',
    /could not read page 9 from its store/,
    { message: MESSAGE_INSTANT },
    { message: MESSAGE_NO_COPY, page: 9, flags: FLAG_STORE },
  ],
  ['a home that has ended it', 'STORE_WRITE', /took no pages/, { message: MESSAGE_CUT_OVER, txn: CUT_STALLED }],
  ['a home that has begun', 'CLOSED', /waits for the nodes/, { message: MESSAGE_CUT_OVER, txn: CUT_NO_PAGES }],
] as const) {
  test(`${what}: it rejects, and leaves no image where one was before`, async () => {
    writeFileSync(path.join(folder, 'a.img'), 'as before');
    const { taken } = await begin();
    hear(...heads);
    await assert.rejects(taken, { code, message: words });
    assert.ok(has(MESSAGE_CUT_END));
    assert.deepEqual(readdirSync(folder), ['a.img']);
  });
}

test('the caller ends it, also one that waits for the one before; the node ends', async () => {
  const [first, second] = [new ServedCall(1, true, () => {}), new ServedCall(2, true, () => {})];
  const { taken } = await begin(first);
  const next = take(second);
  second.end(new PagerError('CLOSED', 'enough of the second'));
  await assert.rejects(next, /enough of the second/);
  first.end(new PagerError('CLOSED', 'enough of the first'));
  await assert.rejects(taken, /enough of the first/);
  await snapshots.idle;
  sent = [];
  const third = await begin();
  assert.equal(sent.find((one) => one.message === MESSAGE_CUT)?.req, 2);
  snapshots.end(new PagerError('CLOSED', 'the node has ended'));
  await assert.rejects(third.taken, /the node has ended/);
  await assert.rejects(take(), /the node has ended/);
  assert.deepEqual(readdirSync(folder), []);
});

test.run();
