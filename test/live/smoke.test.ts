// variants: engine trap, engine trap FARPAGE_GUARD_PAGES 0, engine trap faults loop, host v8, faults inline
// covers: assembly/, native/, src/
// One scene an engine, for `npm run check`: pages are evicted, come back, and hold what was written.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { PagerStats } from '../../src/index.js';
import { play } from './play.js';

const test = suite('smoke');

test('several passes over four times the limit', async () => {
  const { stats } = await play<{ stats: PagerStats }>('regions', 'passes', { pager: { residentLimit: 2 ** 20 } });
  assert.ok(stats.evictions > 0 && stats.faults.missing > 0);
});

test.run();
