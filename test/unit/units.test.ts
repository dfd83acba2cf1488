import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { formatSize, parseSize } from '../../src/units.js';

const test = suite('units');

test('reads numbers and texts', () => {
  const cases: [number | string, number][] = [
    [0, 0],
    [4096, 4096],
    ['0', 0],
    ['512', 512],
    ['7B', 7],
    ['64KiB', 65536],
    ['256 MiB', 2 ** 28],
    [' 8GiB ', 2 ** 33],
    ['1TiB', 2 ** 40],
    ['1.5KiB', 1536],
    ['0.5MiB', 524288],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ];
  for (const [text, bytes] of cases) assert.equal(parseSize(text, 'size'), bytes, String(text));
});

test('refuses what is not a size, by name and with advice', () => {
  const wrong = [
    '',
    ' ',
    'x',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '64KB',
    '64kib',
    '64K',
    '1.5',
    '1.',
    '.5KiB',
    '1 2',
    '9007199254740992',
  ];
  for (const size of [...wrong, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(
      () => parseSize(size, 'residentLimit'),
      (error: unknown) => {
        assert.ok(error instanceof PagerError, String(size));
        assert.equal(error.code, 'OPTION');
        assert.ok(error.message.includes('residentLimit') && error.message.includes(String(size)));
        assert.match(error.hint ?? '', /'64KiB'/);
        return true;
      },
    );
  }
});

test('shows sizes for people', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.50 KiB'],
    [10 * 1024 + 512, '10.5 KiB'],
    [2 ** 27, '128 MiB'],
    [2 ** 33, '8 GiB'],
    [2 ** 50, '1024 TiB'],
  ];
  for (const [bytes, text] of cases) assert.equal(formatSize(bytes), text);
});

test('what is shown of a whole number of a unit reads back as itself', () => {
  const units = fc.constantFrom(1, 2 ** 10, 2 ** 20, 2 ** 30, 2 ** 40);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1023 }), units, (count, unit) => {
      assert.equal(parseSize(formatSize(count * unit), 'size'), count * unit);
    }),
  );
});

test('what is shown is within half a per cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 50 }), (bytes) => {
      const shown = formatSize(bytes);
      const [number = '', unit = ''] = shown.split(' ');
      const factor = 2 ** (10 * ['B', 'KiB', 'MiB', 'GiB', 'TiB'].indexOf(unit));
      assert.ok(Math.abs(Number(number) * factor - bytes) <= bytes * 0.005, `${bytes} as ${shown}`);
    }),
  );
});

test.run();
