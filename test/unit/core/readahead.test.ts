import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../../assembly/layout.js';
import { Drive } from '../../support/world/core-drive.js';

const test = suite('readahead');

const drive = (readahead: number) =>
  new Drive({ readahead, limit: undefined, frames: 512 }, 4000, layout.STORE_FILE, layout.SOURCE_FILE);

/** Touches the pages in order; how many pages each fault brought. */
function windows(target: Drive, pages: readonly number[]): number[] {
  return pages.flatMap((page) => {
    const before = target.resident().length;
    target.touch(page);
    const brought = target.resident().length - before;
    return brought > 0 ? [brought] : [];
  });
}

const range = (length: number, of: (index: number) => number) => Array.from({ length }, (_, index) => of(index));

test('off brings one page a fault', () => {
  assert.deepEqual(
    windows(
      drive(layout.READAHEAD_OFF),
      range(50, (i) => i),
    ),
    range(50, () => 1),
  );
});

test('a sequence doubles its window up to the limit: a quarter of the frames where pages may have to leave, else 512 pages', () => {
  for (const [limit, most] of [
    [3000, 129],
    [undefined, 513],
  ] as const) {
    const options = { readahead: layout.READAHEAD_SEQUENTIAL, limit, frames: 512 };
    const found = windows(
      new Drive(options, 4000, layout.STORE_FILE, layout.SOURCE_FILE),
      range(2000, (i) => i),
    );
    assert.deepEqual(found.slice(0, 7), [1, 5, 9, 17, 33, 65, 129]);
    assert.equal(Math.max(...found), most);
  }
});

test('four interleaved sequences each get their window, a fifth would not', () => {
  const target = drive(layout.READAHEAD_SEQUENTIAL);
  const found = windows(
    target,
    range(800, (i) => (i % 4) * 1000 + Math.floor(i / 4)),
  );
  assert.ok(found.length < 60, `${found.length} faults for 800 pages`);
});

test('noise fetches nothing ahead', () => {
  const found = windows(
    drive(layout.READAHEAD_SEQUENTIAL),
    range(100, (i) => (i * 1237 + 11) % 4000),
  );
  assert.deepEqual(
    found,
    range(100, () => 1),
  );
  const strided = windows(
    drive(layout.READAHEAD_STRIDE),
    range(100, (i) => (i * i * 37 + i * 11) % 4000),
  );
  assert.ok(strided.filter((brought) => brought > 1).length <= 3);
});

for (const stride of [1, 3, -1, -7, 20]) {
  test(`a stride of ${stride} is found by majority`, () => {
    const start = stride < 0 ? 3900 : 10;
    const found = windows(
      drive(layout.READAHEAD_STRIDE),
      range(100, (i) => start + i * stride),
    );
    assert.ok(found.length < 40, `${found.length} faults for 100 pages`);
  });
}

test('no window crosses the end of its region, and none is bigger than a quarter of the frames', () => {
  const small = new Drive(
    { readahead: layout.READAHEAD_SEQUENTIAL, limit: 64, frames: 8 },
    100,
    layout.STORE_FILE,
    layout.SOURCE_FILE,
  );
  for (let page = 0; page < 100; page++) assert.equal(small.touch(page), page + 1);
  const whole = drive(layout.READAHEAD_SEQUENTIAL);
  for (let page = 3900; page < 4000; page++) assert.equal(whole.touch(page), page + 1);
});

test.run();
