// budget: 300 s
// covers: src/loop/store-queue.ts, src/loop/closing.ts, src/store/retry.ts
// The loop's store queues and the end of a region under a seed: stores fail, hang and come back, and time passes when the seed
// says so. `--seed N --verbose`: one seed, and what happens; `--seeds N`: so many from `--from` on.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import { randomConfig, type SimConfig } from '../support/sim/config.js';
import { Simulation } from '../support/sim/machine.js';
import { QueueStores } from '../support/sim/queues.js';
import { Random } from '../support/sim/random.js';
import { openCore } from '../support/world/core-machine.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});
const QUICK = process.env['FARPAGE_TEST_QUICK'] !== undefined;
const STEPS = 1500;
const test = suite('store queues under a seed');
const seen: Record<string, number> = {};

/** Regions whose stores answer in the loop, with trouble. */
function configOf(seed: bigint): SimConfig {
  const random = new Random(seed ^ 0x0e0en);
  const config = randomConfig(new Random(seed));
  const regions = config.regions.map((each) => ({
    ...each,
    source: each.source === layout.SOURCE_ZERO ? each.source : layout.SOURCE_ASYNC,
    store: random.chance(0.8) ? layout.STORE_ASYNC : each.store,
  }));
  const share = (most: number) => (most * random.below(100)) / 100;
  return {
    ...config,
    dead: undefined,
    regions,
    readFails: share(0.2),
    writeFails: share(0.3),
    // A page that is given up because the page table is full is poisoned, and no entry says so once there is room again.
    closes: random.chance(0.5) && config.leaves === undefined ? 0.003 : 0,
    slow: random.pick([0, 0.3]),
  };
}

async function simulate(seed: bigint): Promise<void> {
  const config = configOf(seed);
  let stores: QueueStores | undefined;
  const simulation = new Simulation(seed, config, values.verbose, false, openCore, (state, loop) => {
    stores = new QueueStores(state, loop, seed);
    return stores;
  });
  try {
    for (let step = 0; step < STEPS; step++) {
      simulation.step();
      await stores?.rest();
    }
    for (const _ of simulation.draining()) await stores?.rest();
    stores?.demandNothingOpen();
    for (const _ of simulation.readingBack()) await stores?.rest();
    stores?.demandNothingOpen();
  } catch (error) {
    const replay = `node dist/test/sim/queues.test.js --seed ${seed}`;
    throw new Error(
      `${error}\n  step ${simulation.state.stepped}, ${JSON.stringify(config)}\n  ${simulation.describe()}\nreplay: ${replay}`,
      { cause: error },
    );
  }
  for (const [what, count] of Object.entries(stores?.seen ?? {})) seen[what] = (seen[what] ?? 0) + count;
}

function seedsAsked(): bigint[] {
  if (values.seed !== undefined) return [BigInt(values.seed)];
  const count = Number(values.seeds ?? (QUICK ? 10 : 60));
  return Array.from({ length: count }, (_, i) => BigInt(values.from) + BigInt(i));
}

test('every request has one answer, no page is lost, and a region that ends waits for its stores', async () => {
  for (const seed of seedsAsked()) await simulate(seed);
});

if (values.seed === undefined) {
  test('all that a queue can report was seen', () => {
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `${what}: ${JSON.stringify(seen)}`);
  });
}

test.run();
