// Question: what do channels of node:diagnostics_channel cost where nobody subscribes?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { type Answer, type Context, lessClock, type Question, row, type Target } from '../harness.js';

const FREE: Target = { compare: '<=', value: 1.05 };

async function run(context: Context): Promise<Answer> {
  const pages = context.quick ? 2048 : 16_384;
  const order = join(context.folder, 'order');
  writeList(order, permutation(pages, 1));
  const args = { pages, order, loads: context.quick ? 10_000 : 25_000, faults: 'inline' };
  const side = (listen: string) => context.subject('channels', { ...args, listen }, context.cpu);
  const sides = { out: side('out'), nobody: side('nobody'), all: side('all'), tracked: side('tracked') };
  const runs = await context.inTurn(sides, { rounds: context.quick ? 2 : 3 });
  const of = (name: string, field: string) => lessClock(runs[name], field);
  const compared = (what: string, field: 'fault' | 'load', name: string, peer: string, target: Target | null) => {
    const against = { name: peer === 'out' ? 'channels taken out' : 'nobody subscribes', value: of(peer, field) };
    return row(what, 'µs', of(name, field), against, target);
  };
  const rows = [
    compared('a missing fault, nobody subscribes', 'fault', 'nobody', 'out', FREE),
    compared('the same, each channel has a subscriber', 'fault', 'all', 'nobody', null),
    compared('the same, region.trackFaults() is on', 'fault', 'tracked', 'nobody', null),
    compared('a load of a resident page, nobody subscribes', 'load', 'nobody', 'out', FREE),
    compared('the same, each channel has a subscriber', 'load', 'all', 'nobody', null),
    compared('the same, region.trackFaults() looks at each', 'load', 'tracked', 'nobody', null),
  ];
  const notes = [
    `p50 of ${pages} faults on pages at hand, inline, in random order, and of ${args.loads} loads one after the other; one CPU, less what reading the clock costs`,
    '"channels taken out": node:diagnostics_channel is replaced before farpage is loaded, by channels that cannot have subscribers',
  ];
  return { rows, notes, runs };
}

export const channels: Question = {
  name: 'channels',
  minutes: 0.4,
  title: 'channels of node:diagnostics_channel, where nobody subscribes and where somebody does',
  target: 'fault and load without subscribers ≤ 1.05 of those without channels',
  run,
};
