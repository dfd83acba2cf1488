// budget: 120 s
// Images of both formats with bytes changed, cut and added, most of them with their hashes made good again: each is read, or
// refused with a PagerError, and no page is read that was not saved.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { hashOf } from '../../src/image/hash.js';
import { placesOf, readHeader } from '../../src/image/layout.js';
import openSnapshot from '../../src/image/store.js';
import { imageInfo } from '../../src/image/tools.js';
import { toFormat1 } from '../support/image/format1.js';
import { ImageFolder, Model, PAGE, writeImage } from '../support/image/kit.js';
import { Random } from '../support/sim/random.js';

const ROUNDS = 1500;
const PAGES = 70;
const HEADER_BYTES = 4096;
const test = suite('images, fuzzed');
const folder = new ImageFolder();
const saved = new Set<string>([Buffer.alloc(PAGE).toString('latin1')]);
const seeds: Buffer[] = [];

test.before(async () => {
  const model = new Model(PAGES, { seed: 3 }).scramble(100).put(8, 8);
  const [full, next] = [folder.file('full'), folder.file('next')];
  const remember = () => {
    for (let page = 0; page < PAGES; page++) saved.add(Buffer.from(model.page(page)).toString('latin1'));
  };
  await writeImage(full, model);
  remember();
  await writeImage(next, model.put(5, 5).put(66, 6), { parent: full });
  remember();
  for (const file of [full, next]) {
    seeds.push(readFileSync(file));
    copyFileSync(file, `${file}.1`);
    await toFormat1(`${file}.1`);
    seeds.push(readFileSync(`${file}.1`));
  }
});
test.after(() => folder.remove());

test('every input ends, with pages that were saved or a PagerError', async () => {
  const random = new Random(7n);
  const counts = { read: 0, refused: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const file = folder.file('fuzzed');
    writeFileSync(file, changed(seeds[random.below(seeds.length)] ?? Buffer.alloc(0), random));
    try {
      await readAll(file);
      await imageInfo(file);
      counts.read++;
    } catch (error) {
      assert.ok(error instanceof PagerError, `round ${round}: ${String((error as Error).stack)}`);
      counts.refused++;
    }
  }
  assert.ok(counts.read > 0 && counts.refused > 0, JSON.stringify(counts));
});

async function readAll(file: string): Promise<void> {
  const store = await openSnapshot({ where: file });
  try {
    const into = new Uint8Array(PAGE);
    let refused: unknown;
    for (let page = 0; page < store.byteLength / PAGE; page++) {
      try {
        await store.read([{ page, into }]);
        assert.ok(saved.has(Buffer.from(into).toString('latin1')), `page ${page} was saved`);
      } catch (error) {
        if (!(error instanceof PagerError)) throw error;
        refused ??= error;
      }
    }
    if (refused !== undefined) throw refused;
  } finally {
    await store.close();
  }
}

function changed(seed: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(seed);
  const { index, metaAt } = placesOf(readHeader(bytes.subarray(0, HEADER_BYTES), 'seed'));
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const kind = random.below(8);
    // The header's fields, the index's map, all of the index, anything.
    if (kind < 3) put(bytes, 16 + random.below(140), random);
    else if (kind < 5) put(bytes, index + random.below(200), random);
    else if (kind === 5) put(bytes, index + random.below(metaAt + 20), random);
    else if (kind === 6) put(bytes, random.below(bytes.length), random);
    else if (random.below(2) === 0) bytes = bytes.subarray(0, random.below(bytes.length + 1));
    else bytes = Buffer.concat([bytes, Buffer.alloc(random.below(3 * PAGE), random.below(256))]);
    if (bytes.length === 0) return bytes;
  }
  if (random.below(4) > 0) mend(bytes);
  return bytes;
}

function put(bytes: Buffer, at: number, random: Random): void {
  if (at + 4 > bytes.length) return;
  const kind = random.below(4);
  if (kind === 0) bytes.writeUInt32LE(random.below(PAGES + 3), at);
  else if (kind === 1) bytes.writeUInt32LE(2 ** 32 - 1 - random.below(2), at);
  else if (kind === 2) bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << random.below(8)), at);
  else bytes.writeUInt8(random.below(256), at);
}

/** Makes the hashes those of what is there, as far as the header's own figures lie in the file. */
function mend(bytes: Buffer): void {
  if (bytes.length < HEADER_BYTES) return;
  seal(bytes);
  try {
    const header = readHeader(bytes.subarray(0, HEADER_BYTES), 'mended');
    const { index, digestsAt, metaAt } = placesOf(header);
    const end = index + metaAt + header.metaBytes;
    if (end > bytes.length) return;
    if (header.map !== null) hashOf([bytes.subarray(index, index + digestsAt)]).copy(bytes, 120);
    hashOf([bytes.subarray(header.map === null ? index : index + digestsAt, end)]).copy(bytes, 72);
    seal(bytes);
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
  }
}

function seal(bytes: Buffer): void {
  hashOf([bytes.subarray(0, HEADER_BYTES - 32)]).copy(bytes, HEADER_BYTES - 32);
}

test.run();
