// Searches every state that a world can reach within a budget: each message may be delivered in any order, lost or doubled.
import { createHash } from 'node:crypto';
import type { Flight } from './flights.js';
import { World, type WorldOptions } from './world.js';

/** How often each thing may happen on one path. */
export interface Budget {
  /** Touches of all nodes together. */
  faults: number;
  /** Pages asked for before they are touched. */
  aheads: number;
  /** Pages sent to the home, or dropped, by their nodes. */
  evictions: number;
  losses: number;
  doubles: number;
  crashes: number;
  freezes: number;
  /** Reads of the store that fail. */
  failures: number;
  /** Ends of the home. */
  homes: number;
  discards: number;
  cuts: number;
  /** Nodes that leave by themselves. */
  leaves: number;
}

const KINDS = [
  'faults',
  'aheads',
  'evictions',
  'losses',
  'doubles',
  'crashes',
  'freezes',
  'failures',
  'homes',
  'discards',
  'cuts',
  'leaves',
] as const;
type Kind = (typeof KINDS)[number];

interface Action {
  name: string;
  /** What of the budget it takes. */
  takes?: Kind;
  /** False: it did nothing. */
  run(world: World): boolean | void;
}

interface Place {
  memory: Uint8Array;
  cells: Int32Array;
  flights: Flight[];
  left: Record<Kind, number>;
  path: Path | null;
}

interface Path {
  name: string;
  before: Path | null;
}

const MAX_ROUNDS = 30;

export interface Found {
  states: number;
  /** False: there are more states than `limit`. */
  complete: boolean;
}

/** @throws Error with the path to the state where an invariant does not hold, or where a node waits for ever */
export function search(options: WorldOptions, budget: Budget, limit: number): Found {
  const world = new World(options);
  const seen = new Set<string>();
  const stack: Place[] = [save(world, { ...budget }, null)];
  seen.add(keyOf(world, budget));
  while (stack.length > 0) {
    if (seen.size > limit) return { states: seen.size, complete: false };
    const place = stack.pop();
    if (place === undefined) break;
    for (const action of actionsOf(world, place)) {
      restore(world, place);
      const left =
        action.takes === undefined ? place.left : { ...place.left, [action.takes]: place.left[action.takes] - 1 };
      const path = { name: action.name, before: place.path };
      try {
        if (action.run(world) === false) continue;
        world.check();
        const key = keyOf(world, left);
        if (seen.has(key)) continue;
        seen.add(key);
        const next = save(world, left, path);
        stack.push(next);
        if (isQuiet(world)) demandEnd(world);
      } catch (error) {
        throw new Error(`${error}\n${world.describe()}\npath: ${wayTo(path)}`, { cause: error });
      }
    }
  }
  return { states: seen.size, complete: true };
}

function actionsOf(world: World, place: Place): Action[] {
  const { flights, left } = place;
  restore(world, place);
  const actions: Action[] = [];
  const keys = new Set<string>();
  for (const [index, flight] of flights.entries()) {
    // Two messages that are the same lead to the same states.
    if (keys.has(flight.key)) continue;
    keys.add(flight.key);
    actions.push({ name: `deliver ${flight.key}`, run: (it) => it.deliver(index) });
    if (left.failures > 0) actions.push({ name: `fail ${flight.key}`, takes: 'failures', run: (it) => it.fail(index) });
    if (!world.isMessage(flight)) continue;
    if (left.losses > 0) actions.push({ name: `lose ${flight.key}`, takes: 'losses', run: (it) => it.lose(index) });
    if (left.doubles > 0)
      actions.push({ name: `double ${flight.key}`, takes: 'doubles', run: (it) => it.deliver(index, true) });
  }
  for (const landed of [false, true]) {
    if (left.homes > 0)
      actions.push({ name: `the home ends ${landed}`, takes: 'homes', run: (it) => it.crashHome(landed) });
  }
  if (world.cutNode >= 0) actions.push({ name: 'the cut ends', run: (it) => it.endCut() });
  for (let page = 0; page < world.pages; page++)
    if (world.cutNode >= 0) actions.push({ name: `the cut wants p${page}`, run: (it) => it.want(page) });
  if (world.recovers) actions.push({ name: 'the home opens', run: (it) => it.openHome() });
  for (let node = 0; node < world.nodes; node++) {
    if (world.recovers) actions.push({ name: `${node} comes back`, run: (it) => it.comeBack(node) });
    if (!world.isUp(node)) {
      // A home that recovers takes out nobody before it opens.
      if (!world.isExpired(node) && !world.recovers)
        actions.push({ name: `expire ${node}`, run: (it) => it.expire(node) });
      continue;
    }
    if (left.cuts > 0) actions.push({ name: `cut ${node}`, takes: 'cuts', run: (it) => it.cut(node) });
    if (left.crashes > 0) actions.push({ name: `crash ${node}`, takes: 'crashes', run: (it) => it.crash(node) });
    if (world.isFrozen(node)) {
      if (world.recovers) continue;
      actions.push({ name: `thaw ${node}`, run: (it) => it.thaw(node) });
      if (left.leaves > 0) actions.push({ name: `leave ${node}`, takes: 'leaves', run: (it) => it.leave(node) });
      if (left.crashes > 0) actions.push({ name: `fence ${node}`, takes: 'crashes', run: (it) => it.expire(node) });
    } else if (left.freezes > 0) {
      actions.push({ name: `freeze ${node}`, takes: 'freezes', run: (it) => it.freeze(node) });
    }
    for (let page = 0; page < world.pages; page++) actions.push(...pageActions(world, left, node, page));
  }
  return actions;
}

function pageActions(world: World, left: Record<Kind, number>, node: number, page: number): Action[] {
  const at = `${node} p${page}`;
  const actions: Action[] = [{ name: `write ${at}`, run: (it) => it.write(node, page) }];
  if (world.isDue(node, page)) actions.push({ name: `tick ${at}`, run: (it) => it.tick(node, page) });
  if (left.faults > 0) {
    actions.push({ name: `read fault ${at}`, takes: 'faults', run: (it) => it.fault(node, page, false) });
    actions.push({ name: `write fault ${at}`, takes: 'faults', run: (it) => it.fault(node, page, true) });
  }
  if (left.aheads > 0) actions.push({ name: `ahead ${at}`, takes: 'aheads', run: (it) => it.ahead(node, page) });
  if (left.discards > 0)
    actions.push({ name: `discard ${at}`, takes: 'discards', run: (it) => it.discard(node, page) });
  if (left.evictions > 0) {
    actions.push({ name: `put ${at}`, takes: 'evictions', run: (it) => it.put(node, page) });
    actions.push({ name: `drop ${at}`, takes: 'evictions', run: (it) => it.drop(node, page) });
  }
  return actions;
}

function save(world: World, left: Record<Kind, number>, path: Path | null): Place {
  return { memory: world.memory().slice(), cells: world.cells.slice(), flights: [...world.flights], left, path };
}

function restore(world: World, { memory, cells, flights }: Pick<Place, 'memory' | 'cells' | 'flights'>): void {
  world.memory().set(memory);
  world.cells = cells.slice();
  world.flights = [...flights];
}

function keyOf(world: World, left: Record<Kind, number>): string {
  const cells = new Uint8Array(world.cells.buffer);
  const flights = world.flights.map(({ key }) => key).sort();
  const budget = KINDS.map((kind) => left[kind]);
  const rest = Buffer.from(`${flights.join(',')};${budget.join(',')}`);
  return createHash('sha1').update(world.memory()).update(cells).update(rest).digest('base64');
}

/** Nothing happens any more by itself. */
export function isQuiet(world: World): boolean {
  if (world.flights.length > 0 || world.recovers) return false;
  for (let node = 0; node < world.nodes; node++) {
    if (!world.isUp(node) && !world.isExpired(node)) return false;
    if (world.isUp(node) && world.isFrozen(node)) return false;
    for (let page = 0; page < world.pages; page++) if (world.isDue(node, page)) return false;
  }
  return true;
}

export function anyWaits(world: World): boolean {
  for (let node = 0; node < world.nodes; node++) {
    for (let page = 0; page < world.pages; page++) if (world.waits(node, page)) return true;
  }
  return false;
}

/** From a quiet state, what was lost is sent again: after that no node waits, and with write-through the home has every byte. */
export function demandEnd(world: World): void {
  for (let round = 0; anyWaits(world) || world.gathers; round++) {
    if (round === MAX_ROUNDS) throw new Error('does not hold: every wait ends');
    world.resend();
    while (world.flights.length > 0) {
      world.deliver(0);
      world.check();
    }
    for (let node = 0; node < world.nodes; node++) {
      for (let page = 0; page < world.pages; page++) if (world.isDue(node, page)) world.tick(node, page);
    }
  }
  world.checkRest();
}

function wayTo(path: Path | null): string {
  const names = [];
  for (let at = path; at !== null; at = at.before) names.unshift(at.name);
  return names.join('\n  ');
}
