import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import {
  CONTROL_BYTES,
  decodeHello,
  encodeWelcome,
  OFFSETS,
  readUnregistered,
  WINDOW_PAGES,
} from '../../../src/wire/agent.js';
import { ROOT } from '../../support/paths.js';

const test = suite('what a paged process and its pager say');

/** The header, as the compiler sees it. */
const LAYOUT = `
#include <stddef.h>
#include <stdio.h>
#include "${ROOT}/native/programs/preload/agent.h"
#define AT(type, field) (int)offsetof(struct farpage_##type, field)
int main(void) {
  printf("{\\"MAGIC\\":%u,\\"VERSION\\":%u,\\"KINDS\\":{\\"start\\":%u,\\"fork\\":%u},", FARPAGE_MAGIC, FARPAGE_VERSION,
         FARPAGE_START, FARPAGE_FORK);
  printf("\\"HELLO\\":{\\"magic\\":%d,\\"version\\":%d,\\"kind\\":%d,\\"pid\\":%d,\\"mailbox\\":%d},\\"HELLO_BYTES\\":%d,",
         AT(hello, magic), AT(hello, version), AT(hello, kind), AT(hello, pid), AT(hello, mailbox),
         (int)sizeof(struct farpage_hello));
  printf("\\"TICKETS\\":%u,\\"TICKET\\":{\\"magic\\":%d,\\"version\\":%d,\\"ticket\\":%d},\\"TICKET_BYTES\\":%d,", FARPAGE_TICKETS,
         AT(ticket, magic), AT(ticket, version), AT(ticket, ticket), (int)sizeof(struct farpage_ticket));
  printf("\\"WELCOME\\":{\\"magic\\":%d,\\"version\\":%d,\\"windowPages\\":%d,\\"minMapping\\":%d},\\"WELCOME_BYTES\\":%d,",
         AT(welcome, magic), AT(welcome, version), AT(welcome, window_pages), AT(welcome, min_mapping),
         (int)sizeof(struct farpage_welcome));
  printf("\\"CONTROL\\":{\\"unregistered\\":%d,\\"unregisteredErrno\\":%d,\\"ready\\":%d,\\"left\\":%d,\\"dismissed\\":%d,\\"killed\\":%d},",
         AT(control, unregistered), AT(control, unregistered_errno), AT(control, ready), AT(control, left),
         AT(control, dismissed), AT(control, killed));
  printf("\\"pages\\":%u,\\"bytes\\":%u}\\n", FARPAGE_REQUEST_PAGES, FARPAGE_CONTROL_BYTES);
  return 0;
}
`;

test('the codec and native/programs/preload/agent.h have the same layout', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-layout-'));
  try {
    writeFileSync(path.join(folder, 'layout.c'), LAYOUT);
    execFileSync('cc', ['-o', path.join(folder, 'layout'), path.join(folder, 'layout.c')]);
    const { bytes, pages, ...offsets } = JSON.parse(execFileSync(path.join(folder, 'layout'), { encoding: 'utf8' }));
    assert.deepEqual(offsets, OFFSETS);
    assert.equal(bytes, CONTROL_BYTES);
    assert.equal(pages, WINDOW_PAGES);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function hello(change: (view: DataView) => void = () => {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(OFFSETS.HELLO_BYTES));
  view.setUint32(0, OFFSETS.MAGIC, true);
  view.setUint32(4, OFFSETS.VERSION, true);
  view.setUint32(8, OFFSETS.KINDS.start, true);
  view.setUint32(12, 4321, true);
  view.setBigUint64(16, 0x7f0012345000n, true);
  change(view);
  return new Uint8Array(view.buffer);
}

test('a hello is read', () => {
  assert.deepEqual(decodeHello(hello(), 2), { kind: 'start', pid: 4321, mailbox: 0x7f0012345000n });
  const fork = hello((view) => view.setUint32(8, OFFSETS.KINDS.fork, true));
  assert.equal(decodeHello(fork, 1).kind, 'fork');
});

test('what is not a hello is refused', () => {
  const odd: ReadonlyArray<readonly [Uint8Array, number]> = [
    [new Uint8Array(1), 1],
    [new Uint8Array(65536), 1],
    [new Uint8Array(OFFSETS.HELLO_BYTES), 1],
    [hello(), 1],
    [hello(), 4],
    [hello((view) => view.setUint32(0, 1, true)), 2],
    [hello((view) => view.setUint32(4, 1, true)), 2],
    [hello((view) => view.setUint32(8, 3, true)), 2],
    [hello((view) => view.setUint32(8, OFFSETS.KINDS.fork, true)), 2],
    [hello((view) => view.setBigUint64(16, 0n, true)), 2],
    [hello((view) => view.setBigUint64(16, 4097n, true)), 2],
    [hello((view) => view.setBigUint64(16, 2n ** 63n, true)), 2],
  ];
  for (const [data, descriptors] of odd) {
    assert.throws(() => decodeHello(data, descriptors), { name: 'PagerError', code: 'PROTOCOL' });
  }
});

test('a welcome is written, a control file is read', () => {
  const view = new DataView(encodeWelcome(512, 2 ** 33).buffer);
  assert.equal(view.getUint32(8, true), 512);
  assert.equal(view.getBigUint64(16, true), 2n ** 33n);
  const control = new DataView(new ArrayBuffer(64));
  control.setUint32(OFFSETS.CONTROL.unregistered, 3, true);
  control.setUint32(OFFSETS.CONTROL.unregisteredErrno, 12, true);
  assert.deepEqual(readUnregistered(new Uint8Array(control.buffer)), { mappings: 3, errno: 12 });
});

test.run();
