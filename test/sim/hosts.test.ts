// budget: 400 s
// One core.wasm, two hosts: V8, and the addon, which has it compiled ahead of time. From the same seed each leaves the same
// memory behind, byte for byte; and so do both when they take the steps of one core by turns. `--seeds 1000`: a long run.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { suite } from 'uvu';
import { coreHash } from '../../src/core/core.js';
import { native } from '../../src/native/native.js';
import { randomConfig } from '../support/sim/config.js';
import { Simulation } from '../support/sim/machine.js';
import { Random } from '../support/sim/random.js';
import { type Host, hosts } from '../support/world/core-machine.js';

const QUICK = process.env['FARPAGE_TEST_QUICK'] !== undefined;
const { values } = parseArgs({ options: { seeds: { type: 'string' } } });
const SEEDS = Number(values.seeds ?? (QUICK ? 10 : 180));
const STEPS = 1500;
/** Steps of the simulation between comparisons of the whole memory; within one step the core is called many times. */
const COMPARED_EVERY = 150;

const test = suite('the hosts of the core');

function simulationOn(host: Host, seed: bigint): Simulation {
  const before = hosts.next;
  hosts.next = host;
  try {
    return new Simulation(seed, randomConfig(new Random(seed)));
  } finally {
    hosts.next = before;
  }
}

/** Throws where the memories differ, and says where first. */
function compare(expected: Simulation, found: Simulation, what: string): void {
  const [a, b] = [expected.core.bytes, found.core.bytes].map((bytes) => Buffer.from(bytes.buffer));
  if (a === undefined || b === undefined || a.equals(b)) return;
  let at = 0;
  while (a[at] === b[at]) at++;
  assert.fail(`${what}: the byte at ${at} of the core's memory is ${b[at]}, and ${a[at]} under V8`);
}

test('the addon has this very core', () => {
  assert.equal(native().compiledCore.hash, coreHash());
});

test('each host, and both by turns, leave the same memory behind', () => {
  const before = hosts.calls;
  for (let seed = 1n; seed <= BigInt(SEEDS); seed++) {
    const v8 = simulationOn('v8', seed);
    const others = (['native', 'both by turns'] as const).map((host) => ({ host, run: simulationOn(host, seed) }));
    const check = (step: number | string) => {
      for (const { host, run } of others) compare(v8, run, `seed ${seed}, step ${step}, ${host}`);
    };
    for (let step = 1; step <= STEPS; step++) {
      for (const run of [v8, ...others.map((other) => other.run)]) run.step();
      if (step % COMPARED_EVERY === 0) check(step);
    }
    for (const run of [v8, ...others.map((other) => other.run)]) run.drain();
    check('at the end');
  }
  if (values.seeds !== undefined)
    console.log(`${hosts.calls - before} calls of the compiled core's steps and settlements`);
});

test.run();
