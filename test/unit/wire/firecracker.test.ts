import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { type HandOff, HandOffText, parseHandOff } from '../../../src/wire/firecracker.js';

const MIB = 2 ** 20;
const BASE = 0x7f1234500000;

const test = suite('the hand-off');

function region(fields: object = {}): Record<string, unknown> {
  return { base_host_virt_addr: BASE, size: MIB, offset: 0, ...fields };
}

const parse = (regions: unknown): HandOff => parseHandOff(JSON.stringify(regions));

function refuses(text: string, match: RegExp): void {
  assert.throws(
    () => parseHandOff(text),
    (error: Error & { code?: string; hint?: string }) => {
      assert.equal(error.code, 'PROTOCOL');
      assert.ok(error.hint !== undefined);
      assert.match(error.message, match);
      return true;
    },
  );
}

test('every version’s names', () => {
  const versions: Array<[object, number]> = [
    [{}, 4096],
    [{ page_size_kib: 4096 }, 4096],
    [{ page_size_kib: 2 * MIB }, 2 * MIB],
    [{ page_size: 4096, page_size_kib: 4096 }, 4096],
    [{ page_size: 2 * MIB }, 2 * MIB],
    [{ page_size: 4096, page_size_kib: 2 * MIB }, 4096],
  ];
  for (const [fields, pageSize] of versions) {
    const found = parse([region({ size: 4 * MIB, base_host_virt_addr: BASE - (BASE % (2 * MIB)), ...fields })]);
    assert.equal(found.pageSize, pageSize);
    assert.equal(found.parts[0]?.byteLength, 4 * MIB);
  }
});

test('unknown fields are left alone', () => {
  const { parts } = parse([region({ guest_phys_addr: -1.5, flags: ['a', { b: null }], farpage: 'no object' })]);
  assert.deepEqual(parts, [{ address: BigInt(BASE), byteLength: MIB, offset: 0, fileOffset: 0 }]);
});

test('where the memfile has it', () => {
  const { parts } = parse([region({ farpage: { file_offset: 8 * MIB, more: 1 } })]);
  assert.equal(parts[0]?.fileOffset, 8 * MIB);
});

test('addresses of more than 53 bits keep every one of them', () => {
  const text = '[{"base_host_virt_addr": 36028797018968064, "size": 4096, "offset": 0, "note": "1234567890123456789"}]';
  assert.equal(parseHandOff(text).parts[0]?.address, 36028797018968064n);
  refuses(text.replace('36028797018968064', '36028797018968065'), /base_host_virt_addr is not a multiple/);
  refuses(text.replace('36028797018968064', '18446744073709551616'), /not an unsigned number of 64 bits/);
  refuses(text.replace('36028797018968064', '18446744073709547520'), /no process has memory/);
});

test('regions in any order are parts in the image’s; neighbours everywhere are one part', () => {
  const { parts, regions } = parse([
    region({ offset: 2 * MIB, base_host_virt_addr: BASE + 16 * MIB }),
    region({ offset: MIB, base_host_virt_addr: BASE + MIB }),
    region({ offset: 0 }),
  ]);
  assert.equal(regions, 3);
  assert.deepEqual(
    parts.map(({ offset, byteLength }) => [offset, byteLength]),
    [
      [0, 2 * MIB],
      [2 * MIB, MIB],
    ],
  );
});

test('what is refused, and why', () => {
  refuses('', /not JSON/);
  refuses('[{]', /not JSON/);
  refuses('{}', /not an array/);
  refuses('[]', /no regions/);
  refuses('[7]', /region 0 is not an object/);
  const cases: Array<[object, RegExp]> = [
    [{ size: undefined }, /size is missing/],
    [{ size: '4096' }, /not an unsigned number/],
    [{ size: -4096 }, /not an unsigned number/],
    [{ size: 4096.5 }, /not an unsigned number/],
    [{ size: 0 }, /region 0 is empty/],
    [{ size: 4097 }, /size is not a multiple/],
    [{ offset: 12 }, /offset is not a multiple/],
    [{ offset: null }, /not an unsigned number/],
    [{ offset: 2 ** 52 }, /past page/],
    [{ base_host_virt_addr: 0 }, /no process has memory/],
    [{ page_size_kib: 4 }, /pages of 4 bytes/],
    [{ page_size: 8192 }, /pages of 8192 bytes/],
    [{ page_size: 2 * MIB }, /not a multiple of its page size, 2097152/],
    [{ farpage: { file_offset: 3 } }, /file_offset is not a multiple/],
  ];
  for (const [fields, match] of cases) refuses(JSON.stringify([region(fields)]), match);
  refuses(JSON.stringify([region(), region({ offset: MIB })]), /addresses in common/);
  refuses(JSON.stringify([region(), region({ base_host_virt_addr: BASE + 8 * MIB })]), /same part of the image/);
  const mixed = [
    region({ base_host_virt_addr: 2 ** 40, size: 2 * MIB, page_size: 2 * MIB }),
    region({ offset: 2 * MIB }),
  ];
  refuses(JSON.stringify(mixed), /region 1 has pages of another size/);
});

test('text in any pieces, with no end but its own', () => {
  const regions = Array.from({ length: 200 }, (_, at) => {
    return region({ offset: at * MIB, base_host_virt_addr: BASE + at * 2 * MIB, name: `]}"\\" ü ${at}` });
  });
  const bytes = new TextEncoder().encode(`${JSON.stringify(regions)}\n`);
  assert.ok(bytes.byteLength > 16_384);
  for (const step of [1, 7, 1000, bytes.byteLength]) {
    const text = new HandOffText();
    let found: HandOff | undefined;
    for (let at = 0; at < bytes.byteLength && found === undefined; at += step) {
      found = text.add(bytes.subarray(at, at + step));
      if (at + step < bytes.byteLength - 1) assert.equal(found, undefined);
    }
    assert.equal(found?.parts.length, 200);
  }
});

test('text that cannot become one is refused at once', () => {
  const add = (text: string) => () => new HandOffText().add(new TextEncoder().encode(text));
  assert.throws(add('GET / HTTP/1.1'), /does not begin with an array/);
  assert.throws(add('{"a":'), /an object, not an array/);
  assert.throws(add('[{]'), /not JSON/);
  assert.throws(add(']'), /not JSON/);
  assert.throws(add(`${JSON.stringify([region()])} []`), /more after its array/);
  assert.throws(() => new HandOffText().add(Uint8Array.of(0xff, 0xff)), /not UTF-8/);
  const long = new HandOffText();
  const piece = new TextEncoder().encode(`["${'x'.repeat(2 ** 20)}`);
  assert.throws(() => {
    for (let i = 0; i < 20; i++) long.add(piece);
  }, /longer than/);
});

test.run();
