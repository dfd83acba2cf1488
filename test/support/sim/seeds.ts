// Seeded runs of a simulation whose stores may answer through the loop's own queues.
import { parseArgs } from 'node:util';
import type { Simulation } from './machine.js';
import type { QueueStores } from './queues.js';

const STEPS = 1500;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});

export const { verbose } = values;
/** `--seed N`: what only many seeds show is not asked for. */
export const isOneSeed = values.seed !== undefined;

/** The seeds of the command line, else `count` from 1 on; `quick` of them in `npm run check`. */
export function seedsAsked(quick: number, count: number): bigint[] {
  if (values.seed !== undefined) return [BigInt(values.seed)];
  const isQuick = process.env['FARPAGE_TEST_QUICK'] !== undefined;
  const length = Number(values.seeds ?? (isQuick ? quick : count));
  return Array.from({ length }, (_, i) => BigInt(values.from) + BigInt(i));
}

/** Runs a seed to its end and reads everything back. @throws Error that says how to replay it by `file` */
export async function runSeed(
  seed: bigint,
  simulation: Simulation,
  queues: () => QueueStores | undefined,
  file: string,
): Promise<void> {
  try {
    for (let step = 0; step < STEPS; step++) {
      simulation.step();
      await queues()?.rest();
    }
    for (const _ of simulation.draining()) await queues()?.rest();
    queues()?.demandNothingOpen();
    for (const _ of simulation.readingBack()) await queues()?.rest();
    queues()?.demandNothingOpen();
  } catch (error) {
    const { stepped, config } = simulation.state;
    const replay = `node dist/${file} --seed ${seed}`;
    throw new Error(
      `${error}\n  step ${stepped}, ${JSON.stringify(config)}\n  ${simulation.describe()}\nreplay: ${replay}`,
      { cause: error },
    );
  }
}
