import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { suite } from 'uvu';
import {
  checkSlot,
  compareSlot,
  describeSlot,
  SLOT_BYTES,
  SLOT_WORDS,
  writeSlot,
} from '../../../src/experiment/content.js';
import { Model } from '../../../src/experiment/model.js';

const test = suite('cli content');

function slotOf(seed: number, slot: number, version: number): Uint32Array {
  const words = new Uint32Array(SLOT_WORDS);
  writeSlot(words, 0, seed, slot, version);
  return words;
}

test('what was written checks, at the edges of the numbers too', () => {
  for (const seed of [0, 1, 2 ** 32 - 1]) {
    for (const slot of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      for (const version of [1, 0xffff])
        assert.equal(checkSlot(slotOf(seed, slot, version), 0, seed, slot, version), -1);
    }
  }
});

test('one flipped bit is found in any byte', () => {
  const words = slotOf(1, 2, 3);
  const bytes = new Uint8Array(words.buffer);
  for (let at = 0; at < SLOT_BYTES; at++) {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    assert.equal(checkSlot(words, 0, 1, 2, 3), Math.floor(at / 4));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  }
});

test('another version, slot, seed or zeros are found and told', () => {
  assert.notEqual(checkSlot(slotOf(1, 2, 3), 0, 1, 2, 4), -1);
  assert.notEqual(checkSlot(slotOf(1, 9, 3), 0, 1, 2, 3), -1);
  assert.notEqual(checkSlot(slotOf(7, 2, 3), 0, 1, 2, 3), -1);
  assert.notEqual(checkSlot(new Uint32Array(SLOT_WORDS), 0, 1, 2, 3), -1);
  assert.equal(describeSlot(slotOf(1, 9, 3), 0, 1), 'slot 9 version 3');
  assert.equal(describeSlot(new Uint32Array(SLOT_WORDS), 0, 1), 'zeros');
  assert.match(describeSlot(new Uint32Array(SLOT_WORDS).fill(5), 0, 1), /^bytes that were never written/);
});

test('two halves of different versions are found', () => {
  const torn = slotOf(1, 2, 3);
  torn.set(slotOf(1, 2, 4).subarray(64), 64);
  assert.equal(checkSlot(torn, 0, 1, 2, 3), 64);
});

test('bytes of a source are compared whole', () => {
  const expected = new Uint32Array(SLOT_WORDS).fill(3);
  const words = new Uint32Array(2 * SLOT_WORDS).fill(3);
  assert.equal(compareSlot(words, SLOT_WORDS, expected), -1);
  words[2 * SLOT_WORDS - 1] = 4;
  assert.equal(compareSlot(words, SLOT_WORDS, expected), SLOT_WORDS - 1);
});

test('a page of it compresses to about half', () => {
  const page = new Uint32Array(8 * SLOT_WORDS);
  for (let slot = 0; slot < 8; slot++) writeSlot(page, slot * SLOT_WORDS, 1, slot, 1);
  const ratio = page.byteLength / deflateRawSync(page).length;
  assert.ok(ratio > 1.7 && ratio < 2.2, `${ratio}`);
});

test('the model counts versions, and begins again after the last', () => {
  const model = new Model();
  assert.equal(model.version(5), 0);
  assert.equal(model.next(5), 1);
  assert.equal(model.version(5), 1);
  for (let i = 0; i < 0xfffe; i++) model.next(5);
  assert.equal(model.version(5), 0xffff);
  assert.equal(model.next(5), 1);
  assert.equal(model.next(2 ** 32 - 1), 1);
  assert.equal(model.version(2 ** 32 - 1), 1);
  assert.equal(model.written(0, 5), false);
  assert.equal(model.written(0, 6), true);
});

test.run();
