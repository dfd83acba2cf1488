// The protocol of distributed shared memory over a network without order, from a seed: delays, losses, doubles, crashes, leases.
//   node dist/test/sim/dsm.test.js --seed 7
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { BREAK_ACKS, BREAK_CUT_HOLD, BREAK_CUT_MARK, NODE_STATE_COUNT } from '../../assembly/dsm/layout.js';
import { anyWaits, demandEnd, isQuiet } from '../support/dsm/search.js';
import { World, type WorldOptions } from '../support/dsm/world.js';
import { Random } from '../support/sim/random.js';
import { isOneSeed, seedsAsked } from '../support/sim/seeds.js';

/** Over all seeds together. */
const STEPS = 1_000_000;
const STEPS_A_SEED = 5000;
/** One in so many steps checks everything; each of them would take most of the time. */
const CHECK_INTERVAL = 7;
/** More in flight, and nothing new begins. */
const MAX_FLIGHTS = 40;
const ILLEGAL = 255;
const STEP_COUNT = 17;

const test = suite('distributed shared memory, simulated');

function optionsOf(random: Random): WorldOptions {
  const hold = random.below(2);
  const through = random.chance(0.3);
  return { nodes: random.between(2, 6), pages: random.between(1, 4), rollBack: random.chance(0.5), hold, through };
}

function step(world: World, random: Random): void {
  const node = random.below(world.nodes);
  const page = random.below(world.pages);
  const { flights } = world;
  if (flights.length > 0 && (random.chance(0.6) || flights.length > MAX_FLIGHTS)) {
    const index = random.below(flights.length);
    const flight = flights[index];
    const isMessage = flight !== undefined && world.isMessage(flight);
    if (isMessage && random.chance(0.02)) world.lose(index);
    else if (!isMessage && random.chance(0.001)) world.fail(index);
    else world.deliver(index, isMessage && random.chance(0.02));
    return;
  }
  if (world.recovers) {
    recover(world, random, node);
    return;
  }
  if (random.chance(0.0004)) {
    world.crashHome(random.chance(0.5));
    return;
  }
  if (random.chance(0.01)) world.resend();
  if (random.chance(0.2) && takesCut(world, random, node, page)) return;
  if (!world.isUp(node)) {
    if (!world.isExpired(node) && random.chance(0.1)) world.expire(node);
    return;
  }
  if (world.isDue(node, page) && random.chance(0.5)) world.tick(node, page);
  else if (world.isFrozen(node)) thawOrFence(world, random, node);
  else act(world, random, node, page);
}

/** Cuts begun, and pages copied, in all runs. */
const cuts = { begun: 0, wanted: 0 };

function takesCut(world: World, random: Random, node: number, page: number): boolean {
  if (world.cutNode >= 0) {
    if (random.chance(0.003)) return world.endCut();
    if (!random.chance(0.1) || !world.want(page)) return false;
    cuts.wanted++;
    return true;
  }
  if (!world.isUp(node) || !random.chance(0.02) || !world.cut(node)) return false;
  cuts.begun++;
  return true;
}

/** Nodes come back to a new home in any order, or not; their threads go on meanwhile, until they freeze. */
function recover(world: World, random: Random, node: number): void {
  const page = random.below(world.pages);
  if (random.chance(0.3)) world.comeBack(node);
  else if (random.chance(0.03)) world.openHome();
  else if (random.chance(0.01)) world.crashHome(random.chance(0.5));
  else if (!world.isUp(node)) return;
  else if (world.isDue(node, page)) world.tick(node, page);
  else if (world.isFrozen(node)) world.put(node, page);
  else act(world, random, node, page);
}

function thawOrFence(world: World, random: Random, node: number): void {
  if (random.chance(0.2)) world.put(node, random.below(world.pages));
  else if (random.chance(0.3)) world.thaw(node);
  else if (random.chance(0.002)) world.expire(node);
}

function act(world: World, random: Random, node: number, page: number): void {
  const what = random.below(1000);
  if (what < 100) world.ahead(node, page);
  else if (what < 400) world.fault(node, page, false);
  else if (what < 700) world.fault(node, page, true);
  else if (what < 890) world.write(node, page);
  else if (what < 900) world.discard(node, page);
  else if (what < 950) world.put(node, page);
  else if (what < 990) world.drop(node, page);
  else if (what < 999) world.freeze(node);
  else if (random.chance(0.1)) world.crash(node);
}

function settle(world: World): void {
  if (world.recovers) {
    for (let node = 0; node < world.nodes; node++) world.comeBack(node);
    world.openHome();
  }
  for (let node = 0; node < world.nodes; node++) {
    if (!world.isUp(node) && !world.isExpired(node)) world.expire(node);
    if (world.isUp(node) && world.isFrozen(node)) world.thaw(node);
  }
  for (let round = 0; !isQuiet(world); round++) {
    assert.ok(round < 1000, 'the world comes to rest');
    while (world.flights.length > 0) world.deliver(0);
    for (let node = 0; node < world.nodes; node++) {
      for (let page = 0; page < world.pages; page++) if (world.isDue(node, page)) world.tick(node, page);
    }
  }
  demandEnd(world);
  world.check();
}

/** Edges of the table in assembly/dsm/states.ts that a run took, as 'state step'. */
const taken = new Set<string>();

function noteEdges(world: World): void {
  eachEdge(world, (state, step) => {
    if (world.core.exports.edgeTaken(state, step) !== 0) taken.add(`${state} ${step}`);
  });
}

function eachEdge(world: World, each: (state: number, step: number) => void): void {
  const { exports } = world.core;
  for (let state = 0; state < NODE_STATE_COUNT; state++) {
    for (let step = 0; step < STEP_COUNT; step++) if (exports.stepFrom(state, step) !== ILLEGAL) each(state, step);
  }
}

function run(seed: bigint, options?: Partial<WorldOptions>): void {
  const random = new Random(seed);
  const world = new World({ ...optionsOf(random), ...options });
  let steps = 0;
  try {
    for (; steps < STEPS_A_SEED; steps++) {
      step(world, random);
      if (steps % CHECK_INTERVAL === 0) world.check();
    }
    settle(world);
    assert.ok(!anyWaits(world));
    noteEdges(world);
  } catch (error) {
    const replay = `node dist/test/sim/dsm.test.js --seed ${seed}`;
    throw new Error(
      `${error}\n  step ${steps}, ${JSON.stringify(world.options)}\n${world.describe()}\nreplay: ${replay}`,
      {
        cause: error,
      },
    );
  }
}

test('invariants hold and every wait ends, whatever the network does', () => {
  for (const seed of seedsAsked(20, STEPS / STEPS_A_SEED)) run(seed);
});

// A single seed takes only some.
test(isOneSeed ? 'steps are counted over many seeds' : 'the runs took every step that the table allows', () => {
  if (isOneSeed) return;
  const missing: string[] = [];
  eachEdge(new World({ nodes: 1, pages: 1 }), (state, step) => {
    if (!taken.has(`${state} ${step}`)) missing.push(`${state} ${step}`);
  });
  assert.deepEqual(missing, []);
});

test(isOneSeed ? 'cuts are counted over many seeds' : 'cuts were taken, and pages copied', () => {
  assert.ok(isOneSeed || (cuts.begun > 100 && cuts.wanted > 100), JSON.stringify(cuts));
});

for (const [what, breaks, found] of [
  ['does not wait for acknowledgements', BREAK_ACKS, /does not hold/],
  ['grants for itself while pages are gathered for a cut', BREAK_CUT_HOLD, /does not hold: .*at the instant/],
  ['grants a page before it has copied it', BREAK_CUT_MARK, /does not hold: .*at the instant/],
] as const) {
  test(`a home that ${what} is found`, () => {
    assert.throws(() => {
      for (let seed = 1n; seed <= 20n; seed++) run(seed, { breaks });
    }, found);
  });
}

test.run();
