// A full snapshot, then some pages written to, then an incremental one, which is read back through its chain.
import { rmSync } from 'node:fs';
import { createPager, memoryStore, snapshotStore } from '../../src/index.js';
import { PAGE_BYTES } from '../data.js';
import * as side from './common.js';
import { addressOf, writers } from './writers.js';

const pages = side.integer('pages');
const dirty = side.integer('dirty');
const file = side.text('file');
const byteLength = pages * PAGE_BYTES;

const pager = await createPager(side.placement());
const region = await pager.map({ byteLength, store: memoryStore() });
writers.fill(addressOf(region), pages);
const full = await region.snapshot(`${file}.0`);

let last = `${file}.0`;
const seconds: number[] = [];
const reports: unknown[] = [];
for (let i = 1; i <= 3; i++) {
  writers.dirty(addressOf(region), pages, dirty, i << 16);
  const report = await region.snapshot(`${file}.${i}`, { incrementalFrom: last });
  last = `${file}.${i}`;
  seconds.push(report.seconds);
  reports.push(report);
  if (report.bytesWritten !== dirty * PAGE_BYTES) throw new Error(`not ${dirty} pages: ${JSON.stringify(report)}`);
}

const reading = await createPager();
const again = await reading.map({ byteLength, source: snapshotStore(last) });
const wrong = writers.differing(addressOf(region), addressOf(again), pages);
side.answer({
  subject: 'incremental',
  seconds: seconds.toSorted((a, b) => a - b)[1],
  fullSeconds: full.seconds,
  bytesWritten: dirty * PAGE_BYTES,
  wrong,
  full,
  reports,
});
await reading.close();
await pager.close();
for (let i = 0; i <= 3; i++) rmSync(`${file}.${i}`);
