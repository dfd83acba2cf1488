import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suite } from 'uvu';
import { PageSet } from '../../../src/store/page-set.js';

const test = suite('page set');

test('is a set of page numbers, far ones too', () => {
  const pageNumber = fc.oneof(fc.nat(100), fc.nat(70_000), fc.integer({ min: 0, max: 2 ** 40 }));
  const step = fc.tuple(fc.constantFrom('add', 'delete'), pageNumber);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (steps, most) => {
      const pages = new PageSet();
      const model = new Set<number>();
      for (const [what, page] of steps) {
        if (what === 'add') pages.add(page);
        else pages.delete(page);
        if (what === 'add') model.add(page);
        else model.delete(page);
        assert.equal(pages.has(page), model.has(page));
      }
      const chunks = [...pages.chunks(most)];
      assert.ok(chunks.slice(0, -1).every((chunk) => chunk.length === most));
      assert.deepEqual(
        chunks.flat().sort((a, b) => a - b),
        [...model].sort((a, b) => a - b),
      );
      pages.clear();
      assert.deepEqual([...pages.chunks(most)], []);
    }),
  );
});

test.run();
