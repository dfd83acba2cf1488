// budget: 400 s
// One core.wasm, two hosts: V8, and the addon, which has it compiled ahead of time. From the same seed each leaves the same
// memory behind, byte for byte; and so do both when they take the steps of one core by turns. `--seeds 1000`: a long run.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import type { AnnexHost } from '../../src/core/annex.js';
import { Core, coreHash } from '../../src/core/core.js';
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

/** Steps the simulations side by side; `check` is called every so many steps, and at the end. */
function inLockstep(runs: readonly Simulation[], steps: number, every: number, check: (step: number | string) => void) {
  for (let step = 1; step <= steps; step++) {
    for (const run of runs) run.step();
    if (step % every === 0) check(step);
  }
  for (const run of runs) run.drain();
  check('at the end');
}

test('each host, and both by turns, leave the same memory behind', () => {
  const before = hosts.calls;
  for (let seed = 1n; seed <= BigInt(SEEDS); seed++) {
    const v8 = simulationOn('v8', seed);
    const others = (['native', 'both by turns'] as const).map((host) => ({ host, run: simulationOn(host, seed) }));
    inLockstep([v8, ...others.map(({ run }) => run)], STEPS, COMPARED_EVERY, (step) => {
      for (const { host, run } of others) compare(v8, run, `seed ${seed}, step ${step}, ${host}`);
    });
  }
  if (values.seeds !== undefined)
    console.log(`${hosts.calls - before} calls of the compiled core's steps and settlements`);
});

/** A host that makes one mistake: the step of this number counts a fault that was not there. */
class WrongCore extends Core {
  taken = 0;

  constructor(memory: WebAssembly.Memory, wrong: number, annex: AnnexHost) {
    super(memory, undefined, annex);
    const { step, ...rest } = this.calls;
    const counters = layout.REGIONS_AT + layout.REGION_BYTES + layout.REGION_COUNTERS_AT;
    const counter = (counters + layout.COUNTER_MISSING * 8) >> 2;
    const words = new Uint32Array(memory.buffer);
    const mistaken = (): number => {
      if (++this.taken === wrong) words[counter] = (words[counter] ?? 0) + 1;
      return step();
    };
    this.calls = { ...rest, step: mistaken };
  }
}

test('a host that makes one mistake is found at the step in which it makes it', () => {
  for (const [seed, wrong] of [
    [5n, 3],
    [11n, 20],
    [12n, 50],
  ] as const) {
    let core: WrongCore | undefined;
    const open = (memory: WebAssembly.Memory, annex: AnnexHost) => {
      core = new WrongCore(memory, wrong, annex);
      return core;
    };
    const right = simulationOn('v8', seed);
    const mistaken = new Simulation(seed, randomConfig(new Random(seed)), false, false, open);
    let made: number | undefined;
    let found: number | undefined;
    const check = (step: number | string) => {
      if (found !== undefined || typeof step === 'string') return;
      if ((core?.taken ?? 0) >= wrong) made ??= step;
      try {
        compare(right, mistaken, `seed ${seed}`);
      } catch (error) {
        found = step;
        assert.match(String(error), /the byte at \d+ of the core's memory is \d+, and \d+ under V8/);
      }
    };
    inLockstep([right, mistaken], 600, 1, check);
    assert.notEqual(made, undefined, `seed ${seed} takes ${core?.taken} steps of the core`);
    assert.equal(found, made, `seed ${seed}`);
  }
});

test.run();
