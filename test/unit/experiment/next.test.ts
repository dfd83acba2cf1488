// What an experiment without a named report tells: what it showed, and one experiment that shows more.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { whatItShowed, whatNext } from '../../../src/experiment/next.js';
import type { ExperimentPlan } from '../../../src/experiment/options.js';
import type { ExperimentResult } from '../../../src/experiment/result.js';
import type { PagerStats } from '../../../src/index.js';

const MIB = 2 ** 20;
const test = suite('the next experiment');

interface Given extends Partial<Omit<ExperimentResult, 'workload' | 'stats'>> {
  workload?: Partial<ExperimentPlan>;
  stats?: Partial<PagerStats>;
}

/** Only what the lines are made of. */
function result({ workload, stats, ...others }: Given): ExperimentResult {
  return {
    workload: { region: 512 * MIB, resident: 128 * MIB, workload: 'random', readahead: 'sequential', ...workload },
    stats: {
      faults: { missing: 5000, minor: 0, wp: 0 },
      readahead: { issued: 2000, used: 1900 },
      poolBytesPeak: 34 * MIB,
      ...stats,
    },
    engine: 'userfaultfd',
    verified: true,
    access: { p50: 7.2, p99: 37, p999: 80, max: 90, faults: 100, threshold: 1 },
    resident: { peak: 128 * MIB },
    ...others,
  } as ExperimentResult;
}

test('what it showed: right bytes, memory, waits', () => {
  assert.equal(
    whatItShowed(result({})),
    'every byte read was right; 128 MiB were resident, and evicted pages 34 MiB beside it; ' +
      'half of the accesses that faulted took up to 7.2 µs, 99% up to 37 µs',
  );
  const calm = result({
    stats: { poolBytesPeak: 0 },
    access: { p50: 0, p99: 0, p999: 0, max: 0, faults: 0, threshold: 1 },
  });
  assert.equal(
    whatItShowed(calm),
    'every byte read was right; 128 MiB were resident; no access of the workload waited for a page',
  );
  assert.match(whatItShowed(result({ verified: false })), /^a byte read was wrong, or a page did not come/);
});

test('the command is by the figures, and names the same sizes', () => {
  const commandOf = (given: Given): string => whatNext(result(given)).command;
  const same = 'farpage experiment --region 512MiB --resident 128MiB';
  assert.equal(commandOf({}), `${same} --workload zipf --report`);
  assert.equal(
    commandOf({ stats: { readahead: { issued: 2000, used: 100 } } }),
    `${same} --workload random --readahead off --report`,
  );
  assert.equal(
    commandOf({ workload: { readahead: 'off' }, stats: { readahead: { issued: 2000, used: 100 } } }),
    `${same} --workload zipf --report`,
  );
  assert.equal(
    commandOf({ workload: { workload: 'zipf' } }),
    `${same} --workload zipf --store file:farpage-pages.bin --report`,
  );
  assert.equal(
    commandOf({ workload: { workload: 'loop' }, stats: { poolBytesPeak: 0 } }),
    'farpage experiment --region 512MiB --resident 256MiB --workload loop --report',
  );
  assert.equal(
    commandOf({ stats: { faults: { missing: 0, minor: 0, wp: 0 } }, workload: { resident: 1024 * MIB } }),
    `${same} --workload random --report`,
  );
  assert.equal(
    commandOf({ workload: { region: 65_536 * 3, resident: 65_536 } }),
    'farpage experiment --region 196608 --resident 65536 --workload zipf --report',
  );
  for (const given of [{ verified: false }, { engine: 'trap' }] as const) {
    assert.equal(commandOf(given), 'farpage doctor');
  }
});

test.run();
