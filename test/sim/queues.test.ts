// budget: 300 s
// covers: src/loop/store-queue.ts, src/loop/closing.ts, src/store/retry.ts
// The loop's store queues and the end of a region under a seed: stores fail, hang and come back, and time passes when the seed
// says so. `--seed N --verbose`: one seed, and what happens; `--seeds N`: so many from `--from` on.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import * as layout from '../../assembly/layout.js';
import { randomConfig, type SimConfig } from '../support/sim/config.js';
import { Simulation } from '../support/sim/machine.js';
import { QueueStores } from '../support/sim/queues.js';
import { Random } from '../support/sim/random.js';
import { isOneSeed, runSeed, seedsAsked, verbose } from '../support/sim/seeds.js';
import { openCore } from '../support/world/core-machine.js';

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
  const simulation = new Simulation(seed, config, verbose, false, openCore, (state, loop) => {
    stores = new QueueStores(state, loop, seed);
    return stores;
  });
  await runSeed(seed, simulation, () => stores, 'test/sim/queues.test.js');
  for (const [what, count] of Object.entries(stores?.seen ?? {})) seen[what] = (seen[what] ?? 0) + count;
}

test('every request has one answer, no page is lost, and a region that ends waits for its stores', async () => {
  for (const seed of seedsAsked(10, 60)) await simulate(seed);
});

if (!isOneSeed) {
  test('all that a queue can report was seen', () => {
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `${what}: ${JSON.stringify(seen)}`);
  });
}

test.run();
