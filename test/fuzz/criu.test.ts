// Images of CRIU with bytes changed, cut and added: each is read, or refused with a PagerError.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { decodeInventory, decodePagemap, decodeTree } from '../../src/criu/images.js';
import { PagerError } from '../../src/errors.js';
import { FLAGS, image, MAGIC, message, pagemap } from '../support/criu/checkpoint.js';
import { Random } from '../support/sim/random.js';

const ROUNDS = 30_000;
const test = suite('images of CRIU, fuzzed');
const runs = [
  { address: 0x1000, pages: 5 },
  { address: 0x7f0000000000, pages: 100_000, flags: FLAGS.lazy | FLAGS.parent },
];
const seeds = [
  pagemap(1, runs),
  pagemap(77, runs, '4.1'),
  image(MAGIC.inventory, [message([1, 2], [2, 1], [8, 99_999_999])]),
  image(MAGIC.pstree, [message([1, 100], [2, 1], [3, 4], [4, 5], [5, 100]), message([1, 200], [5, 200])]),
];

test('every input ends, with a result or a PagerError', () => {
  const random = new Random(1n);
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = mutated(seeds[random.below(seeds.length)] ?? new Uint8Array(), random);
    for (const decode of [decodePagemap, decodeInventory, decodeTree]) {
      try {
        decode(bytes, 'image');
      } catch (error) {
        assert.ok(error instanceof PagerError, `${String(error)} for ${Buffer.from(bytes).toString('hex')}`);
      }
    }
  }
});

function mutated(seed: Uint8Array, random: Random): Uint8Array {
  const bytes = [...seed];
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    const at = random.below(bytes.length + 1);
    const kind = random.below(4);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = random.below(256);
    else if (kind === 1) bytes.splice(at, 1 + random.below(8));
    else if (kind === 2) bytes.splice(at, 0, ...Array.from({ length: 1 + random.below(12) }, () => random.below(256)));
    else bytes.splice(at, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
    if (bytes.length === 0) bytes.push(0);
  }
  return Uint8Array.from(bytes);
}

test.run();
