// budget: 60 s
// Spaces against processes that are simulated, from seeds: `node dist/test/model/spaces.test.js --seeds 1000 [--from N]`
// for a long run, `--seed N [--steps N] [--verbose]` for one again.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { suite } from 'uvu';
import { World } from '../support/world/world.js';

const BUDGET_MS = 30_000;
const SEEDS = process.env['FARPAGE_TEST_QUICK'] === undefined ? 2_500 : 60;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '400' },
    verbose: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

function simulate(seed: bigint): void {
  let world: World | undefined;
  try {
    world = new World(seed, values.verbose);
    for (let i = 0; i < Number(values.steps); i++) world.step();
    world.drain();
    world.readBack();
    world.end();
  } catch (error) {
    const replay = `node dist/test/model/spaces.test.js --seed ${seed} --steps ${values.steps} --verbose`;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\n  step ${world?.stepped}, ${JSON.stringify(world?.config)}\nreplay: ${replay}`, {
      cause: error,
    });
  }
}

const test = suite('spaces');

test('every seed keeps what processes wrote, and loses nothing', () => {
  const started = performance.now();
  const from = BigInt(values.seed ?? values.from);
  const count = values.seed === undefined ? Number(values.seeds ?? SEEDS) : 1;
  const failures = new Map<string, string[]>();
  for (let i = 0; i < count; i++) {
    if (values.seeds === undefined && performance.now() - started > BUDGET_MS) break;
    try {
      simulate(from + BigInt(i));
    } catch (error) {
      if (!values.keep) throw error;
      const message = String((error as Error).message);
      const kind = (message.split('\n')[0] ?? '').replace(/\d+/g, 'N');
      failures.set(kind, [...(failures.get(kind) ?? []), `${from + BigInt(i)}`]);
    }
  }
  for (const [kind, seeds] of failures) console.log(`${seeds.length} × ${kind}: ${seeds.slice(0, 8).join(' ')}`);
  assert.equal(failures.size, 0);
});

test.run();
