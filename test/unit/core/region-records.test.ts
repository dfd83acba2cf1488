// covers: assembly/changes/close.ts
// Readers of the core look at no record of a region that was never open: the first look at one is the first touch of a page of memory,
// and there are 4095 of them.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { regionsOf } from '../../../src/core/dump.js';
import { type CoreReader, readerOf } from '../../../src/core/reader.js';
import { StatsReader } from '../../../src/core/stats.js';
import { Stand } from '../../support/world/stand.js';

const test = suite('records of regions');

/** A reader that notes whose records it looked at. */
function noting(buffer: ArrayBufferLike): { reader: CoreReader; seen: Set<number> } {
  const seen = new Set<number>();
  const reader = readerOf(buffer);
  const note = (at: number) => {
    const region = Math.floor((at - layout.REGIONS_AT) / layout.REGION_BYTES);
    if (region >= 0 && region < layout.REGION_LIMIT) seen.add(region);
    return at;
  };
  return { reader: { word: (at) => reader.word(note(at)), long: (at) => reader.long(note(at)) }, seen };
}

test('statistics and a dump look at the records of regions that were open, and at no others', () => {
  const stand = new Stand({ limit: 512, memoryPages: 4096 });
  const { core } = stand;
  const first = stand.openRegion(16, 2 ** 40, 16);
  const second = stand.openRegion(16, 2 ** 41, 16);
  stand.touch([2 ** 40, 2 ** 41]);
  stand.close(first);
  const { reader, seen } = noting(core.u32.buffer);
  assert.equal(new StatsReader(reader).pager().faults.missing, 2);
  assert.deepEqual(
    regionsOf(reader).map(({ region }) => region),
    [second],
  );
  assert.deepEqual([...seen].sort(), [0, first, second]);
});

test('all regions that may be open are found, the last one too', () => {
  const stand = new Stand({ limit: 512, memoryPages: 4096 });
  for (let count = 1; count < layout.REGION_LIMIT; count++) {
    assert.equal(stand.core.openRegion(1, 2 ** 40 + count * 2 ** 21, {}), count);
  }
  const { reader } = noting(stand.core.u32.buffer);
  assert.equal(new StatsReader(reader).regions(), layout.REGION_LIMIT - 1);
  assert.equal(stand.core.word(layout.REGION_END_AT), layout.REGION_LIMIT);
});

test.run();
