import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { type ExperimentFlags, planExperiment, publicPlan, sourceFile } from '../../../src/experiment/options.js';
import { redact } from '../../../src/redact.js';

const test = suite('cli options');

const FLAGS: ExperimentFlags = {
  resident: '128MiB',
  store: 'memory:',
  source: 'none',
  workload: 'random',
  writeRatio: '0.3',
  ops: '1000',
  seed: '1',
  eviction: 'fifo',
  readahead: 'off',
  pageSize: '4KiB',
  memory: 'anonymous',
  engine: 'auto',
  core: 'auto',
  threads: '1',
  populate: true,
};

test('sizes are bytes, and a region is whole pages', () => {
  const plan = planExperiment(FLAGS);
  assert.equal(plan.region, 512 * 2 ** 20);
  assert.equal(plan.resident, 128 * 2 ** 20);
  assert.equal(plan.cpu, null);
  assert.equal(planExperiment({ ...FLAGS, region: '10000', pageSize: '64KiB' }).region, 65_536);
});

test('what cannot be run is refused with advice', () => {
  const wrong: Array<Partial<ExperimentFlags>> = [
    { region: 'much' },
    { region: '3TiB' },
    { region: '4KiB', threads: '2' },
    { region: '8GiB', threads: '2' },
    { resident: '1KiB' },
    { pageSize: '5000' },
    { pageSize: '4MiB' },
    { writeRatio: '1.5' },
    { writeRatio: '' },
    { writeRatio: '-1' },
    { ops: '0' },
    { ops: '1e9' },
    { seed: '4294967296' },
    { seed: '-1' },
    { threads: '0' },
    { cpu: 'x' },
    { stacks: '0' },
    { stacks: 'all' },
    { workload: 'walk' },
    { eviction: 'lru' },
    { readahead: 'on' },
    { engine: 'magic' },
    { memory: 'glass' },
    { memory: 'huge', pageSize: '4KiB' },
    { report: '/nonexistent/report.html' },
    { report: tmpdir() },
    { source: 'file:/nonexistent' },
  ];
  for (const flags of wrong) {
    const refused = (error: unknown): boolean =>
      error instanceof PagerError && error.code === 'OPTION' && error.hint !== undefined;
    assert.throws(() => planExperiment({ ...FLAGS, ...flags }), refused, JSON.stringify(flags));
  }
});

test('a source that is a file gives the region its length, and is not written over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'farpage-options-'));
  try {
    const path = join(folder, 'a file');
    writeFileSync(path, Buffer.alloc(3 * 4096 + 5));
    const plan = planExperiment({ ...FLAGS, source: `file:${path.replace(' ', '%20')}` });
    assert.equal(plan.region, 3 * 4096);
    assert.equal(plan.populate, false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file is found in its URL as openStore finds it', () => {
  assert.equal(sourceFile('file:/a/b%20c'), '/a/b c');
  assert.equal(sourceFile('file:///a?readonly'), '/a');
  assert.equal(sourceFile('file:a'), join(process.cwd(), 'a'));
  assert.equal(sourceFile('none'), undefined);
  assert.equal(sourceFile('http://a/b'), undefined);
});

test('passwords are not printed', () => {
  assert.equal(redact('redis://user:secret@host:6379/0'), 'redis://***@host:6379/0');
  assert.equal(redact('redis://:p@ss@host'), 'redis://***@host');
  assert.equal(redact('redis://host:6379'), 'redis://host:6379');
  const plan = publicPlan({ ...planExperiment(FLAGS), store: 'rediss://:secret@h' });
  assert.ok(!JSON.stringify(plan).includes('secret'));
});

test.run();
