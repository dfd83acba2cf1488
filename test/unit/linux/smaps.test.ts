import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { type AddressRange, residentBytes, sumResident } from '../../../src/linux/smaps.js';

const test = suite('cli resident');

const SMAPS = [
  '1000-3000 rw-p 00000000 00:00 0 ',
  'Size:                  8 kB',
  'Rss:                   4 kB',
  'Pss:                   4 kB',
  'VmFlags: rd wr mr mw me ac um ',
  '7f0000000000-7f0000004000 rw-p 00000000 00:00 0                          [anon: region]',
  'Size:                 16 kB',
  'Rss:                  12 kB',
  'VmFlags: rd wr mr mw me ac uw um ',
  'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]',
  'Rss:                   0 kB',
  'VmFlags: ex ',
  '',
].join('\n');

const none = (): number => assert.fail('asked for part of a mapping');

test('mappings inside a range count by their Rss', () => {
  const all = [{ start: 0n, end: 1n << 64n }];
  assert.equal(sumResident(SMAPS, all, none), 16 * 1024);
  assert.equal(sumResident(SMAPS, [{ start: 0x7f0000000000n, end: 0x7f0000004000n }], none), 12 * 1024);
  assert.equal(sumResident(SMAPS, [{ start: 0x3000n, end: 0x4000n }], none), 0);
  assert.equal(sumResident('', all, none), 0);
});

test('of a mapping that overlaps, only the part inside is counted', () => {
  const asked: AddressRange[] = [];
  const present = (range: AddressRange): number => asked.push(range) && 4096;
  const ranges = [
    { start: 0x2000n, end: 0x8000n },
    { start: 0x7effffff0000n, end: 0x7f0000002000n },
  ];
  assert.equal(sumResident(SMAPS, ranges, present), 8192);
  assert.deepEqual(asked, [
    { start: 0x2000n, end: 0x3000n },
    { start: 0x7f0000000000n, end: 0x7f0000002000n },
  ]);
});

test("this process has memory, by the kernel's word", () => {
  const most = residentBytes([{ start: 0n, end: 1n << 64n }]);
  const { rss } = process.memoryUsage();
  assert.ok(most > rss / 2 && most < rss * 2, `${most} of ${rss}`);
});

test.run();
