// budget: 240 s
// parts: 2
// covers: native/inline/, native/trap/, native/endings/
// Profilers, the debugger, the garbage collector and signals, while threads serve their own faults.
import assert from 'node:assert/strict';
import { suite } from '../support/parts.js';
import { describe, play, run, told } from './play.js';

const test = suite('neighbours of faults');
const budget = 110_000;

for (const [name, pager] of [
  ['inline', { faults: 'inline' }],
  ['trap', { engine: 'trap', pageSize: '16KiB' }],
] as const) {
  test(`${name}: SIGPROF of four profilers`, async () => {
    const found = await play<{ samples: number[]; evictions: number }>('neighbours', 'profilers', pager, { budget });
    assert.equal(found.samples.length, 4);
    assert.ok(found.samples.every((count) => count > 0) && found.evictions > 0, JSON.stringify(found));
  });

  test(`${name}: a debugger pauses the thread that faults, and touches pages from there`, async () => {
    const result = await run('neighbours', 'the debugger', pager, { budget });
    // Node.js writes lines about its debugger to standard error.
    assert.equal(result.code, 0, describe(result));
    assert.doesNotMatch(result.stderr, /^farpage|Warning/m);
    const found = told<{ pauses: number; evictions: number }>(result);
    assert.ok(found.pauses === 20 && found.evictions > 0, JSON.stringify(found));
  });

  test(`${name}: garbage is collected, and code deoptimized, between faults`, async () => {
    assert.ok((await play<number>('neighbours', 'the garbage collector', pager, { budget })) > 0);
  });

  test(`${name}: signals as fast as a thread sends them`, async () => {
    const { heard, sent } = await play<{ heard: number; sent: number }>('neighbours', 'signals', pager, { budget });
    assert.ok(heard > 100 && sent > 0, `${heard} of ${sent}`);
  });
}

test.run();
