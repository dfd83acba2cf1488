// covers: src/dsm/
// The metrics of a home: the text follows Prometheus' format and conventions, and says what the home has done.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import {
  DO_SEND,
  FLAG_BYTES,
  MESSAGE_GRANT,
  MESSAGE_INV,
  MESSAGE_KEPT,
  MESSAGE_RECALL,
  MESSAGE_SHARE,
} from '../../../assembly/dsm/layout.js';
import { PagerHistogram } from '../../../src/core/histogram.js';
import { countedStore, HomeCounts } from '../../../src/dsm/home-counts.js';
import { exposeHome } from '../../../src/dsm/home-metrics.js';
import { familiesOf } from '../../../src/metrics/families.js';
import type { Store } from '../../../src/store/store.js';
import { homeSubject, regionSubject } from '../../support/dsm/subjects.js';
import { checkConventions, parseExposition, sampleOf } from '../../support/exposition.js';

const test = suite('metrics of a home');

test('of a home: the same format, and its stores under the names that pagers have', () => {
  const counts = new HomeCounts(2);
  const message = { kind: DO_SEND, node: 0, flags: 0, page: 0, txn: 1, req: 1, version: 1n, time: 0 };
  counts.sent({ ...message, message: MESSAGE_SHARE, flags: FLAG_BYTES });
  for (const node of [0, 1, 1]) counts.sent({ ...message, message: MESSAGE_GRANT, flags: FLAG_BYTES, node });
  counts.sent({ ...message, message: MESSAGE_GRANT, page: 1 });
  counts.sent({ ...message, message: MESSAGE_RECALL });
  counts.sent({ ...message, message: MESSAGE_INV });
  counts.sent({ ...message, message: MESSAGE_KEPT });
  const odd = 'a "\\\n';
  const families = parseExposition(
    exposeHome(homeSubject(), [regionSubject(counts), regionSubject(new HomeCounts(2), odd)]),
  );
  const region = { region: 'prices' };
  assert.equal(sampleOf(families, 'farpage_home_granted_pages_total', { ...region, kind: 'read' }), 1);
  assert.equal(sampleOf(families, 'farpage_home_granted_pages_total', { ...region, kind: 'write' }), 3);
  assert.equal(sampleOf(families, 'farpage_home_granted_pages_total', { ...region, kind: 'upgrade' }), 1);
  assert.equal(sampleOf(families, 'farpage_home_hand_offs_total', region), 1);
  assert.equal(sampleOf(families, 'farpage_home_recalled_pages_total', region), 1);
  assert.equal(sampleOf(families, 'farpage_home_invalidated_copies_total', region), 1);
  assert.equal(sampleOf(families, 'farpage_home_hand_offs_total', { region: odd }), 0);
  assert.equal(sampleOf(families, 'farpage_home_network_bytes_total', { direction: 'received' }), 300);
  checkConventions(families);
  const ofPagers = new Map(familiesOf([]).map(({ name, help, type }) => [name, { help, type }]));
  for (const [name, { help, type }] of families) {
    if (!name.startsWith('farpage_home_')) assert.deepEqual({ help, type }, ofPagers.get(name), name);
  }
});

test('the calls of a home’s store are counted, also those that fail, and a store without write stays one', async () => {
  const counts = new HomeCounts(1);
  let fails = false;
  const answer = async (): Promise<void> => {
    if (fails) throw new Error('it is broken');
  };
  const store: Store = { writable: true, read: answer, write: answer, close: async () => {} };
  const counted = countedStore(store, counts);
  await counted.write?.([{ page: 0, from: new Uint8Array(4096) }]);
  fails = true;
  await assert.rejects(counted.read([{ page: 0, into: new Uint8Array(4096) }]), /it is broken/);
  assert.deepEqual(counts.store, { reads: 1, writes: 1, bytesRead: 4096, bytesWritten: 4096, errors: 1 });
  for (const name of ['store.read', 'store.write'] as const) {
    assert.equal(new PagerHistogram(counts.times[name].read()).count, 1);
  }
  const { write: _, ...readOnly } = store;
  assert.equal(countedStore(readOnly, counts).write, undefined);
});

test.run();
