// budget: 240 s
// What is not a whole image is never taken for one, and says what it is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { hashOf } from '../../../src/image/hash.js';
import { type ImageHeader, type MapHeader, placesOf, readHeader, writeHeader } from '../../../src/image/layout.js';
import { ImageChain, type KnownImage } from '../../../src/image/read.js';
import { openTarget } from '../../../src/image/target.js';
import { imageInfo, mergeImage, verifyImage } from '../../../src/image/tools.js';
import { within } from '../../support/budget.js';
import { toFormat1 } from '../../support/image/format1.js';
import { assertHolds, ImageFolder, Model, PAGE, readImage, writeImage } from '../../support/image/kit.js';
import { runChild } from '../../support/process/child.js';

const PAGES = 100;
const test = suite('damaged images');
const folder = new ImageFolder();
const [full, next] = [folder.file('full'), folder.file('next')];
const model = new Model(PAGES, { seed: 4 }).scramble(150).put(10, 10).put(11, 11).put(12, 0);
test.before(async () => {
  await writeImage(full, model);
  await writeImage(next, model.put(12, 12), { parent: full });
  for (const file of [full, next]) {
    copyFileSync(file, `${file}.1`);
    await toFormat1(`${file}.1`);
  }
});
test.after(() => folder.remove());

/** What the file's header says. */
const headerOf = (file: string): ImageHeader => readHeader(readFileSync(file).subarray(0, PAGE), file);
const indexOf = (file: string): number => placesOf(headerOf(file)).index;

const copyOf = (file: string): string => {
  const copy = folder.file('copy');
  copyFileSync(file, copy);
  return copy;
};

function flip(file: string, offset: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8((bytes[offset] ?? 0) ^ 0x10, offset);
  writeFileSync(file, bytes);
}

for (const [format, suffix] of [
  [1, '.1'],
  [2, ''],
] as const) {
  const [whole, later] = [`${full}${suffix}`, `${next}${suffix}`];

  test(`format ${format}: what is read is what was saved`, async () => {
    assert.equal(headerOf(whole).map === null, format === 1);
    await assertHolds(later, model);
  });

  test(`format ${format}: cut short at any place`, async () => {
    const { size } = statSync(whole);
    const index = indexOf(whole);
    for (const length of [0, 1, 15, 16, 100, 4095, 4096, 4097, 40_000, index - 1, index, index + 1, index + 300]) {
      assert.ok(length < size);
      const copy = copyOf(whole);
      truncateSync(copy, length);
      await assert.rejects(
        readImage(copy),
        (error: Error & { code?: string }) => {
          assert.match(error.code ?? '', /^(PROTOCOL|STORE_READ)$/, String(error.stack));
          assert.match(error.message, /copy: /);
          return true;
        },
        `${length} bytes of ${size}`,
      );
    }
  });

  test(`format ${format}: one bit changed in the header, at any byte`, async () => {
    for (let at = 0; at < 200; at += 3) {
      const copy = copyOf(whole);
      flip(copy, at);
      await assert.rejects(readImage(copy), { code: 'PROTOCOL' }, `byte ${at}`);
    }
  });

  test(`format ${format}: one bit changed in the index, at any byte`, async () => {
    const { index, metaAt } = placesOf(headerOf(later));
    for (let at = index; at < index + metaAt + 10; at += 37) {
      const copy = copyOf(later);
      flip(copy, at);
      await assert.rejects(readImage(copy), { code: 'PROTOCOL', message: /copy: .*damaged/ }, `byte ${at}`);
    }
  });

  test(`format ${format}: one bit changed in a page: that page is an error, the others are not`, async () => {
    const copy = copyOf(whole);
    const image = await ImageChain.openAlone(copy);
    const at = image.positionOf(10) + 77;
    await image.close();
    flip(copy, at);
    await assert.rejects(readImage(copy), { code: 'STORE_READ', message: /copy: page 10 is damaged/ });
    flip(copy, at);
    await readImage(copy);
  });
}

test('another kind of file', async () => {
  const file = folder.file('foreign');
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('hello'),
    Buffer.alloc(8192, 7),
    Buffer.from('QEVM'.repeat(3000)),
  ]) {
    writeFileSync(file, bytes);
    await assert.rejects(readImage(file), { code: 'PROTOCOL', message: /foreign: / });
  }
  await assert.rejects(readImage(folder.path));
});

function rewrite(file: string, change: (bytes: Buffer) => Buffer): void {
  const bytes = readFileSync(file);
  change(bytes.subarray(0, PAGE)).copy(bytes);
  writeFileSync(file, bytes);
}

async function refuses(copy: string, wrong: object): Promise<void> {
  await assert.rejects(
    readImage(copy),
    (error: Error & { code?: string }) => {
      assert.match(error.code ?? '', /^(PROTOCOL|STORE_READ)$/, `${JSON.stringify(wrong)}: ${error.stack}`);
      return true;
    },
    JSON.stringify(wrong),
  );
}

const SENSELESS = [
  { pages: 2 ** 32 - 1 },
  { pages: 2 ** 40 },
  { pages: 0 },
  { pages: PAGES + 1 },
  { pageSize: 2048 },
  { pageSize: 5000 },
  { pageSize: 8192 },
  { pageSize: 2 ** 30 },
  { metaBytes: 2 ** 40 },
  { metaBytes: 2 ** 19 },
  { metaBytes: 3 },
];

test('a header that is whole and makes no sense: no memory is asked for on its word', async () => {
  const header = headerOf(full);
  const { map } = header;
  assert.ok(map !== null);
  const maps: Array<Partial<MapHeader>> = [
    { slots: 2 ** 32 - 1 },
    { slots: map.slots - 1 },
    { slots: PAGES + 1 },
    { slots: 0 },
    { present: map.present - 1 },
    { present: map.present + 1 },
    { present: 0 },
    { pagesListed: !map.pagesListed },
    { slotsListed: !map.slotsListed },
  ];
  for (const wrong of [...SENSELESS, ...maps.map((each) => ({ map: { ...map, ...each } }))]) {
    const copy = copyOf(full);
    rewrite(copy, () => writeHeader({ ...header, map, ...wrong }));
    await refuses(copy, wrong);
  }
  for (const wrong of SENSELESS) {
    const copy = copyOf(full);
    await toFormat1(copy, wrong);
    await refuses(copy, wrong);
  }
});

test('a map that is whole and makes no sense', async () => {
  const header = headerOf(full);
  const { map } = header;
  assert.ok(map?.slotsListed && !map.pagesListed);
  const { index, pagesEnd: bitmapBytes, digestsAt } = placesOf(header);
  const wrongs: Array<(bytes: Buffer) => void> = [
    (bytes) => bytes.writeUInt8((bytes[0] ?? 0) ^ 1, 0),
    (bytes) => bytes.writeUInt8(0x80, bitmapBytes - 1),
    (bytes) => bytes.writeUInt32LE(map.slots, bitmapBytes),
    (bytes) => bytes.writeUInt32LE(2 ** 32 - 1, digestsAt - 4),
    (bytes) => bytes.copy(bytes, bitmapBytes, bitmapBytes + 4, bitmapBytes + 8),
  ];
  for (const [i, wrong] of wrongs.entries()) {
    const copy = copyOf(full);
    const bytes = readFileSync(copy);
    const own = bytes.subarray(index, index + digestsAt);
    wrong(own);
    writeHeader({ ...header, map: { ...map, hash: hashOf([own]) } }).copy(bytes);
    writeFileSync(copy, bytes);
    await assert.rejects(readImage(copy), { code: 'PROTOCOL', message: /copy: its index names/ }, `change ${i}`);
  }
});

test('a parent that is gone, another, of another size, or the image itself', async () => {
  mkdirSync(folder.file('chain'));
  const [foot, head] = [folder.file('chain/foot'), folder.file('chain/head')];
  await writeImage(foot, model);
  await writeImage(head, model.put(1, 99), { parent: foot });
  renameSync(foot, `${foot}.away`);
  await assert.rejects(readImage(head), { code: 'STORE_READ', message: /foot/ });
  await writeImage(foot, model);
  await assert.rejects(readImage(head), { code: 'PROTOCOL', message: /foot is not its parent image/ });
  await writeImage(foot, new Model(PAGES + 1));
  await assert.rejects(readImage(head), { code: 'PROTOCOL' });
  copyFileSync(head, foot);
  await assert.rejects(readImage(head), { code: 'PROTOCOL' });
  renameSync(`${foot}.away`, foot);
  await assertHolds(head, model);
});

test('a new image reads its parent’s header and index, and of those before it the headers', async () => {
  mkdirSync(folder.file('line'));
  const [foot, middle, head] = [folder.file('line/foot'), folder.file('line/middle'), folder.file('line/head')];
  const own = new Model(PAGES, { seed: 6 }).scramble(50);
  const goOn = () => writeImage(head, own.put(3, 33), { parent: middle });
  await writeImage(foot, own);
  await writeImage(middle, own.put(2, 22), { parent: foot });
  renameSync(foot, `${foot}.away`);
  await assert.rejects(goOn(), { code: 'STORE_READ', errno: 'ENOENT', message: /foot/ });
  await writeImage(foot, own);
  await assert.rejects(goOn(), { code: 'PROTOCOL', message: /foot is not its parent image/ });
  renameSync(`${foot}.away`, foot);
  for (const [image, at] of [
    [foot, 100],
    [middle, 100],
    [middle, indexOf(middle) + 5],
  ] as const) {
    flip(image, at);
    await assert.rejects(goOn(), { code: 'PROTOCOL', message: /is damaged/ }, `byte ${at} of ${image}`);
    flip(image, at);
  }
  const bytes = readFileSync(foot);
  truncateSync(foot, indexOf(foot) + 1);
  await assert.rejects(goOn(), { code: 'PROTOCOL', message: /foot: it ends before its index does/ });
  writeFileSync(foot, bytes);
  assert.deepEqual(readdirSync(folder.file('line')).sort(), ['foot', 'middle']);
  // Only a reader of the pages meets what only it needs.
  const [inIndex, inPages] = [indexOf(foot) + 5, PAGE + 8];
  flip(foot, inIndex);
  flip(middle, inPages);
  await goOn();
  await assert.rejects(readImage(head), { code: 'PROTOCOL', message: /foot: its index is damaged/ });
  flip(foot, inIndex);
  flip(middle, inPages);
  await assertHolds(head, own);
});

test('what is known of the parent replaces its index, and no other image’s', async () => {
  const [older, newer] = [folder.file('known-older'), folder.file('known-newer')];
  const own = new Model(PAGES, { seed: 8 }).scramble(60);
  const open = (path: string, parent: string | null, known?: KnownImage) =>
    openTarget({ kind: 'file', path, format: 'image' }, { pageSize: PAGE, pages: PAGES, parent, known });
  const first = await open(older, null);
  assert.equal(first.known, undefined, 'it is none yet');
  await first.take({ first: 0, count: PAGES, bytes: own.bytes });
  await first.finish({ whole: true });
  const known = first.known;
  assert.ok(known !== undefined);
  // With the index gone, only what is known can say which pages are the same.
  const inIndex = indexOf(older) + 200;
  flip(older, inIndex);
  const next = await open(newer, older, known);
  await next.take({ first: 0, count: PAGES, bytes: own.put(5, 55).bytes });
  const report = await next.finish({ whole: true });
  assert.equal(report.pages, 1);
  await assert.rejects(open(folder.file('known-not'), older), { code: 'PROTOCOL', message: /index is damaged/ });
  flip(older, inIndex);
  await assertHolds(newer, own);
  // Another image in its place.
  await writeImage(older, own.put(6, 66));
  const other = await open(newer, older, known);
  await other.take({ first: 0, count: PAGES, bytes: own.put(7, 77).bytes });
  assert.equal((await other.finish({ whole: true })).pages, 1);
  await assertHolds(newer, own);
});

test('the parent of another region is refused before anything is written', async () => {
  for (const other of [new Model(PAGES + 1), new Model(PAGES / 4, { pageSize: 4 * PAGE })]) {
    await assert.rejects(writeImage(folder.file('never'), other, { parent: full }), { code: 'OPTION' });
  }
  const options = { parent: full };
  const ram = { kind: 'file', path: folder.file('never'), format: 'mapped-ram' } as const;
  await assert.rejects(writeImage(ram, model, options), { code: 'OPTION' });
  assert.throws(() => statSync(folder.file('never')));
});

for (const parent of [[], [full]]) {
  test(`killed before any step of a ${parent.length > 0 ? 'later' : 'whole'} one: the image from before is good, or the new one is`, async () => {
    const script = path.join(import.meta.dirname, '../../support/image/crash.js');
    const [before, after] = [new Model(6).put(3, 3), new Model(6, { seed: 2 }).put(1, 1).put(4, 4)];
    const foot = folder.file('crash-foot');
    await writeImage(foot, new Model(6, { seed: 9 }).put(2, 2));
    const more = parent.length > 0 ? [foot] : [];
    let deaths = 0;
    for (let step = 0; ; step++) {
      const file = folder.file('crash');
      await writeImage(file, before);
      const child = await runChild(script, { args: [file, String(step), ...more], budget: 60_000 });
      if (child.stdout === 'done') break;
      assert.equal(child.signal, 'SIGKILL', child.stderr);
      deaths++;
      const bytes = await readImage(file);
      assert.ok(bytes.equals(before.bytes) || bytes.equals(after.bytes), `killed before step ${step}`);
    }
    await assertHolds(folder.file('crash'), after);
    assert.ok(deaths >= 8, `${deaths} deaths`);
  });
}

test('a folder in the place of a new image is refused before anything is written', async () => {
  const shape = { pageSize: PAGE, pages: PAGES, parent: null, meta: { created: '' } };
  for (const format of ['image', 'mapped-ram'] as const) {
    await assert.rejects(openTarget({ kind: 'file', path: folder.path, format }, shape), {
      code: 'STORE_WRITE',
      errno: 'EISDIR',
    });
  }
});

test('what is not a file is refused at once, also a FIFO that nobody writes to', async () => {
  const fifo = folder.file('fifo');
  execFileSync('mkfifo', [fifo]);
  const shape = { pageSize: PAGE, pages: PAGES, meta: { created: '' } };
  const target = { kind: 'file', path: folder.file('never'), format: 'image' } as const;
  for (const place of [fifo, folder.path, '/dev/null']) {
    const uses: Array<() => Promise<unknown>> = [
      () => imageInfo(place),
      () => verifyImage(place),
      () => mergeImage(place, target.path),
      () => openTarget(target, { ...shape, parent: place }),
    ];
    for (const use of uses) {
      await assert.rejects(within(10_000, use(), place), { code: 'STORE_READ', message: /neither a file nor/ });
    }
  }
});

test.run();
