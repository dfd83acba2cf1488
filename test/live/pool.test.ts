// budget: 120 s
// covers: assembly/books/pool.ts, src/core/stats.ts, src/loop/stores.ts, src/cli/run.ts
// The memory that memory stores hold beside the resident limit is counted and told; a limit that cannot be kept is refused.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import { play, program } from './play.js';
import { Bench, tell } from './run/kit.js';

const MIB = 2 ** 20;
const GIB = 2 ** 20; // in ulimit's KiB
const test = suite('the memory of pools');
const bench = new Bench();
test.after(() => bench.remove());

interface Held {
  poolBytes: number;
  poolBytesPeak: number;
}

for (const compressible of [false, true]) {
  test(`what pools hold is counted over all regions, and so is its peak (compressible: ${compressible})`, async () => {
    const [full, half, none] = await play<Held[]>('pool', 'what a pool holds', { compressible });
    assert.ok(full !== undefined && half !== undefined && none !== undefined);
    // Two regions of 16 MiB.
    if (compressible) assert.ok(full.poolBytes > 0 && full.poolBytes < 4 * MIB, `${full.poolBytes} bytes`);
    else assert.ok(full.poolBytes >= 32 * MIB && full.poolBytes < 33 * MIB, `${full.poolBytes} bytes`);
    assert.ok(
      half.poolBytes >= full.poolBytes * 0.4 && half.poolBytes <= full.poolBytes * 0.6,
      `${half.poolBytes} bytes`,
    );
    assert.equal(none.poolBytes, 0);
    for (const each of [half, none]) assert.equal(each.poolBytesPeak, full.poolBytesPeak);
    assert.ok(full.poolBytesPeak >= full.poolBytes);
  });
}

test('a limit for which the process has no addresses is refused, and names itself', () => {
  const input = JSON.stringify({ limit: '60GiB' });
  const command = `ulimit -v ${64 * GIB} && exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, program('pool'), 'a limit beyond the addresses', input];
  const out = execFileSync('bash', args, { encoding: 'utf8' });
  const { code, message, hint } = JSON.parse(out.slice('told '.length)) as Record<string, string>;
  assert.equal(code, 'OPTION', out);
  assert.match(message ?? '', /^memoryStore: limit: 60 GiB is too much here: the limit of 64 GiB of addresses/);
  assert.match(hint ?? '', /smaller limit, or: raise it/);
});

test('a run says what its memory store held, in its summary and in its report', async () => {
  const run = bench.start(['--resident', '8MiB'], [bench.compile('limits'), 'sparse'], { env: { CHUNKS: '4096' } });
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  const { poolBytesPeak } = run.report().stats;
  assert.ok(poolBytesPeak > 0);
  assert.match(result.stderr, /the pager itself [\d.]+ MiB \(evicted pages [\d.]+ [KM]iB\); /);
  assert.ok(run.report().pager.residentPeak > poolBytesPeak);
});

test.run();
