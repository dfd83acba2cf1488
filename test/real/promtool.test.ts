// budget: 240 s
// covers: src/metrics/
// Prometheus' own tool reads the metrics of a pager at work.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import { createPager } from '../../src/index.js';
import { find } from '../support/process/packages.js';

const test = suite('promtool');

test('finds nothing to mend in the metrics of a pager that has faulted and evicted', async () => {
  await using pager = await createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '4MiB' });
  region.view(Uint8Array, 0, region.byteLength).fill(1);
  const input = pager.metrics();
  assert.match(input, /^farpage_evicted_pages_total\{[^}]*\} [1-9]/m);
  const checked = spawnSync(find('promtool'), ['check', 'metrics'], { input, encoding: 'utf8' });
  assert.deepEqual([checked.status, checked.stdout, checked.stderr], [0, '', '']);
});

test.run();
