// budget: 300 s
// covers: native/inline/, native/engine/fault-turns.cc, native/engine/turn.cc, src/loop/
// Several turn-takers under one lock: the loop, and threads that serve their own faults. The seed chooses who is next.
// `--seed N --verbose`: one seed, and what happens; `--seeds N`: so many from `--from` on.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { randomConfig, type SimConfig } from '../support/sim/config.js';
import type { Mistakes } from '../support/sim/inline.js';
import { Simulation } from '../support/sim/machine.js';
import { QueueStores } from '../support/sim/queues.js';
import { Random } from '../support/sim/random.js';
import { isOneSeed, runSeed, seedsAsked, verbose } from '../support/sim/seeds.js';
import { openCore } from '../support/world/core-machine.js';

const test = suite('turns of several threads');
const seen: Record<string, number> = {};

function configOf(seed: bigint): SimConfig {
  const random = new Random(seed ^ 0x1417e5n);
  const config = randomConfig(new Random(seed));
  return {
    ...config,
    inline: true,
    threads: random.between(2, 8),
    closes: random.chance(0.4) && config.leaves === undefined ? 0.003 : config.closes,
    // A pass compares what it saves with what was there at its instant: of a page that may be dropped there are two truths.
    volatile: config.passes === 0 && random.chance(0.6) ? 0.03 : 0,
  };
}

async function simulate(seed: bigint, mistakes: Mistakes = {}): Promise<void> {
  const config = configOf(seed);
  let queues: QueueStores | undefined;
  // Of every third seed the stores answer through the loop's own queues.
  const simulation =
    seed % 3n === 0n
      ? new Simulation(seed, config, verbose, false, openCore, (state, loop) => {
          queues = new QueueStores(state, loop, seed);
          return queues;
        })
      : new Simulation(seed, config, verbose);
  const { inline } = simulation.state;
  assert.ok(inline !== undefined);
  inline.mistakes = mistakes;
  await runSeed(seed, simulation, () => queues, 'test/sim/inline.test.js');
  for (const [what, count] of Object.entries(inline.seen)) seen[what] = (seen[what] ?? 0) + count;
}

test('no page is lost and no thread waits in vain, in whatever order the turns are taken', async () => {
  for (const seed of seedsAsked(15, 150)) await simulate(seed);
});

if (!isOneSeed) {
  test('all that a thread’s turn can end with was seen', () => {
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `${what}: ${JSON.stringify(seen)}`);
  });

  const planted: ReadonlyArray<readonly [string, Mistakes, RegExp]> = [
    ['work for the loop is not announced', { bellForgotten: true }, /yet something waits|is not read back/],
    ['the parking word is read after the turn', { wordReadLate: true }, /a wake is lost|something waits/],
    ['an installed page wakes nobody', { wakeForgotten: true }, /a wake is lost|something waits/],
    ['commands are left to the next turn-taker', { commandsLeft: true }, /commands unsettled/],
    ['two threads take a turn at once', { lockForgotten: true }, /./],
  ];
  for (const [name, mistakes, message] of planted) {
    test(`a mistake is found: ${name}`, async () => {
      let found: unknown;
      for (let seed = 1n; seed <= 20n && found === undefined; seed++) {
        found = await simulate(seed, mistakes).catch((error: unknown) => error);
      }
      assert.ok(found !== undefined, 'no seed has found it');
      assert.match(String(found), message);
    });
  }
}

test.run();
